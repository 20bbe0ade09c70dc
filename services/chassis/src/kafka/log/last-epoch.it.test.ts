import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type TestTopics, topicsForTest } from '../../testing/conformance/topics-for-test.ts'
import { type Territory, takeOver } from './fence.ts'
import type { ProduceLine } from './produce-line.ts'
import { answerTo, lineForTest, WriterForTest } from './testing/writer.ts'

const addresses = process.env.HOLDPOINT_TEST_KAFKA?.split(',') ?? []
const { signal } = new AbortController()
const fenced = 'INVALID_PRODUCER_EPOCH'
/** Above this one no owner writes, and Kafka's last one is 32,766. */
const lastToWriteWith = 32_000

let topics: TestTopics
let line: ProduceLine
let territory: Territory

beforeEach(async () => {
  topics = await topicsForTest(addresses, ['journal', 'output'], 1)
  const names = [topics.named('journal'), topics.named('output')]
  line = lineForTest(addresses, names)
  const places = names.map((topic) => ({ topic, partition: 0 }))
  territory = { brokers: line.brokers, transactionalId: topics.access.clientId, places }
  await vi.waitFor(() => line.brokers.offsets(places, 'latest'), { timeout: 10_000, interval: 20 })
})

afterEach(async () => {
  line.brokers.close()
  await topics.remove()
})

/** Half a millisecond each. */
async function spendEpochsUpTo(last: number): Promise<void> {
  const { transactionalId } = territory
  const coordinator = await line.brokers.coordinator(transactionalId)
  for (let epoch = -1; epoch < last; )
    epoch = (await coordinator.initProducerId({ transactionalId, transactionTimeout: 60_000 })).producerEpoch
}

test('a lane whose id is at its last epochs goes on with another id, closed to its earlier owner', async () => {
  await spendEpochsUpTo(lastToWriteWith - 10)
  const earlier = new WriterForTest(line, await takeOver(territory, signal))
  for (const place of territory.places) await earlier.write(place)
  expect(earlier.identity.epoch).toBe(lastToWriteWith - 8)
  await spendEpochsUpTo(lastToWriteWith)
  const owner = new WriterForTest(line, await takeOver(territory, signal))
  expect(owner.identity.producerId).not.toBe(earlier.identity.producerId)
  expect(owner.identity.epoch).toBe(2)
  for (const place of territory.places) {
    expect(await answerTo(earlier.write(place))).toBe(fenced)
    expect(await answerTo(owner.write(place))).toBe('taken')
  }
}, 180_000)
