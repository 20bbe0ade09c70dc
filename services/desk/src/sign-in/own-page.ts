import type { IncomingMessage } from 'node:http'

/** Whether a browser sent this from a page of the desk; without a browser's headers the answer is no. */
export function fromOwnPage(request: IncomingMessage, deskUrl: string | undefined): boolean {
  const { origin, host, 'sec-fetch-site': site } = request.headers
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  if (origin === undefined) return false
  return (
    origin === `http://${host}` ||
    origin === `https://${host}` ||
    (deskUrl !== undefined && origin === new URL(deskUrl).origin)
  )
}
