import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Messages, ServiceName, TopicName } from '@holdpoint/schemas'
import { type Consumer, Partitioners } from 'kafkajs'
import pino from 'pino'
import { type KafkaAccess, newKafka } from '../../kafka/kafka-access.ts'
import { runLanes } from '../../kafka/run-lanes.ts'
import type { LaneCodec } from '../../lane/lane-codec.ts'
import { createMetrics } from '../../runtime/metrics.ts'
import { createTopics, journalBatchBytes } from '../../topics.ts'
import type { World, WorldInstance, WorldRecord } from './world.ts'
import { worldCodec, worldTopics } from './world-codec.ts'

const lanes = 2
const withinMs = 60_000

type Stored = { topic: string; key: string; value: Buffer | null; partition: number }

/** The conformance suite's world on a real Kafka, with topics and a group of its own. */
export async function kafkaWorld(brokers: readonly string[], schemas: LaneCodec): Promise<World> {
  const id = `conformance-${randomUUID().slice(0, 8)}`
  const log = pino({ level: 'warn' })
  const access: KafkaAccess = { brokers, clientId: id, log }
  const topics = worldTopics(id)
  const codec = worldCodec(schemas)
  await createTopics(
    brokers,
    Object.values(topics).map((topic) => {
      return { topic, partitions: lanes, replicas: 1, settings: settingsOf(topic, topics) }
    }),
  )
  const producer = newKafka(access).producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const stored: Stored[] = []
  const reader = await readCommitted(access, [topics.output, topics.deadLetters], stored)
  const running = new Set<WorldInstance>()

  const putBytes: World['putBytes'] = async (topic, key, value) => {
    await producer.send({ topic, messages: [{ key, value }] })
  }

  return {
    lanes,
    topics,
    service: id as ServiceName,
    async start(service) {
      const failures: unknown[] = []
      const instance = await runLanes(service, {
        access,
        codec,
        metrics: createMetrics(id),
        fail: (error) => failures.push(error),
      })
      running.add(instance)
      return {
        revisit: () => instance.revisit(),
        async stop() {
          running.delete(instance as unknown as WorldInstance)
          await instance.stop()
          if (failures.length > 0) throw failures[0]
        },
      }
    },
    put: (topic, key, value) =>
      putBytes(topic, Buffer.from(key), value === null ? null : codec.encode(topic, value)),
    putBytes,
    encode: (topic, value) => codec.encode(topic, value),
    async published<T extends TopicName>(topic: T) {
      const mine = stored.filter((record) => record.topic === topic)
      const decoded = mine.map(async (record): Promise<WorldRecord<T>> => {
        return { ...record, value: await decode(topic, record, codec) }
      })
      return (await Promise.all(decoded)).sort((a, b) => a.partition - b.partition)
    },
    async until(what, check) {
      const deadline = Date.now() + withinMs
      while (!(await check())) {
        if (Date.now() > deadline) throw new Error(`Not within ${withinMs / 1000} s: ${what}`)
        await pause(20)
      }
    },
    async tearDown() {
      await Promise.all([...running].map((instance) => instance.stop()))
      await Promise.all([producer.disconnect(), reader.disconnect()])
      const admin = newKafka(access).admin()
      await admin.connect()
      await admin.deleteTopics({ topics: Object.values(topics) })
      await admin.deleteGroups([id, `${id}-reader`]).catch(() => undefined)
      await admin.disconnect()
    },
  }
}

function settingsOf(topic: string, { deadLetters, state }: World['topics']): Record<string, string> {
  if (topic === deadLetters) return { 'max.message.bytes': String(2 * 1024 * 1024) }
  return topic === state
    ? { 'cleanup.policy': 'compact', 'max.message.bytes': String(journalBatchBytes) }
    : {}
}

async function decode<T extends TopicName>(
  topic: T,
  { value }: Stored,
  codec: LaneCodec,
): Promise<Messages[T] | null> {
  if (value === null) return null
  await codec.resolve(topic, value)
  return codec.decode(topic, value) as Messages[T]
}

async function readCommitted(access: KafkaAccess, topics: string[], into: Stored[]): Promise<Consumer> {
  const consumer = newKafka(access).consumer({ groupId: `${access.clientId}-reader`, maxWaitTimeInMs: 50 })
  await consumer.connect()
  await consumer.subscribe({ topics, fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ topic, partition, message }) => {
      const { key, value } = message
      into.push({ topic, partition, key: key?.toString() ?? '', value: value && Buffer.from(value) })
    },
  })
  return consumer
}
