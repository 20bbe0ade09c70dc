import type { Request, RequestHandler, Response, Router } from 'express'
import type { z } from 'zod'
import type { Person } from '../read/people.ts'
import { mayPublish, publisherRoles } from '../sign-in/roles.ts'
import { Problem } from './problem.ts'

/** `open`: everybody; `read`: signed in, or on this machine; `signedIn`; `publish`: signed in with a role for it. */
export type Access = 'open' | 'read' | 'signedIn' | 'publish'

type Fields = z.ZodObject | undefined
type Values<F extends Fields> = F extends z.ZodObject ? z.infer<F> : Record<never, never>

/** One operation of the API: what express serves and what the OpenAPI document says about it come from here. */
export interface Operation<
  Params extends Fields = Fields,
  Query extends Fields = Fields,
  Body extends Fields = Fields,
> {
  id: string
  method: 'get' | 'post' | 'delete'
  /** With `{name}` for parameters. */
  path: string
  summary: string
  access: Access
  params?: Params
  query?: Query
  body?: Body
  headers?: z.ZodObject
  /** The good answers by status. */
  answers: Readonly<Record<number, { about: string; body?: z.ZodType }>>
  /** The problems by status that are this operation's own. */
  problems?: Readonly<Record<number, string>>
  handle(call: Call<Values<Params>, Values<Query>, Values<Body>>): Promise<Answer> | Answer
}

export interface Call<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
  person: Person | undefined
  request: Request
  response: Response
}

/** `undefined` when the handler has answered by itself. */
export type Answer = { status: number; body?: unknown } | undefined

/** Types an operation by its own schemas and forgets them again, so that operations fit into one list. */
export function operation<
  P extends Fields = undefined,
  Q extends Fields = undefined,
  B extends Fields = undefined,
>(described: Operation<P, Q, B>): Operation {
  return described as unknown as Operation
}

/** Who calls; a rejection answers the request. */
export type Identify = (request: Request) => Promise<{ person: Person | undefined; onThisMachine: boolean }>

export function mount(router: Router, operations: readonly Operation[], identify: Identify): void {
  for (const one of operations) {
    router[one.method](one.path.replaceAll(/\{(\w+)\}/g, ':$1'), serve(one, identify))
  }
}

function serve(one: Operation, identify: Identify): RequestHandler {
  return async (request, response) => {
    const { person, onThisMachine } = await identify(request)
    refuseAccess(one.access, person, onThisMachine)
    const call: Call<object, object, object> = {
      params: checked(one.params, request.params, 'path'),
      query: checked(one.query, request.query, 'query'),
      body: checked(one.body, bodyOf(one, request), 'body'),
      person,
      request,
      response,
    }
    checked(one.headers, request.headers, 'header')
    const answer = await one.handle(call)
    if (answer) response.status(answer.status).json(answer.body)
  }
}

function refuseAccess(access: Access, person: Person | undefined, onThisMachine: boolean): void {
  if (access === 'open' || (access === 'read' && (person || onThisMachine))) return
  if (!person)
    throw new Problem(
      401,
      'NOT_SIGNED_IN',
      'Sign in first: POST /api/v1/session, then send the token as Bearer.',
    )
  if (access === 'publish' && !mayPublish(person))
    throw new Problem(
      403,
      'MAY_NOT_PUBLISH',
      `Publishing needs the role ${publisherRoles.join(' or ')}; ${person.name} has ${person.roles.join(', ') || 'none'}.`,
    )
}

function bodyOf(one: Operation, request: Request): unknown {
  if (one.body && request.body === undefined)
    throw new Problem(415, 'JSON_WANTED', 'Send a JSON body with content-type: application/json.')
  return request.body
}

function checked(schema: z.ZodObject | undefined, value: unknown, place: string): object {
  if (!schema) return {}
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const list = errors.map(({ path, message }) => `${path || place}: ${message}`).join('; ')
  throw new Problem(400, 'INVALID_REQUEST', `The ${place} does not fit: ${list}`, { errors })
}
