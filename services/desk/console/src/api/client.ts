/** What the desk answered when it could not do what was asked (RFC 9457). */
export class ProblemError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, detail: string) {
    super(detail)
    this.status = status
    this.code = code
  }

  /** Whether the desk has certainly answered no; without that, what was asked may have been done. */
  get isAnswer(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 429
  }
}

const base = '/api/v1'

/** Calls the desk. Throws ProblemError with the desk's own sentence, or with one that says that it cannot be reached. */
export async function call<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await fetch(base + path, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new ProblemError(0, 'DESK_AWAY', away(method))
  })
  if (response.ok) return response.status === 204 ? (undefined as T) : response.json()
  const problem = await response.json().catch(() => ({}))
  throw new ProblemError(
    response.status,
    problem.code ?? `HTTP_${response.status}`,
    problem.detail ?? problem.title ?? `The desk answered ${response.status}.`,
  )
}

const away = (method: string): string =>
  method === 'GET'
    ? 'The desk cannot be reached. The page comes back by itself when the desk does.'
    : 'The desk did not answer, so it is not known whether this was done. Press again in a moment: it is done only once.'
