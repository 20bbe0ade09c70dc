import { setTimeout as pause } from 'node:timers/promises'
import type { Problem } from '@holdpoint/desk-contract'
import { Failure } from '../failures.ts'

export interface DeskRequest {
  query?: Readonly<Record<string, string | number | undefined>>
  body?: unknown
  /** Who asks; a token of `signIn`. */
  token?: string
  /** Makes a repeat harmless. */
  idempotencyKey?: string
}

const answerWithinMs = 30_000
const retryAfterMs = 300

/** The desk's HTTP API. Everything about cases, policies and people goes through it. */
export class Desk {
  readonly url: string

  constructor(url: string) {
    this.url = url
  }

  get<Answer>(path: string, query: DeskRequest['query'] = {}, token?: string): Promise<Answer> {
    return this.#ask('GET', path, token ? { query, token } : { query })
  }

  post<Answer>(path: string, request: DeskRequest): Promise<Answer> {
    return this.#ask('POST', path, request)
  }

  /** As `get`, but undefined when there is no such thing. */
  async find<Answer>(path: string): Promise<Answer | undefined> {
    try {
      return await this.get<Answer>(path)
    } catch (error) {
      if (error instanceof Refusal && error.problem.status === 404) return undefined
      throw error
    }
  }

  /** A token for one of the people of the roster. */
  async signIn(subject: string): Promise<string> {
    const { token } = await this.post<{ token: string }>('/session', { body: { subject } })
    return token
  }

  async #ask<Answer>(method: string, path: string, request: DeskRequest): Promise<Answer> {
    const url = new URL(`${this.url}/api/v1${path}`)
    for (const [name, value] of Object.entries(request.query ?? {}))
      if (value !== undefined) url.searchParams.set(name, String(value))
    const { status, text } = await this.#fetch(
      url,
      {
        method,
        headers: headersOf(request),
        body: request.body === undefined ? null : JSON.stringify(request.body),
        signal: AbortSignal.timeout(answerWithinMs),
      },
      method === 'GET' || request.idempotencyKey !== undefined,
    )
    const answer = parsed(text)
    if (status >= 200 && status < 300 && answer !== undefined) return answer as Answer
    throw refusalOf(status, answer, url)
  }

  /** A connection that breaks is tried again where a repeat is harmless; the answer may just have been lost. */
  async #fetch(url: URL, request: RequestInit, harmless: boolean): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(url, request)
      return { status: response.status, text: await response.text() }
    } catch (cause) {
      if (harmless && !request.signal?.aborted) {
        await pause(retryAfterMs)
        return this.#fetch(url, request, false)
      }
      const why = cause instanceof Error ? ((cause.cause as Error | undefined)?.message ?? cause.message) : ''
      throw new Failure(
        'DESK_AWAY',
        `The desk does not answer at ${this.url} (${why}). Is Holdpoint running? Start it with npm start, or name its ` +
          'address with --desk or DESK_URL.',
        { cause },
      )
    }
  }
}

/** What a refusal needs of a problem. */
type Refused = Pick<Problem, 'status' | 'code' | 'detail' | 'errors'>

/** The desk said no, in the words of its problem. */
export class Refusal extends Failure {
  readonly problem: Refused

  constructor(problem: Refused) {
    super(problem.code, [`${problem.code}: ${problem.detail}`, ...detailsOf(problem)].join('\n  '))
    this.name = 'Refusal'
    this.problem = problem
  }
}

function headersOf({ body, token, idempotencyKey }: DeskRequest): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': 'holdpoint-cli',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
  }
}

const detailsOf = ({ errors = [] }: Pick<Problem, 'errors'>): string[] =>
  errors.map(({ path, line, column, message, hint }) => {
    const where = line === undefined ? (path ?? '') : `line ${line}, column ${column}`
    return `${where}: ${message}${hint ? ` (${hint})` : ''}`
  })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refusalOf(status: number, answer: unknown, url: URL): Failure {
  const problem = answer as Partial<Problem> | null | undefined
  if (typeof problem?.code === 'string' && typeof problem.detail === 'string')
    return new Refusal({ ...problem, code: problem.code, detail: problem.detail, status })
  return new Failure('NO_DESK', `${url} answered ${status}, and not as a desk does. Is this its address?`)
}
