import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { openWithinMs, sharedPglite } from '../testing/databases.ts'
import { byOrder, opened, revision } from '../testing/messages.ts'

const script = `export const words = ${JSON.stringify('the same again, '.repeat(400))}`

let database: Database
let world: ApiWorld
let consoleFolder: string

beforeAll(async () => {
  database = await sharedPglite()
  consoleFolder = mkdtempSync(join(tmpdir(), 'holdpoint-console-'))
  mkdirSync(join(consoleFolder, 'assets'))
  writeFileSync(join(consoleFolder, 'index.html'), '<!doctype html><title>Holdpoint</title>')
  writeFileSync(join(consoleFolder, 'assets', 'index-1a2b3c.js'), script)
  world = await apiWorld(database, { consoleFolder })
  await world.bring('orders.revisions.v1', byOrder([revision('A')]))
  await world.bring('cases.events.v1', byOrder([opened('A', 1)]))
}, openWithinMs)
afterAll(async () => {
  await world.close()
  await database.close()
  rmSync(consoleFolder, { recursive: true })
})

/** As it comes over the wire: `fetch` would unpack it. */
function raw(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(world.url + path, { headers }, resolve)
      .on('error', reject)
      .end()
  })
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

describe('what goes over the wire', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('is packed by %s for who can read it', async (encoding, unpack) => {
    for (const path of ['/assets/index-1a2b3c.js', '/api/v1/orders/A']) {
      const plain = await bytesOf(await raw(path))
      const response = await raw(path, { 'accept-encoding': encoding })
      expect(response.headers).toMatchObject({ 'content-encoding': encoding })
      const packed = await bytesOf(response)
      expect(packed.length).toBeLessThan(plain.length / 2)
      expect(unpack(packed)).toEqual(plain)
    }
  })

  it('is an event at once, for the stream is not packed', async () => {
    const stream = await raw('/api/v1/stream', { 'accept-encoding': 'br, gzip' })
    expect(stream.headers['content-encoding']).toBeUndefined()
    const told = new Promise<string>((resolve) => {
      let text = ''
      stream.on('data', (part) => {
        text += part
        if (text.includes('event:case') && text.includes('C-B')) resolve(text)
      })
    })
    await world.bring('cases.events.v1', byOrder([opened('B', 1)]))
    expect(await told).toContain('data:')
    stream.destroy()
  })
})

describe('the files of the console', () => {
  it('are kept for ever where their names say what is in them; the page that names them is not', async () => {
    const asset = await raw('/assets/index-1a2b3c.js')
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const page = await raw('/orders/A', { accept: 'text/html' })
    expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-cache'])
  })

  it('are never answered with the page when they are not there', async () => {
    for (const path of ['/assets/index-0ld.js', '/assets', '/assets/'])
      expect((await raw(path, { accept: '*/*' })).statusCode).toBe(404)
  })

  it.each(['/assets/../../../etc/passwd', '/assets/%2e%2e/%2e%2e/index.html', '/assets/a%00b', '/%E0%A4%A'])(
    'no answer names a folder of this machine: %s',
    async (path) => {
      const text = String(await bytesOf(await raw(path, { accept: 'application/json' })))
      expect(text).not.toContain(consoleFolder)
      expect(text).not.toContain(process.cwd())
    },
  )

  it('that vanish meanwhile are missed without saying from where', async () => {
    rmSync(join(consoleFolder, 'index.html'))
    mkdirSync(join(consoleFolder, 'index.html'))
    const response = await raw('/inbox', { accept: 'text/html' })
    const text = String(await bytesOf(response))
    expect(response.statusCode).toBeGreaterThanOrEqual(400)
    expect(text).not.toContain(consoleFolder)
  })
})
