import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTokens, loadKey, sessionHours } from './tokens.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-key-'))
})
afterEach(async () => {
  vi.useRealTimers()
  await rm(folder, { recursive: true })
})

it('makes a key at the first start, for its owner only, and keeps it', async () => {
  const file = join(folder, 'inner', 'session.key')
  const key = await loadKey(file)
  expect(key).toHaveLength(32)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await loadKey(file)).toEqual(key)
  expect(await readFile(file, 'utf8')).toBe(Buffer.from(key).toString('base64url'))
})

it('says what to do when the file holds no key', async () => {
  const file = join(folder, 'session.key')
  await writeFile(file, 'short')
  await expect(loadKey(file)).rejects.toThrow(/Delete it/)
})

it('knows its own tokens until they run out, and nobody else’s', async () => {
  vi.useFakeTimers({ now: Date.parse('2026-03-02T09:00:00Z') })
  const tokens = createTokens(Buffer.alloc(32, 1))
  const token = await tokens.issue('fiona')
  expect(await tokens.verify(token)).toBe('fiona')
  expect(await createTokens(Buffer.alloc(32, 2)).verify(token)).toBeUndefined()
  expect(await tokens.verify('x.y.z')).toBeUndefined()
  vi.setSystemTime(Date.now() + sessionHours * 3_600_000 + 1_000)
  expect(await tokens.verify(token)).toBeUndefined()
})
