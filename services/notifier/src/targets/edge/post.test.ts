import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { TimeLimits } from '../../time-limits.ts'
import { createPost, type Resolve } from './post.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

type Handle = (request: IncomingMessage, response: ServerResponse) => void

/** A real receiver on a free port, how often it was called and what it got. */
async function receiver(handle: Handle = (_request, response) => void response.end('ok')) {
  const got: { path: string; headers: IncomingMessage['headers']; body: string }[] = []
  const server = createServer(async (request, response) => {
    const body = String(await buffer(request))
    got.push({ path: request.url ?? '', headers: request.headers, body })
    handle(request, response)
  })
  let connections = 0
  server.on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  const { port } = server.address() as AddressInfo
  return { port, got, url: new URL(`http://127.0.0.1:${port}/in`), connections: () => connections }
}

const limits = { withinMs: 2_000, connectMs: 500, limits: new TimeLimits() }
const post = createPost(limits)
const here = (url: URL) => ({ url, isPrivate: true })

/** Answers a name with these addresses, one after the other; the last one from then on. */
function answering(...addresses: string[]) {
  const asked: string[] = []
  const resolve: Resolve = (hostname, done) => {
    const address = addresses[Math.min(asked.length, addresses.length - 1)] as string
    asked.push(hostname)
    done(null, [{ address, family: address.includes(':') ? 6 : 4 }])
  }
  return { resolve, asked }
}

test('a body arrives with its headers, and the answer comes back', async () => {
  const { url, got } = await receiver((_request, response) => response.writeHead(202).end('taken'))
  const answer = await post(here(url), '{"ü":1}', { 'content-type': 'application/json' })
  expect(answer).toEqual({ kind: 'answered', status: 202, retryAfter: '', text: 'taken' })
  expect(got).toMatchObject([
    {
      path: '/in',
      body: '{"ü":1}',
      headers: { 'content-type': 'application/json', 'user-agent': 'Holdpoint' },
    },
  ])
})

test('an address that is written out is refused where it is private, however it is written', async () => {
  const { port, connections } = await receiver()
  for (const host of [
    '127.0.0.1',
    '127.1',
    '0x7f000001',
    '2130706433',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
  ])
    expect(await post({ url: new URL(`http://${host}:${port}/`), isPrivate: false }, '', {})).toEqual({
      kind: 'refused',
    })
  expect(connections()).toBe(0)
})

test('a name that leads to a private address is refused, also when only one of its addresses is', async () => {
  const { port, connections } = await receiver()
  const url = new URL(`http://target.example:${port}/`)
  const mixed: Resolve = (_hostname, done) =>
    done(null, [
      { address: '8.8.8.8', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ])
  for (const resolve of [answering('127.0.0.1').resolve, answering('::ffff:127.0.0.1').resolve, mixed])
    expect(await createPost(limits, resolve)({ url, isPrivate: false }, '', {})).toEqual({ kind: 'refused' })
  expect(connections()).toBe(0)
})

test('the machine that tells a cloud its secrets is refused even for a private target', async () => {
  const url = new URL('http://metadata.example/')
  const { resolve } = answering('169.254.169.254')
  expect(await createPost(limits, resolve)({ url, isPrivate: true }, '', {})).toEqual({ kind: 'refused' })
})

test('a name that answers differently the second time is asked once, and the connection goes where that was', async () => {
  const { port, connections } = await receiver()
  const { resolve, asked } = answering('198.41.0.4', '127.0.0.1')
  const url = new URL(`http://rebind.example:${port}/`)
  const answer = await createPost({ ...limits, withinMs: 600, connectMs: 300 }, resolve)(
    { url, isPrivate: false },
    '',
    {},
  )
  expect(['silent', 'unreachable']).toContain(answer.kind)
  expect(asked).toEqual(['rebind.example'])
  expect(connections()).toBe(0)
  const again = await createPost(limits, resolve)({ url, isPrivate: false }, '', {})
  expect(again).toEqual({ kind: 'refused' })
})

test('a redirect is an answer and is not followed', async () => {
  const elsewhere = await receiver()
  const { url } = await receiver((_request, response) =>
    response.writeHead(307, { location: elsewhere.url.href }).end(),
  )
  expect(await post(here(url), '', {})).toMatchObject({ kind: 'answered', status: 307 })
  expect(elsewhere.connections()).toBe(0)
})

test('an answer that comes after the time limit counts for nothing', async () => {
  const { url } = await receiver((_request, response) => {
    const late = setTimeout(() => response.end('ok'), 5_000)
    response.on('close', () => clearTimeout(late))
  })
  const began = performance.now()
  expect(await createPost({ ...limits, withinMs: 200, connectMs: 200 })(here(url), '', {})).toEqual({
    kind: 'silent',
  })
  expect(performance.now() - began).toBeLessThan(1_500)
})

test('an answer that drips costs no more than the time limit', async () => {
  const { url } = await receiver((_request, response) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(drip))
  })
  const began = performance.now()
  expect(await createPost({ ...limits, withinMs: 300, connectMs: 200 })(here(url), '', {})).toEqual({
    kind: 'silent',
  })
  expect(performance.now() - began).toBeLessThan(1_500)
})

test('of an answer of 10 MB no more than its beginning is read', async () => {
  let written = 0
  const { url } = await receiver((_request, response) => {
    response.writeHead(200)
    const more = () => {
      while (written < 10_000_000 && !response.destroyed) {
        written += 50_000
        if (!response.write('x'.repeat(50_000))) return response.once('drain', more)
      }
      return response.end()
    }
    more()
  })
  const answer = await post(here(url), '', {})
  expect(answer).toMatchObject({ kind: 'answered', status: 200 })
  expect(answer.kind === 'answered' && answer.text.length).toBe(65_536)
  expect(written).toBeLessThan(10_000_000)
})

test('a target that is not there, or that breaks off, is unreachable with a code and no address', async () => {
  const { url, port } = await receiver((request) => request.socket.destroy())
  expect(await post(here(url), '', {})).toEqual({ kind: 'unreachable', code: 'ECONNRESET' })
  for (const close of closing.splice(0)) await close()
  const answer = await post(here(url), '', {})
  expect(answer).toEqual({ kind: 'unreachable', code: 'ECONNREFUSED' })
  expect(JSON.stringify(answer)).not.toContain(String(port))
  const nobody: Resolve = (_hostname, done) => done(Object.assign(new Error(), { code: 'ENOTFOUND' }), [])
  const named = { url: new URL('https://nobody.example/'), isPrivate: false }
  expect(await createPost(limits, nobody)(named, '', {})).toEqual({ kind: 'unreachable', code: 'ENOTFOUND' })
})
