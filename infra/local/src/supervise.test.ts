import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Reaper } from './reaper.ts'
import { type ChildSpec, restartPauseMs, type SupervisedChild, supervise } from './supervise.ts'

let folder: string
let child: SupervisedChild
let lines: string[]
const watched = new Set<number>()
const reaper: Reaper = {
  watch: (pid) => void watched.add(pid),
  forget: (pid) => void watched.delete(pid),
  atEnd: () => undefined,
  close: () => undefined,
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-supervise-'))
  lines = []
})

afterEach(async () => {
  await child.kill()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the program; it is ready once it has written the file whose name it is given. */
function start(program: string, spec: Partial<ChildSpec> = {}): Promise<void> {
  const sign = join(folder, 'ready')
  child = supervise(
    {
      name: 'child',
      command: process.execPath,
      args: ['-e', program, sign],
      logFile: join(folder, 'child.log'),
      isReady: async () => existsSync(sign),
      readyWithinMs: 10_000,
      stopWithinMs: 500,
      ...spec,
    },
    { reaper, log: (line) => void lines.push(line) },
  )
  return child.start()
}

const becomeReady = "require('node:fs').writeFileSync(process.argv[1], '');"
const stayAlive = 'setInterval(() => {}, 1000);'

test('a child that dies is started again, with a line that says so', async () => {
  await start(becomeReady + stayAlive)
  const first = child.pid() ?? 0
  process.kill(first, 'SIGKILL')
  await vi.waitFor(() => expect(child.restarts()).toBe(1), { timeout: 5_000, interval: 20 })
  expect(child.pid()).not.toBe(first)
  expect(lines).toEqual([expect.stringMatching(/^child ended \(SIGKILL\); starting it again in 0\.5 s/)])
}, 15_000)

test('pauses grow to 15 s', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map(restartPauseMs)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000])
})

test('a child that was killed on purpose stays down until it is started', async () => {
  await start(becomeReady + stayAlive)
  await child.kill()
  expect(child.pid()).toBeUndefined()
  expect(watched.size).toBe(0)
  expect(lines).toEqual([])
  await child.start()
  expect(watched).toEqual(new Set([child.pid()]))
}, 15_000)

test('a child that is up and says five times in a row that it cannot work is started again', async () => {
  const answers = ['sick', undefined, 'sick', 'sick', 'sick', 'sick', 'sick']
  let first: number | undefined
  const ask = async () => (first === undefined ? undefined : answers.shift())
  await start(becomeReady + stayAlive, { ailment: { everyMs: 20, ask } })
  first = child.pid()
  await vi.waitFor(() => expect(child.restarts()).toBe(1), { timeout: 10_000 })
  expect(child.pid()).not.toBe(first)
  expect(answers).toEqual([])
  expect(lines[0]).toBe('child sick: it is started again')
}, 15_000)

test('a child that does not heed SIGTERM is killed after its time', async () => {
  await start(`process.on('SIGTERM', () => {});${becomeReady}${stayAlive}`)
  const since = Date.now()
  await child.stop()
  expect(Date.now() - since).toBeGreaterThanOrEqual(450)
  expect(child.pid()).toBeUndefined()
}, 15_000)

test('a child that cannot start fails with the end of its log', async () => {
  await expect(start("console.error('no such folder'); process.exit(1)")).rejects.toMatchObject({
    code: 'NOT_READY',
    message: expect.stringContaining('no such folder'),
  })
  expect(readFileSync(child.logFile, 'utf8')).toContain('no such folder')
}, 15_000)

test('a command that does not exist fails the same way', async () => {
  await expect(start('', { command: join(folder, 'missing') })).rejects.toMatchObject({
    code: 'NOT_READY',
    message: expect.stringContaining('ENOENT'),
  })
}, 15_000)

test('a child whose log cannot be opened runs all the same, and that is said', async () => {
  writeFileSync(join(folder, 'no-folder'), '')
  await start(becomeReady + stayAlive, { logFile: join(folder, 'no-folder', 'child.log') })
  expect(child.pid()).toBeDefined()
  expect(lines).toEqual([expect.stringMatching(/^child runs without a log: /)])
}, 15_000)

test('only its owner may read the log of a child', async () => {
  await start(becomeReady + stayAlive, { logFile: join(folder, 'logs', 'child.log') })
  const modes = [join(folder, 'logs'), child.logFile].map((path) => statSync(path).mode & 0o777)
  expect(modes).toEqual([0o700, 0o600])
}, 15_000)

test('a stop while it starts ends the wait', async () => {
  const starting = start(stayAlive)
  await vi.waitFor(() => expect(child.pid()).toBeDefined())
  const outcome = expect(starting).rejects.toMatchObject({ code: 'STOPPED' })
  await child.stop()
  await outcome
}, 15_000)
