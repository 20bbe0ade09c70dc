import { Partitioners, type Producer, type RecordMetadata, type TopicMessages } from 'kafkajs'
import type { EncodedRecord } from '../lane/outgoing.ts'
import { sizeOf } from '../lane/outgoing.ts'
import { type KafkaAccess, newKafka, producerRetry } from './kafka-access.ts'

/** Key of the records up to which a lane restores its state; no key of a lane begins with a zero byte. */
export const barrierKey = '\0barrier'

/** A topic's records of one request become one record batch, which the broker takes up to 1 MB. */
const maxRequestBytes = 900_000

export interface CommittedOffset {
  topic: string
  partition: number
  /** Next offset to read. */
  offset: number
}

/**
 * The transactional producer of one lane. After any error the outcome of its transaction is unknown: close it and
 * open another one, whose `fence` settles what was left.
 */
export class LaneProducer {
  readonly #producer: Producer
  readonly #partition: number

  private constructor(producer: Producer, partition: number) {
    this.#producer = producer
    this.#partition = partition
  }

  static async open(access: KafkaAccess, service: string, partition: number): Promise<LaneProducer> {
    const producer = newKafka(access, producerRetry).producer({
      transactionalId: `${service}-${partition}`,
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: producerRetry,
    })
    await producer.connect()
    return new LaneProducer(producer, partition)
  }

  /** Shuts out an earlier producer of this lane and settles the transaction that it left open. */
  async fence(): Promise<void> {
    const transaction = await this.#producer.transaction()
    await transaction.commit()
  }

  /** Fences, and writes a record to the state topic: what comes before its offset is all the state there is. */
  async barrier(stateTopic: string): Promise<number> {
    const transaction = await this.#producer.transaction()
    const record = { key: barrierKey, value: null, partition: this.#partition }
    const answer = await transaction.sendBatch({
      acks: -1,
      topicMessages: [{ topic: stateTopic, messages: [record] }],
    })
    const [barrier] = requireCovered(answer, [stateTopic], this.#partition)
    await transaction.commit()
    return Number(barrier?.baseOffset)
  }

  /** Publishes the records and commits the offsets of the group, where there are some: both or neither. */
  async commit(
    records: readonly EncodedRecord[],
    group: string,
    offsets: readonly CommittedOffset[],
  ): Promise<void> {
    const transaction = await this.#producer.transaction()
    for (const request of requestsOf(records, this.#partition)) {
      const topics = request.map(({ topic }) => topic)
      const answer = await transaction.sendBatch({ acks: -1, topicMessages: request })
      requireCovered(answer, topics, this.#partition)
    }
    const topics = offsets.map(({ topic, partition, offset }) => ({
      topic,
      partitions: [{ partition, offset: String(offset) }],
    }))
    if (topics.length > 0) await transaction.sendOffsets({ consumerGroupId: group, topics })
    await transaction.commit()
  }

  async close(): Promise<void> {
    await this.#producer.disconnect().catch(() => undefined)
  }
}

/** Records by topic, split so that no topic has more than a record batch in one request; the order of a topic stays. */
function requestsOf(records: readonly EncodedRecord[], partition: number): TopicMessages[][] {
  const requests: Map<string, TopicMessages>[] = []
  const filled = new Map<string, { request: number; bytes: number }>()
  for (const record of records) {
    const at = filled.get(record.topic) ?? { request: 0, bytes: 0 }
    const size = sizeOf(record) + 32
    if (at.bytes > 0 && at.bytes + size > maxRequestBytes) {
      at.request++
      at.bytes = 0
    }
    at.bytes += size
    filled.set(record.topic, at)
    const request = requests[at.request] ?? new Map<string, TopicMessages>()
    requests[at.request] = request
    const topic = request.get(record.topic) ?? { topic: record.topic, messages: [] }
    request.set(record.topic, topic)
    topic.messages.push({ key: record.key, value: record.value, partition })
  }
  return requests.map((request) => [...request.values()].map((topic) => grouped(topic, partition)))
}

/** The client would group the messages by partition with `reduce`, copying all before for each; they are of one. */
function grouped({ topic, messages }: TopicMessages, partition: number): TopicMessages {
  return { topic, messages: Object.assign(messages, { reduce: () => ({ [partition]: messages }) }) }
}

/** A send may resolve although a leader refused its part: every topic must be in the answer, without an error. */
export function requireCovered(
  answer: readonly RecordMetadata[],
  topics: readonly string[],
  partition: number,
): RecordMetadata[] {
  return topics.map((topic) => {
    const part = answer.find((each) => each.topicName === topic && each.partition === partition)
    if (part?.errorCode === 0) return part
    throw new Error(`The broker acknowledged nothing for ${topic}-${partition} (error ${part?.errorCode}).`)
  })
}
