import { lookup as lookUp } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { TimeLimits } from '../../time-limits.ts'
import type { Answer, Post } from '../post.ts'
import { isAllowed } from './allowed-address.ts'

export interface PostLimits {
  /** Longest time in all, milliseconds. */
  withinMs: number
  /** Longest time until the connection is there, with TLS, milliseconds. */
  connectMs: number
  limits: TimeLimits
}

/** How a name becomes addresses; Node's own unless a test says otherwise. */
export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: { address: string; family: number }[]) => void,
) => void

const byDns: Resolve = (hostname, done) => lookUp(hostname, { all: true }, done)

/** More of an answer than this is not read, bytes: its status has said what matters. */
const mostRead = 65_536

const refusedCode = 'ADDRESS_REFUSED'

/**
 * Posts by HTTPS (HTTP where a target allows it). Where a name leads to is looked up once for each connection, and the
 * connection goes to the very addresses that were found allowed. Redirects are not followed.
 */
export function createPost({ withinMs, connectMs, limits }: PostLimits, resolve: Resolve = byDns): Post {
  return ({ url, isPrivate }, body, headers) => {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !isAllowed(host, isPrivate)) return Promise.resolve({ kind: 'refused' })
    return new Promise<Answer>((answer) => {
      const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
        method: 'POST',
        agent: false,
        lookup: guarded(resolve, isPrivate),
        headers: { ...headers, 'content-length': Buffer.byteLength(body), 'user-agent': 'Holdpoint' },
      })
      const end = (result: Answer) => {
        limit.end()
        clearTimeout(connecting)
        request.destroy()
        answer(result)
      }
      const limit = limits.begin(withinMs)
      limit.signal.addEventListener('abort', () => end({ kind: 'silent' }))
      const connecting = setTimeout(() => end({ kind: 'silent' }), connectMs)
      request.on('socket', (socket) => {
        const ready = url.protocol === 'https:' ? 'secureConnect' : 'connect'
        socket.once(ready, () => clearTimeout(connecting))
      })
      request.on('error', (error: NodeJS.ErrnoException) =>
        end(error.code === refusedCode ? { kind: 'refused' } : { kind: 'unreachable', code: codeOf(error) }),
      )
      request.on(
        'response',
        (response) => void beginningOf(response).then((text) => end(read(response, text))),
      )
      request.end(body)
    })
  }
}

/** Gives a connection the addresses of a name, when all of them are allowed. */
function guarded(resolve: Resolve, isPrivate: boolean): LookupFunction {
  return (hostname, { all }, done) => {
    resolve(hostname, (error, addresses) => {
      const [first] = addresses ?? []
      if (error || !first)
        return done(error ?? Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 4)
      if (!addresses.every(({ address }) => isAllowed(address, isPrivate)))
        return done(Object.assign(new Error('no message goes there'), { code: refusedCode }), '', 4)
      if (all) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}

function read({ statusCode = 0, headers }: IncomingMessage, text: string): Answer {
  return { kind: 'answered', status: statusCode, retryAfter: headers['retry-after'] ?? '', text }
}

/** The beginning of an answer's text. One that breaks off or goes on and on has said enough. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer)
      bytes += (chunk as Buffer).length
      if (bytes >= mostRead) break
    }
  } catch {
    // What was heard of it stands.
  }
  return Buffer.concat(chunks).subarray(0, mostRead).toString('utf8')
}

/** Its message would name hosts and addresses, which people who read outcomes are not told. */
function codeOf(error: NodeJS.ErrnoException): string {
  const [first] = error instanceof AggregateError ? (error.errors as NodeJS.ErrnoException[]) : []
  return error.code ?? first?.code ?? 'no reason given'
}
