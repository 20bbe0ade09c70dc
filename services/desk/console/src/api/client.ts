/** What the desk answered when it could not do what was asked (RFC 9457), or what came instead of an answer of it. */
export class ProblemError extends Error {
  /** 0 when nothing was reached. */
  readonly status: number
  readonly code: string
  /** The desk itself has said so, not something on the way to it. */
  readonly isOwn: boolean

  constructor(status: number, code: string, detail: string, isOwn = true) {
    super(detail)
    this.status = status
    this.code = code
    this.isOwn = isOwn
  }

  /** Whether the desk has certainly answered no; without that, what was asked may have been done. */
  get isAnswer(): boolean {
    return this.isOwn && this.status >= 400 && this.status < 500 && this.status !== 429
  }

  /** Whether what was asked has certainly not been done, though it may be later. */
  get isNotYet(): boolean {
    return this.isOwn && notYet.includes(this.code)
  }
}

const notYet: readonly string[] = ['STARTING', 'NOT_READY', 'KAFKA_AWAY', 'TOO_MANY_REQUESTS']

/** Whether the desk has said no for good, so that asking again by itself changes nothing. */
export const isFinal = (error: Error): boolean => error instanceof ProblemError && error.isAnswer

const base = '/api/v1'

/** The desk answers within seconds; without an answer the page says so instead of waiting on. */
const withinMs = 30_000

/** Calls the desk. Throws ProblemError with the desk's own sentence, or with one that says what came instead. */
export async function call<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const { status, text } = await send(method, path, body, headers)
  if (status === 204) return undefined as T
  const answer = readAnswer(status, text)
  if (answer instanceof ProblemError) throw answer
  return answer as T
}

async function send(method: string, path: string, body: unknown, headers: Record<string, string>) {
  try {
    const response = await fetch(base + path, {
      method,
      signal: AbortSignal.timeout(withinMs),
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, text: await response.text() }
  } catch {
    throw new ProblemError(0, 'DESK_AWAY', away(method), false)
  }
}

/** The answer, or the problem that it is. What is no JSON, or a problem without a code, is not from the desk. */
export function readAnswer(status: number, text: string): unknown {
  const read = parsed(text)
  const isGood = status >= 200 && status < 300
  if (isGood && read !== undefined) return read
  const { code, detail, title } = (read ?? {}) as { code?: unknown; detail?: string; title?: string }
  if (!isGood && typeof code === 'string')
    return new ProblemError(status, code, detail ?? title ?? `The desk answered ${status}.`)
  return new ProblemError(
    status,
    'NOT_THE_DESK',
    `Something between this page and the desk answered instead of it (status ${status}). It may be a proxy, or a sign-in of your network.`,
    false,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}

const away = (method: string): string =>
  method === 'GET'
    ? 'The desk cannot be reached. The page comes back by itself when the desk does.'
    : 'The desk did not answer, so it is not known yet whether this was done. It is asked for by itself; pressing again does it only once.'
