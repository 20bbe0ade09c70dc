import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type TestTopics, topicsForTest } from '../../testing/conformance/topics-for-test.ts'
import type { ProduceLine } from './produce-line.ts'
import { answerTo, lineForTest, WriterForTest } from './testing/writer.ts'

const addresses = process.env.HOLDPOINT_TEST_KAFKA?.split(',') ?? []

let topics: TestTopics
let line: ProduceLine

beforeEach(async () => {
  topics = await topicsForTest(addresses, ['output'], 3)
  const topic = topics.named('output')
  line = lineForTest(addresses, [topic])
  const places = [0, 1, 2].map((partition) => ({ topic, partition }))
  await vi.waitFor(() => line.brokers.offsets(places, 'latest'), { timeout: 10_000, interval: 20 })
})

afterEach(async () => {
  line.brokers.close()
  await topics.remove()
})

test('what is refused to one lane is no matter to the others in the same request', async () => {
  const coordinator = await line.brokers.coordinator(topics.access.clientId)
  const asked = { transactionalId: topics.access.clientId, transactionTimeout: 60_000 }
  const { producerId, producerEpoch: epoch } = await coordinator.initProducerId(asked)
  const writer = new WriterForTest(line, { producerId, epoch })
  const lane = (partition: number) => ({ topic: topics.named('output'), partition })
  await writer.write(lane(1))
  const answers = await Promise.all([
    answerTo(writer.write(lane(0))),
    answerTo(writer.write(lane(1), { sequence: 7 })),
    answerTo(writer.write(lane(2))),
  ])
  expect(answers).toEqual(['taken', 'OUT_OF_ORDER_SEQUENCE_NUMBER', 'taken'])
})
