import { randomUUID } from 'node:crypto'
import { type Codec, createCodec, type TopicName } from '@holdpoint/schemas'
import pino, { type Logger } from 'pino'
import { ChassisError } from './errors.ts'
import { Follower } from './kafka/follower.ts'
import { newKafka } from './kafka/kafka-access.ts'
import { LaneOffsets } from './kafka/lane-offsets.ts'
import { KafkaPublisher } from './kafka/publisher.ts'
import { readAll } from './kafka/read-all.ts'
import { requireTopics } from './kafka/require-topics.ts'
import type { FollowOptions, LaneRecord, Publisher, Running } from './port.ts'

export interface ConnectOptions {
  brokers: readonly string[]
  registryUrl: string
  /** Name by which the brokers know this program. */
  clientId?: string
  /** Silent when not given. */
  log?: Logger
  /** Reading cannot go on; when not given, the error ends the process. */
  onFailure?(error: unknown): void
}

/** Kafka for a program that is not a service. `stop` ends whatever was started through it. */
export interface Connection {
  readonly codec: Codec
  publisher(): Promise<Publisher>
  follow<In extends TopicName>(options: FollowOptions<In>): Promise<Running>
  /**
   * Every committed record that the topics hold now, each partition in order; ends by itself. With `since`, those whose
   * own time (milliseconds UTC) is not before it, and perhaps a few that are.
   */
  readAll<In extends TopicName>(topics: readonly In[], since?: number): AsyncIterable<LaneRecord<In>>
  stop(): Promise<void>
}

/** Rejects with KAFKA_AWAY when no broker answers. */
export async function connect(options: ConnectOptions): Promise<Connection> {
  const { brokers, registryUrl, clientId = `holdpoint-${randomUUID().slice(0, 8)}` } = options
  const access = { brokers, clientId, log: options.log ?? pino({ level: 'silent' }) }
  await requireKafka(access)
  const codec = createCodec({ registryUrl })
  const offsets = new LaneOffsets(access)
  const stops: (() => Promise<void>)[] = [() => offsets.stop()]
  const fail = options.onFailure ?? endProcess
  const parts = { access, codec, offsets, fail }
  return {
    codec,
    async publisher() {
      const publisher = new KafkaPublisher(access, codec)
      stops.push(() => publisher.stop())
      return publisher
    },
    async follow(follow) {
      await requireTopics(offsets, access, { service: clientId, inputs: follow.topics })
      const running = new Follower(parts, follow as unknown as FollowOptions<TopicName>)
      stops.push(() => running.stop())
      await running.start()
      return running
    },
    readAll: <In extends TopicName>(topics: readonly In[], since?: number) =>
      readAll(parts, topics, since) as AsyncIterable<LaneRecord<In>>,
    async stop() {
      for (const stop of stops.toReversed()) await stop()
    },
  }
}

function endProcess(error: unknown): void {
  process.nextTick(() => {
    throw error
  })
}

async function requireKafka(access: {
  brokers: readonly string[]
  clientId: string
  log: Logger
}): Promise<void> {
  const admin = newKafka(access, { retries: 1, initialRetryTime: 100 }).admin()
  try {
    await admin.connect()
  } catch (cause) {
    const message = `Kafka cannot be reached at ${access.brokers.join(', ')}. Is it running?`
    throw new ChassisError('KAFKA_AWAY', message, { cause, canRetry: true })
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}
