import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { smallDisk } from '../../../../test/harness/index.ts'
import { type LogSink, logSink } from './log-sink.ts'

const disk = smallDisk(1)
const noDisk = disk ? '' : ' (left out: only root may mount a small disk)'
const patience = { timeout: 10_000, interval: 10 }
const tryAgainAfterMs = 20
const open: { fd: number; sink: LogSink }[] = []

afterEach(() => {
  for (const { fd, sink } of open.splice(0)) {
    sink.end()
    closeSync(fd)
  }
  disk?.free()
})
afterAll(() => disk?.remove())

function sinkOn(path: string): LogSink {
  const fd = openSync(path, 'a')
  const tellDropped = (lines: number, why: string) => `${JSON.stringify({ dropped: lines, why })}\n`
  const sink = logSink({ fd, tellDropped, tryAgainAfterMs })
  open.push({ fd, sink })
  return sink
}

const line = (n: number) => `${JSON.stringify({ n, text: 'x'.repeat(1_000) })}\n`
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((text) => text !== '')

/** What each whole line says; a line that was torn when the disk was full cannot be read. */
function saidIn(path: string): { n?: number; dropped?: number; why?: string }[] {
  return linesOf(path).flatMap((text) => {
    try {
      return [JSON.parse(text)]
    } catch {
      return []
    }
  })
}

test('a log that can never be written drops its lines, says why, and does nothing else', async () => {
  const sink = sinkOn('/dev/full')
  for (let n = 0; n < 10; n++) sink.write(line(n))
  await vi.waitFor(() => expect(sink.trouble()?.code).toBe('ENOSPC'), patience)
  sink.write(line(10))
  expect(sink.dropped()).toBe(11)
})

test.skipIf(!disk)(
  `after its end a log that was full tries no more, and its file may be closed${noDisk}`,
  async () => {
    const path = join(disk?.folder ?? '', 'ended')
    const sink = sinkOn(path)
    disk?.fill()
    sink.write(line(0))
    await vi.waitFor(() => expect(sink.trouble()).toBeDefined(), patience)
    sink.end()
    disk?.free()
    sink.write(line(1))
    await setTimeout(5 * tryAgainAfterMs)
    expect(readFileSync(path, 'utf8')).toBe('')
  },
)

test.skipIf(!disk)(`lines are written in their order, and the last ones at the end${noDisk}`, async () => {
  const path = join(disk?.folder ?? '', 'in-order')
  const sink = sinkOn(path)
  for (let n = 0; n < 50; n++) sink.write(line(n))
  await vi.waitFor(() => expect(linesOf(path)).toHaveLength(50), patience)
  sink.end()
  expect(saidIn(path).map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_, n) => n))
  expect(sink.dropped()).toBe(0)
})

test.skipIf(!disk)(
  `every line is written or counted, and the log goes on when there is space${noDisk}`,
  async () => {
    const path = join(disk?.folder ?? '', 'goes-on')
    const sink = sinkOn(path)
    sink.write(line(0))
    await vi.waitFor(() => expect(linesOf(path)).toHaveLength(1), patience)
    disk?.fill()
    for (let n = 1; n <= 20; n++) sink.write(line(n))
    await vi.waitFor(() => expect(sink.trouble()?.code).toBe('ENOSPC'), patience)
    disk?.free()
    await vi.waitFor(() => expect(sink.trouble()).toBeUndefined(), patience)
    sink.write(line(21))
    await vi.waitFor(() => expect(saidIn(path).at(-1)?.n).toBe(21), patience)
    const said = saidIn(path)
    const written = said.filter(({ n }) => n !== undefined).length
    expect(said.filter(({ dropped }) => dropped !== undefined)).toEqual([
      { dropped: sink.dropped(), why: 'ENOSPC' },
    ])
    expect(written + sink.dropped()).toBe(22)
  },
  20_000,
)
