import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type TestTopics, topicsForTest } from '../../conformance/topics-for-test.ts'
import { takeOver } from './fence.ts'
import { clocks, LaneWriter } from './lane-writer.ts'
import type { ProduceLine } from './produce-line.ts'
import { answerTo, lineForTest, WriterForTest } from './writer-for-test.ts'

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

async function open(): Promise<LaneWriter> {
  const territory = territoryOf(topics.access.clientId)
  const identity = await takeOver(territory, signal)
  const ends = await line.brokers.offsets(territory.places, 'latest')
  return new LaneWriter(line, territory, identity, { ends, fencedAt: clocks(), signal })
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
