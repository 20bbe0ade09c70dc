import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { identify, isAlive, signalGroup } from './process-identity.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-reaper-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('after a SIGKILL of the parent no child is left, not even one that ignores SIGTERM', async () => {
  const program = join(import.meta.dirname, 'test-programs', 'parent-of-sleeper.ts')
  const parent = spawn(process.execPath, [program, join(folder, 'sleeper.log')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const child = identify(Number(line.toString()))
  expect(child && isAlive(child)).toBe(true)
  parent.kill('SIGKILL')
  await vi.waitFor(() => expect(child && isAlive(child)).toBe(false), { timeout: 10_000, interval: 50 })
}, 20_000)

test('a number that another process has by now is left alone', async () => {
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    detached: true,
    stdio: 'ignore',
  })
  const pid = stranger.pid ?? 0
  try {
    const earlier = { pid, startedAt: 'before' }
    expect(isAlive(earlier)).toBe(false)
    expect(signalGroup(earlier, 'SIGKILL')).toBe(false)
    expect(identify(pid)).toBeDefined()
  } finally {
    stranger.kill('SIGKILL')
  }
})
