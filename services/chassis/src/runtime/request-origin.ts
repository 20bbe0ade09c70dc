import type { IncomingMessage } from 'node:http'

const loopbackAddress = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/
const loopbackName = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i

/**
 * Words in the name of a header that only somebody in between adds: `Forwarded`, `X-Forwarded-For`, `Via`, `X-Real-IP`,
 * `CF-Connecting-IP`, `True-Client-IP`, `X-Envoy-External-Address`, `Proxy-Authorization`, … No list of them is
 * complete, and a new one is made of the same words.
 */
const wordOfProxies =
  /^(?:via|ip|addr|address|cdn|cf|envoy|hops?|.*(?:forward|proxy|proxied).*|.*(?:client|remote|real|user)ip)$/

/**
 * Whether somebody on this machine itself asks: the connection and the host that is asked for are of this machine, and
 * nothing says that the request was handed on. Whoever is asked this way may be trusted without a password.
 */
export function isOfThisMachine(request: IncomingMessage): boolean {
  return isLocalPeer(request) && loopbackName.test(request.headers.host ?? '') && !wasHandedOn(request)
}

/**
 * Whether the request names the host that it came to. A page of another site that has pointed its own name at
 * 127.0.0.1 (DNS rebinding) does not, whatever headers it adds. `ownUrl` is the address that a proxy on this machine
 * is asked for, where there is one.
 */
export function namesThisHost(request: IncomingMessage, ownUrl: string | undefined): boolean {
  const host = request.headers.host ?? ''
  return (
    !isLocalPeer(request) ||
    loopbackName.test(host) ||
    (ownUrl !== undefined && host === new URL(ownUrl).host)
  )
}

function isLocalPeer(request: IncomingMessage): boolean {
  return loopbackAddress.test(request.socket.remoteAddress ?? '')
}

function wasHandedOn({ headers }: IncomingMessage): boolean {
  return Object.keys(headers).some((name) => name.split(/[-_]/).some((word) => wordOfProxies.test(word)))
}
