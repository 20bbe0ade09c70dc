import { isOfThisMachine } from '@holdpoint/chassis'
import { Person } from '@holdpoint/desk-contract'
import { suggest } from '@holdpoint/policy'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Person as PersonRow } from '../read/people.ts'
import { findPerson, peopleWhoMaySignIn } from '../sign-in/directory.ts'
import { sessionHours } from '../sign-in/tokens.ts'
import type { DeskParts } from './desk-parts.ts'
import { cookieName } from './identify.ts'
import { sentence } from './known-names.ts'
import { Problem } from './problem.ts'
import { type Operation, operation } from './route.ts'

export function sessionOperations({ database, tokens, deskUrl }: DeskParts): Operation[] {
  const cookie = {
    httpOnly: true,
    sameSite: 'strict',
    secure: deskUrl?.startsWith('https:') ?? false,
    path: '/',
  } as const
  return [
    operation({
      id: 'listPeople',
      method: 'get',
      path: '/people',
      summary: 'Who may sign in: the people of the roster, or the first administrator before there is one.',
      access: 'read',
      answers: { 200: { about: 'The people.', body: z.object({ people: z.array(Person) }) } },
      handle: async () => ({ status: 200, body: { people: await peopleWhoMaySignIn(database) } }),
    }),
    operation({
      id: 'signIn',
      method: 'post',
      path: '/session',
      summary: 'Signs a person of the roster in, without a password; from this machine only.',
      access: 'open',
      body: z.strictObject({ subject: z.string().max(100) }),
      answers: { 200: { about: 'Signed in.', body: z.object({ token: z.string(), person: Person }) } },
      problems: { 403: 'Not from this machine.', 404: 'There is no such person.' },
      handle: async ({ body: { subject }, request, response }) => {
        refuseFromOutside(request)
        const person = await findPerson(database, subject)
        if (!person) throw await unknownPerson(subject, database)
        const token = await tokens.issue(person.subject)
        response.cookie(cookieName, token, { ...cookie, maxAge: sessionHours * 3_600_000 })
        return { status: 200, body: { token, person } }
      },
    }),
    operation({
      id: 'showSession',
      method: 'get',
      path: '/session',
      summary: 'Who is signed in.',
      access: 'signedIn',
      answers: { 200: { about: 'The person.', body: z.object({ person: Person }) } },
      handle: ({ person }) => ({ status: 200, body: { person } }),
    }),
    operation({
      id: 'signOut',
      method: 'delete',
      path: '/session',
      summary: 'Forgets the cookie.',
      access: 'open',
      answers: { 204: { about: 'Signed out.' } },
      handle: ({ response }: { response: Response }) => {
        response.clearCookie(cookieName, cookie).status(204).end()
        return undefined
      },
    }),
  ]
}

function refuseFromOutside(request: Request): void {
  if (isOfThisMachine(request)) return
  throw new Problem(
    403,
    'NOT_THIS_MACHINE',
    'The local sign-in asks for no password, so it answers only to the machine that the desk runs on.',
  )
}

async function unknownPerson(subject: string, database: DeskParts['database']): Promise<Problem> {
  const people: PersonRow[] = await peopleWhoMaySignIn(database)
  const known = people.map((person) => person.subject)
  return new Problem(
    404,
    'UNKNOWN_PERSON',
    `Nobody has the subject "${subject}": ${sentence(suggest(subject, known))}`,
  )
}
