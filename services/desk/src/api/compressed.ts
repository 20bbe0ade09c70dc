import compression from 'compression'
import type { RequestHandler } from 'express'

/** Texts go compressed, as the caller can read them; a stream does not, for its events must not wait for each other. */
export function compressed(): RequestHandler {
  return compression({
    filter: (request, response) =>
      !String(response.getHeader('content-type')).startsWith('text/event-stream') &&
      compression.filter(request, response),
  })
}
