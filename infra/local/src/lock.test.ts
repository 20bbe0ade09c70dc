import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Lock, tryLock, waitForLock } from './lock.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-lock-'))
  path = join(folder, 'deep', 'lock')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a lock that is held tells who holds it', () => {
  const lock = tryLock(path) as Lock
  expect(tryLock(path)).toMatchObject({ pid: process.pid })
  lock.release()
  expect(existsSync(path)).toBe(false)
})

test.each(['{"pid":1,"startedAt":"another time"}', 'no JSON', ''])(
  'a lock left behind (%s) is taken over',
  (left) => {
    const first = tryLock(path) as Lock
    first.release()
    writeFileSync(path, left)
    expect(tryLock(path)).toHaveProperty('release')
  },
)

test('who waits gets the lock once it is released', async () => {
  const first = tryLock(path) as Lock
  let got = false
  const waiting = waitForLock(path).then((lock) => {
    got = true
    return lock
  })
  expect(got).toBe(false)
  first.release()
  const second = await waiting
  expect(tryLock(path)).toMatchObject({ pid: process.pid })
  second.release()
})
