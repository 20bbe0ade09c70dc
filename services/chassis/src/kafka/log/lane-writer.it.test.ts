import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type TestTopics, topicsForTest } from '../../testing/conformance/topics-for-test.ts'
import { takeOver } from './fence.ts'
import { clocks, LaneWriter } from './lane-writer.ts'
import type { ProduceLine } from './produce-line.ts'
import { answerTo, lineForTest, WriterForTest } from './testing/writer.ts'

const addresses = process.env.HOLDPOINT_TEST_KAFKA?.split(',') ?? []
const { signal } = new AbortController()

let topics: TestTopics
let line: ProduceLine
let journal: string

beforeEach(async () => {
  topics = await topicsForTest(addresses, ['journal'], 1)
  journal = topics.named('journal')
  line = lineForTest(addresses, [journal])
  const places = [{ topic: journal, partition: 0 }]
  await vi.waitFor(() => line.brokers.offsets(places, 'latest'), { timeout: 10_000, interval: 20 })
})

afterEach(async () => {
  line.brokers.close()
  await topics.remove()
})

const territoryOf = (transactionalId: string) => {
  return { brokers: line.brokers, transactionalId, places: [{ topic: journal, partition: 0 }] }
}

async function open(fencedAt = clocks()): Promise<LaneWriter> {
  const territory = territoryOf(topics.access.clientId)
  const identity = await takeOver(territory, signal)
  const [begins, ends] = [
    await line.brokers.offsets(territory.places, 'earliest'),
    await line.brokers.offsets(territory.places, 'latest'),
  ]
  return new LaneWriter(line, territory, identity, { begins, ends, fencedAt, signal })
}

test('an owner under another id is shut out, and once more by an opening that ended before it was written down', async () => {
  const forgotten = territoryOf(`${topics.access.clientId}-forgotten`)
  const earlier = new WriterForTest(line, await takeOver(forgotten, signal))
  await earlier.write({ topic: journal, partition: 0 })
  const { producerId } = earlier.identity

  await (await open()).shutOut(journal, producerId)
  expect(await answerTo(earlier.write({ topic: journal, partition: 0 }))).toBe('INVALID_PRODUCER_EPOCH')
  const again = await open()
  await again.shutOut(journal, producerId)
  await again.write([{ topic: journal, records: [{ key: 'x', value: 'x' }] }])
})

const hourMs = 60 * 60 * 1000

test('an owner that has not shown itself for twelve hours writes nothing, by whichever clock', async () => {
  for (const late of ['wall', 'steady'] as const) {
    const now = clocks()
    const writer = await open({ ...now, [late]: now[late] - 12 * hourMs })
    const before = await line.brokers.offsets([{ topic: journal, partition: 0 }], 'latest')
    const attempt = writer.write([{ topic: journal, records: [{ key: 'x', value: 'x' }] }])
    expect(await answerTo(attempt)).toBe('FENCE_OLD')
    expect(await line.brokers.offsets([{ topic: journal, partition: 0 }], 'latest')).toEqual(before)
  }
})

test('an owner shows itself again after an hour, and goes on writing', async () => {
  const now = clocks()
  const writer = await open({ ...now, wall: now.wall - 2 * hourMs })
  expect(writer.isToRenew).toBe(true)
  await writer.write([{ topic: journal, records: [{ key: 'x', value: '1' }] }])
  await writer.renew()
  expect(writer.isToRenew).toBe(false)
  await writer.write([{ topic: journal, records: [{ key: 'x', value: '2' }] }])
  expect(writer.isMoved).toBe(false)
})
