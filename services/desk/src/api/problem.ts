import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler, RequestHandler, Response } from 'express'

/** What went wrong with a request, as RFC 9457 tells it. `detail` says what happened and what to do. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly more: Readonly<Record<string, unknown>>

  constructor(status: number, code: string, detail: string, more: Readonly<Record<string, unknown>> = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.more = more
  }
}

export function sendProblem(response: Response, problem: Problem): void {
  const { status, code, message: detail, more } = problem
  if (status === 503) response.set('retry-after', '1')
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:holdpoint:problem:${code}`,
        title: STATUS_CODES[status],
        status,
        code,
        detail,
        ...more,
      }),
    )
}

export const notFound: RequestHandler = (request, _response, next) => {
  next(
    new Problem(
      404,
      'NO_SUCH_PATH',
      `There is no ${request.method} ${request.baseUrl}${request.path}. See /api/v1/openapi.json.`,
    ),
  )
}

/** Answers every error as a problem; `onFailure` hears of those that are the desk's own fault. */
export function problemHandler(onFailure: (error: unknown) => void): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error)
    const problem = error instanceof Problem ? error : (requestProblem(error) ?? ownFault(error, onFailure))
    sendProblem(response, problem)
  }
}

/** What express and its body parser say about a request that they cannot take. */
function requestProblem(error: unknown): Problem | undefined {
  const { status, type } = error as { status?: unknown; type?: unknown }
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined
  if (type === 'entity.too.large')
    return new Problem(413, 'TOO_LARGE', 'The body is larger than 512 kB. Send less in one request.')
  if (type === 'entity.parse.failed')
    return new Problem(400, 'NO_JSON', `The body is no JSON: ${(error as Error).message}`)
  if ('syscall' in (error as object)) return noSuchFile(status)
  return new Problem(status, 'BAD_REQUEST', (error as Error).message)
}

/** What the file system says names folders of this machine, which are nobody's business outside of it. */
const noSuchFile = (status: number): Problem =>
  new Problem(status, 'NO_SUCH_FILE', 'The desk has no such file. Open its first page again.')

function ownFault(error: unknown, onFailure: (error: unknown) => void): Problem {
  onFailure(error)
  return new Problem(
    500,
    'DESK_FAILED',
    'The desk failed on this request. Its log says why; try again later.',
  )
}
