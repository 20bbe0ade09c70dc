import { isOfThisMachine } from '@holdpoint/chassis'
import type { Request } from 'express'
import { findPerson } from '../sign-in/directory.ts'
import { fromOwnPage } from '../sign-in/own-page.ts'
import type { DeskParts } from './desk-parts.ts'
import { Problem } from './problem.ts'
import type { Identify } from './route.ts'

export const cookieName = 'holdpoint_session'

/**
 * Who calls, by Bearer token or by cookie. A cookie is sent by the browser whoever asks it to, so that a change made
 * with one must come from a page of the desk.
 */
export function createIdentify({ database, tokens, deskUrl }: DeskParts): Identify {
  return async (request) => {
    const bearer = bearerOf(request)
    const cookie = bearer === undefined ? cookieOf(request) : undefined
    refuseOtherSites(request, bearer, deskUrl)
    const token = bearer ?? cookie
    const subject = token === undefined ? undefined : await tokens.verify(token)
    const person = subject === undefined ? undefined : await findPerson(database, subject)
    if (bearer !== undefined && !person)
      throw new Problem(
        401,
        'TOKEN_REFUSED',
        'The token is not valid any more, or its person left the roster. Sign in again.',
      )
    return { person, onThisMachine: isOfThisMachine(request) }
  }
}

/** What a browser's page of another site asks for is refused, with a cookie or without (signing in is a change too). */
function refuseOtherSites(request: Request, bearer: string | undefined, deskUrl: string | undefined): void {
  if (bearer !== undefined || request.method === 'GET' || request.method === 'HEAD') return
  const { origin, cookie, 'sec-fetch-site': site } = request.headers
  const byBrowser = origin !== undefined || site !== undefined || cookie !== undefined
  if (byBrowser && !fromOwnPage(request, deskUrl))
    throw new Problem(
      403,
      'OTHER_SITE',
      'This change was not sent by a page of the desk. Open the desk and do it there.',
    )
}

function bearerOf(request: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

function cookieOf(request: Request): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)
}
