import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { smallDisk } from '../../../../test/harness/index.ts'
import { type LogSink, logSink } from './log-sink.ts'

const disk = smallDisk(1)
const noDisk = disk ? '' : ' (left out: only root may mount a small disk)'
const patience = { timeout: 10_000, interval: 10 }
const open: number[] = []

afterEach(() => disk?.free())
afterAll(() => {
  // Not before: a sink that tries again would write into whatever got its number.
  for (const fd of open.splice(0)) closeSync(fd)
  disk?.remove()
})

function sinkOn(path: string): LogSink {
  const fd = openSync(path, 'a')
  open.push(fd)
  const tellDropped = (lines: number, why: string) => `${JSON.stringify({ dropped: lines, why })}\n`
  return logSink({ fd, tellDropped, tryAgainAfterMs: 20 })
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
  sink.flush()
})

test.skipIf(!disk)(`lines are written in their order, and the last ones at the end${noDisk}`, async () => {
  const path = join(disk?.folder ?? '', 'in-order')
  const sink = sinkOn(path)
  for (let n = 0; n < 50; n++) sink.write(line(n))
  await vi.waitFor(() => expect(linesOf(path)).toHaveLength(50), patience)
  sink.flush()
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
