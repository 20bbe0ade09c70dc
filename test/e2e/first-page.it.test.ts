import { request } from 'node:http'
import { buildConsole } from '@holdpoint/local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServices, type TestServices } from '../harness/index.ts'

const mostBytes = 300_000

let services: TestServices

beforeAll(async () => {
  await buildConsole()
  services = await startTestServices({ only: ['desk'] })
}, 400_000)
afterAll(() => services?.stop())

test(`the first page of the console is at most ${mostBytes / 1_000} kB on the wire`, async () => {
  const page = await fetched('/inbox')
  const assets = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '')
  expect(assets.some((path) => path.endsWith('.js'))).toBe(true)
  const all = [page, ...(await Promise.all(assets.map((path) => fetched(path))))]
  for (const one of all.slice(1))
    if (one.path.startsWith('/assets/')) expect(one.cacheControl).toContain('immutable')
  const bytes = all.reduce((sum, one) => sum + one.bytes, 0)
  console.info(`The first page: ${Math.round(bytes / 1_000)} kB in ${all.length} files.`)
  expect(bytes).toBeLessThanOrEqual(mostBytes)
})

/** What comes over the wire for a browser that reads gzip, which more of them do than brotli. */
async function fetched(path: string) {
  const address = services.deskUrl + path
  const { bytes, cacheControl } = await new Promise<{ bytes: number; cacheControl: string }>(
    (resolve, reject) => {
      request(address, { headers: { accept: '*/*', 'accept-encoding': 'gzip' } }, (response) => {
        let sum = 0
        response.on('data', (part: Buffer) => {
          sum += part.length
        })
        response.on('end', () =>
          resolve({ bytes: sum, cacheControl: response.headers['cache-control'] ?? '' }),
        )
      })
        .on('error', reject)
        .end()
    },
  )
  return { path, bytes, cacheControl, text: await (await fetch(address)).text() }
}
