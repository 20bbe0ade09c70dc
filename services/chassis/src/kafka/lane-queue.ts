import { type TopicName, Undecodable } from '@holdpoint/schemas'
import type { LaneInput } from '../lane/handle-batch.ts'
import { interleave } from '../lane/interleave.ts'
import type { LaneCodec } from '../lane/lane-codec.ts'
import { laneRecord } from '../lane/received.ts'
import type { FetchedMessage } from './batches/records.ts'
import type { FetchedPart } from './brokers.ts'

/** Fetching of a topic stops above this and goes on below half of it. */
const maxQueuedRecords = 4_000
const maxQueuedBytes = 4_000_000

/** A batch takes at most this much, so that no record waits long for those before it. */
const maxBatchRecords = 1_000
const maxBatchBytes = 2_000_000

/** Records of one input of a lane that were fetched and not yet handled. */
export class InputQueue {
  readonly topic: string
  readonly partition: number
  readonly #codec: LaneCodec
  #records: LaneInput[] = []
  #bytes = 0
  /** Everything before it is handled. */
  #position: number
  /** Everything before it was fetched. */
  #next: number
  #end = 0

  constructor(topic: string, partition: number, position: number, codec: LaneCodec) {
    this.topic = topic
    this.partition = partition
    this.#position = position
    this.#next = position
    this.#codec = codec
  }

  get records(): readonly LaneInput[] {
    return this.#records
  }

  /** Next offset that is not handled. */
  get position(): number {
    return this.#position
  }

  /** Next offset to fetch. */
  get fetchFrom(): number {
    return this.#next
  }

  /** Records that wait in Kafka and here. */
  get lag(): number {
    return Math.max(this.#end - this.#position, 0)
  }

  /** No more should be fetched for now. */
  get isFull(): boolean {
    return this.#records.length > maxQueuedRecords || this.#bytes > maxQueuedBytes
  }

  get isDrained(): boolean {
    return this.#records.length <= maxQueuedRecords / 2 && this.#bytes <= maxQueuedBytes / 2
  }

  add({ messages, next, end }: FetchedPart): void {
    for (const message of messages) this.#addRecord(message)
    this.#next = next
    this.#end = end
  }

  #addRecord({ offset, timestamp, key, value, unreadable }: FetchedMessage): void {
    const { partition } = this
    const topic = this.topic as TopicName
    const raw = { topic, partition, offset: Number(offset), timestamp: Number(timestamp), key, value }
    const record = laneRecord(raw, this.#codec)
    if (unreadable) record.refuse(new Undecodable('UNREADABLE_BATCH', unreadable))
    this.#records.push(record)
    this.#bytes += value?.length ?? 0
  }

  /** Next offset to read once so many of its records are dealt with; behind control records when that is all of them. */
  positionAfter(handled: number): number {
    if (handled === this.#records.length) return this.#next
    const last = this.#records[handled - 1]
    return last ? last.offset + 1 : this.#position
  }

  drop(handled: number, position: number): void {
    for (const record of this.#records.slice(0, handled)) this.#bytes -= record.valueBytes?.length ?? 0
    this.#records = this.#records.slice(handled)
    this.#position = position
  }
}

/** The next records of a lane: its inputs in turn, each in its order, as many as one batch takes. */
export function nextBatch(queues: Iterable<InputQueue>, most = maxBatchRecords): LaneInput[] {
  const waiting = [...queues].map((queue) => queue.records.slice(0, most))
  const joined = interleave(waiting).slice(0, most)
  let bytes = 0
  const end = joined.findIndex((record) => {
    bytes += record.valueBytes?.length ?? 0
    return bytes > maxBatchBytes
  })
  return end > 0 ? joined.slice(0, end) : end === 0 ? joined.slice(0, 1) : joined
}
