import type { Messages, TopicName } from '@holdpoint/schemas'
import { Partitioners, type Producer, type RecordMetadata } from 'kafkajs'
import { ChassisError } from '../errors.ts'
import type { LaneCodec } from '../lane/lane-codec.ts'
import { maxRecordBatchBytes, maxRecordBytes, sizeInBatch } from '../lane/outgoing.ts'
import type { Publisher } from '../port.ts'
import { type KafkaAccess, newKafka, producerRetry } from './kafka-access.ts'

export interface PublisherCodec extends LaneCodec {
  register(topics: readonly TopicName[]): Promise<void>
}

interface Pending {
  topic: TopicName
  key: Buffer | null
  value: Buffer | null
  partition: number | undefined
  call: Call
}

interface Call {
  left: number
  failed: boolean
  resolve(): void
  reject(error: unknown): void
}

/** One request takes at most this much; the client groups records with copies that grow with their square. */
const maxRequestRecords = 1_000

/**
 * One request at a time, so that no acknowledgement that gets lost can lose or reorder records; calls that wait
 * meanwhile go out together in the next one. A failed request is not repeated: whether its records are there is
 * unknown, and only the caller knows whether they may be there twice.
 */
export class KafkaPublisher implements Publisher {
  readonly #access: KafkaAccess
  readonly #codec: PublisherCodec
  readonly #registered = new Map<TopicName, Promise<void>>()
  /** Partitions that the request under way goes to. */
  readonly #sentTo = new Set<string>()
  #waiting: Pending[] = []
  #producer: Producer | undefined
  #working: Promise<void> | undefined
  #stopped = false

  constructor(access: KafkaAccess, codec: PublisherCodec) {
    this.#access = access
    this.#codec = codec
  }

  async send<T extends TopicName>(
    topic: T,
    records: readonly { key: string; value: Messages[T] | null; partition?: number }[],
  ): Promise<void> {
    await this.#register(topic)
    const encoded = records.map(({ key, value, partition }) => ({
      key: Buffer.from(key),
      value: value === null ? null : this.#codec.encode(topic, value),
      ...(partition === undefined ? {} : { partition }),
    }))
    return this.sendBytes(topic, encoded)
  }

  sendBytes(
    topic: TopicName,
    records: readonly { key: Buffer | null; value: Buffer | null; partition?: number }[],
  ): Promise<void> {
    if (this.#stopped) return Promise.reject(new ChassisError('STOPPED', 'The publisher has been stopped.'))
    const tooLarge = records.find(({ value }) => value && value.length > maxRecordBytes)
    if (tooLarge) return Promise.reject(new ChassisError('TOO_LARGE', tooLargeMessage(topic, tooLarge.value)))
    if (records.length === 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const call = { left: records.length, failed: false, resolve, reject }
      // Without a key the client would choose another partition at each try.
      for (const { key, value, partition = key === null ? 0 : undefined } of records)
        this.#waiting.push({ topic, key, value, partition, call })
      this.#working ??= this.#work()
    })
  }

  /** Sends what waits, then ends. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#working
    await this.#producer?.disconnect().catch(() => undefined)
  }

  async #register(topic: TopicName): Promise<void> {
    let registered = this.#registered.get(topic)
    if (!registered) {
      registered = this.#codec.register([topic])
      this.#registered.set(topic, registered)
      registered.catch(() => this.#registered.delete(topic))
    }
    await registered
  }

  async #work(): Promise<void> {
    // Calls of the same turn go out together.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const request = this.#next()
      try {
        await this.#request(request)
        for (const { call } of request) if (--call.left === 0) call.resolve()
      } catch (error) {
        this.#fail(request, error)
      }
    }
    this.#working = undefined
  }

  #next(): Pending[] {
    let bytes = 0
    let end = 0
    for (const record of this.#waiting) {
      bytes += sizeInBatch(record)
      if (end > 0 && (bytes > maxRecordBatchBytes || end === maxRequestRecords)) break
      end++
    }
    const request = this.#waiting.slice(0, end)
    this.#waiting = this.#waiting.slice(end)
    return request
  }

  async #request(records: readonly Pending[]): Promise<void> {
    const producer = await this.#connected()
    const topics = new Map<string, { topic: string; messages: Omit<Pending, 'topic' | 'call'>[] }>()
    for (const { topic, key, value, partition } of records) {
      const entry = topics.get(topic) ?? { topic, messages: [] }
      topics.set(topic, entry)
      entry.messages.push({ key, value, partition })
    }
    this.#sentTo.clear()
    try {
      requireAll(
        this.#sentTo,
        await producer.sendBatch({ acks: -1, topicMessages: [...topics.values()] as never }),
      )
    } catch (cause) {
      throw new ChassisError(
        'PUBLISH_UNKNOWN',
        `Kafka did not confirm the records for ${[...topics.keys()].join(', ')}; they may be there or not. ` +
          'Send them again with the same ids.',
        { cause, canRetry: true },
      )
    }
  }

  async #connected(): Promise<Producer> {
    if (this.#producer) return this.#producer
    const producer = newKafka(this.#access, { ...producerRetry, initialRetryTime: 50, retries: 2 }).producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: () => this.#partitioner(),
      retry: producerRetry,
    })
    try {
      await producer.connect()
    } catch (cause) {
      await producer.disconnect().catch(() => undefined)
      throw new ChassisError(
        'KAFKA_AWAY',
        `Kafka cannot be reached at ${this.#access.brokers.join(', ')}; nothing was published.`,
        { cause, canRetry: true },
      )
    }
    this.#producer = producer
    return producer
  }

  #partitioner(): ReturnType<typeof Partitioners.DefaultPartitioner> {
    const choose = Partitioners.DefaultPartitioner()
    return (args) => {
      const partition = choose(args)
      this.#sentTo.add(`${args.topic}-${partition}`)
      return partition
    }
  }

  /** Calls of a failed request fail as a whole; the rest of their records is not sent, so that none gets ahead. */
  #fail(request: readonly Pending[], error: unknown): void {
    const producer = this.#producer
    this.#producer = undefined
    producer?.disconnect().catch(() => undefined)
    for (const { call } of request) {
      if (!call.failed) call.reject(error)
      call.failed = true
    }
    this.#waiting = this.#waiting.filter(({ call }) => !call.failed)
  }
}

/** A send may resolve although a leader refused its part: every partition must be in the answer, without an error. */
function requireAll(partitions: ReadonlySet<string>, answer: readonly RecordMetadata[]): void {
  const taken = new Set(
    answer
      .filter(({ errorCode }) => errorCode === 0)
      .map(({ topicName, partition }) => `${topicName}-${partition}`),
  )
  const refused = [...partitions].filter((partition) => !taken.has(partition))
  if (refused.length > 0) throw new Error(`The broker acknowledged nothing for ${refused.join(', ')}.`)
}

function tooLargeMessage(topic: string, value: Buffer | null): string {
  return `A record for ${topic} has ${value?.length} bytes; at most ${maxRecordBytes} can be published.`
}
