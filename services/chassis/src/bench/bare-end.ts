import { Kafka, logLevel } from 'kafkajs'
import type { Running } from '../port.ts'

/** Hands over the key of each committed record of a topic from its beginning, with nothing but kafkajs. */
export async function readKeys(
  brokers: readonly string[],
  topic: string,
  take: (key: string) => void,
): Promise<Omit<Running, 'ready'>> {
  const kafka = new Kafka({
    clientId: `bench-end-${topic}`,
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
  })
  const consumer = kafka.consumer({ groupId: `bench-end-${topic}`, maxWaitTimeInMs: 50 })
  const joined = Promise.withResolvers<void>()
  consumer.on(consumer.events.GROUP_JOIN, () => joined.resolve())
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      for (const { key } of batch.messages) take(String(key))
    },
  })
  await joined.promise
  return { stop: () => consumer.disconnect() }
}
