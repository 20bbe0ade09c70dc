import { Undecodable } from '@holdpoint/schemas'
import type { Batch } from 'kafkajs'
import type { LaneInput } from '../lane/handle-batch.ts'
import { interleave } from '../lane/interleave.ts'
import type { LaneCodec } from '../lane/lane-codec.ts'
import { laneRecord } from '../lane/received.ts'
import { type FetchedMessage, messagesOf } from './batches/records.ts'
import { Continuity } from './continuity.ts'

/** Fetching of a topic stops above this and goes on below half of it. */
const maxQueuedRecords = 4_000
const maxQueuedBytes = 4_000_000

/** A transaction takes at most this much: the producer groups records with copies that grow with their square. */
const maxBatchRecords = 1_000
const maxBatchBytes = 2_000_000

/** Records of one input of a lane that were fetched and not yet handled. */
export class InputQueue {
  readonly topic: string
  readonly partition: number
  readonly #codec: LaneCodec
  readonly #reading: Continuity
  #records: LaneInput[] = []
  #bytes = 0
  #position: number
  #end = 0
  full = false

  constructor(topic: string, partition: number, position: number, codec: LaneCodec) {
    this.topic = topic
    this.partition = partition
    this.#position = position
    this.#codec = codec
    this.#reading = new Continuity(position)
  }

  get records(): readonly LaneInput[] {
    return this.#records
  }

  /** Next offset to fetch. */
  get fetchFrom(): number {
    return this.#reading.next
  }

  /** Records that wait in Kafka and here. */
  get lag(): number {
    return Math.max(this.#end - this.#position, 0)
  }

  get isDrained(): boolean {
    return this.#records.length <= maxQueuedRecords / 2 && this.#bytes <= maxQueuedBytes / 2
  }

  /** Takes a fetched batch; `refetch` when it does not go on from the one before. */
  add(batch: Batch): 'taken' | 'refetch' {
    const from = this.#reading.next
    if (this.#reading.judge(batch) === 'refetch') return 'refetch'
    this.#end = Number(batch.highWatermark)
    for (const message of messagesOf(batch)) if (Number(message.offset) >= from) this.#addRecord(message)
    this.full = this.#records.length > maxQueuedRecords || this.#bytes > maxQueuedBytes
    return 'taken'
  }

  #addRecord({ offset, timestamp, key, value, unreadable }: FetchedMessage): void {
    const { topic, partition } = this
    const raw = { topic, partition, offset: Number(offset), timestamp: Number(timestamp), key, value }
    const record = laneRecord(raw as Parameters<typeof laneRecord>[0], this.#codec)
    if (unreadable) record.refuse(new Undecodable('UNREADABLE_BATCH', unreadable))
    this.#records.push(record)
    this.#bytes += value?.length ?? 0
  }

  /** A batch up to `lastOffset` held only control or aborted records; `refetch` when that is to be seen once more. */
  passOver(lastOffset: number): 'taken' | 'refetch' {
    return this.#reading.passOver(lastOffset) === 'refetch' ? 'refetch' : 'taken'
  }

  /** Next offset to read once so many of its records are dealt with; behind control records when that is all of them. */
  positionAfter(handled: number): number {
    if (handled === this.#records.length) return this.#reading.next
    const last = this.#records[handled - 1]
    return last ? last.offset + 1 : this.#position
  }

  drop(handled: number, position: number): void {
    for (const record of this.#records.slice(0, handled)) this.#bytes -= record.valueBytes?.length ?? 0
    this.#records = this.#records.slice(handled)
    this.#position = position
  }
}

/** The next records of a lane: its inputs in turn, each in its order, as many as one transaction takes. */
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
