import type { IncomingMessage } from 'node:http'

const loopbackAddress = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/
const loopbackName = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i

/** Whether the request comes from this machine itself and was not handed on by a proxy. */
export function isLoopback(request: IncomingMessage): boolean {
  const { forwarded, 'x-forwarded-for': forwardedFor } = request.headers
  return (
    forwarded === undefined &&
    forwardedFor === undefined &&
    loopbackAddress.test(request.socket.remoteAddress ?? '')
  )
}

/**
 * Whether the request names this desk as its host. A page of another site that has pointed its own name at 127.0.0.1
 * (DNS rebinding) does not.
 */
export function namesThisDesk(request: IncomingMessage, deskUrl: string | undefined): boolean {
  const host = request.headers.host ?? ''
  return (
    !isLoopback(request) ||
    loopbackName.test(host) ||
    (deskUrl !== undefined && host === new URL(deskUrl).host)
  )
}

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
