import { randomUUID } from 'node:crypto'
import type { TopicName } from '@holdpoint/schemas'
import pino from 'pino'
import { type KafkaAccess, newKafka } from '../../kafka/kafka-access.ts'
import { createTopics, type TopicSpec } from '../../topics.ts'

/** Throw-away topics on a real Kafka. */
export interface TestTopics {
  access: KafkaAccess
  /** Full name of a topic that was asked for. */
  named<T extends TopicName>(name: string): T
  remove(): Promise<void>
}

export async function topicsForTest(
  brokers: readonly string[],
  names: readonly string[],
  partitions: number,
  settings: TopicSpec['settings'] = {},
): Promise<TestTopics> {
  const id = `test-${randomUUID().slice(0, 8)}`
  const access = { brokers, clientId: id, log: pino({ level: 'warn' }) }
  const topics = names.map((name) => `${id}.${name}`)
  await createTopics(
    brokers,
    topics.map((topic) => ({ topic, partitions, replicas: 1, settings })),
  )
  return {
    access,
    named: <T extends TopicName>(name: string) => `${id}.${name}` as T,
    async remove() {
      const admin = newKafka(access).admin()
      await admin.connect()
      await admin.deleteTopics({ topics })
      await admin.disconnect()
    },
  }
}
