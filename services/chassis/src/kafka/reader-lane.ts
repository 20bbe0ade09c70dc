import type { TopicName } from '@holdpoint/schemas'
import type { EachBatchPayload } from 'kafkajs'
import type { LaneInput } from '../lane/handle-batch.ts'
import type { LaneCodec } from '../lane/lane-codec.ts'
import { resolveSchemas } from '../lane/resolve-schemas.ts'
import type { LaneReader, PartitionLog, WaitingLane } from '../port.ts'
import { backOffMs, pauseFor } from './back-off.ts'
import { CaughtUp } from './caught-up.ts'
import type { KafkaAccess } from './kafka-access.ts'
import type { ConsumedLane, LaneControl } from './lane-control.ts'
import type { LaneOffsets } from './lane-offsets.ts'
import { boundsIn, recordsLost } from './lane-offsets.ts'
import { InputQueue } from './lane-queue.ts'

export interface ReaderParts {
  reader: LaneReader<TopicName>
  codec: LaneCodec
  access: KafkaAccess
  offsets: LaneOffsets
}

/** One call of `onBatch` gets at most this many records. */
const maxCallRecords = 1_000

/** A lane whose reader keeps the positions: opened, read, and opened again whenever the reader's store says so. */
export class ReaderLane implements ConsumedLane {
  readonly #parts: ReaderParts
  readonly #partition: number
  readonly #control: LaneControl
  readonly #closing = new AbortController()
  readonly #queues = new Map<string, InputQueue>()
  #caughtUp = new CaughtUp(() => undefined)
  #reopenWanted = false
  #waiting: WaitingLane | undefined
  #wake: (() => void) | undefined
  #work: Promise<void>

  constructor(parts: ReaderParts, partition: number, control: LaneControl) {
    this.#parts = parts
    this.#partition = partition
    this.#control = control
    this.#work = this.#live()
  }

  get ready(): boolean {
    return this.#queues.size > 0
  }

  /** What stopped the lane, until it has taken records again or has caught up. */
  get waiting(): WaitingLane | undefined {
    return this.#waiting
  }

  take({ batch, isStale, resolveOffset }: EachBatchPayload): void {
    const queue = this.#queues.get(batch.topic)
    if (!queue || isStale()) return
    const from = queue.fetchFrom
    if (queue.add(batch) === 'refetch') {
      this.#control.resume(batch.topic, from)
      return
    }
    resolveOffset(batch.lastOffset())
    if (queue.full) this.#control.pause([batch.topic])
    this.#wake?.()
  }

  passedOver(topic: string, lastOffset: number): void {
    const queue = this.#queues.get(topic)
    if (!queue) return
    const from = queue.fetchFrom
    if (queue.passOver(lastOffset) === 'refetch') this.#control.resume(topic, from)
    else this.#wake?.()
  }

  rejoined(): void {
    if (this.#queues.size === 0) this.#control.pause(this.#parts.reader.inputs)
    for (const queue of this.#queues.values()) {
      if (queue.full) this.#control.pause([queue.topic])
      else this.#control.resume(queue.topic, queue.fetchFrom)
    }
  }

  /** The reader's store lost its place: it is asked anew from where to read. */
  reopen(): void {
    this.#reopenWanted = true
    this.#wake?.()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#wake?.()
    await this.#work
  }

  get #isClosing(): boolean {
    return this.#closing.signal.aborted
  }

  async #live(): Promise<void> {
    let failures = 0
    while (!this.#isClosing) {
      try {
        await this.#open()
        failures = 0
        await this.#handleAll()
      } catch (error) {
        this.#parts.access.log.warn(
          { err: error, partition: this.#partition },
          'lane is opened anew after an error',
        )
        this.#wait(error)
        await pauseFor(backOffMs(failures++), this.#closing.signal)
      } finally {
        this.#queues.clear()
        this.#control.pause(this.#parts.reader.inputs)
      }
    }
    await this.#parts.reader.close(this.#partition)
  }

  #wait(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error)
    this.#waiting = { lane: this.#partition, why, since: this.#waiting?.since ?? Date.now() }
  }

  async #open(): Promise<void> {
    this.#reopenWanted = false
    const { reader, codec } = this.#parts
    const logs = await this.#logs()
    const positions = await reader.open(
      this.#partition,
      Object.fromEntries(logs) as Record<TopicName, PartitionLog>,
    )
    if (this.#isClosing) return
    this.#caughtUp = new CaughtUp(() => {
      this.#waiting = undefined
      reader.onCaughtUp?.(this.#partition)
    })
    for (const [topic, log] of logs) {
      const position = positions[topic as TopicName]
      if (position > log.end) throw recordsLost(reader.service, `${topic}-${this.#partition}`, position, log)
      const from = Math.max(position, log.begin)
      this.#queues.set(topic, new InputQueue(topic, this.#partition, from, codec))
      this.#control.resume(topic, from)
    }
    this.#caughtUp.start(
      [...logs].map(([of, { end }]) => ({ of, end, from: this.#queues.get(of)?.fetchFrom ?? 0 })),
    )
  }

  async #logs(): Promise<Map<string, PartitionLog>> {
    const { reader, offsets } = this.#parts
    const clusterId = await offsets.clusterId()
    const logs = new Map<string, PartitionLog>()
    for (const topic of reader.inputs) {
      const bounds = boundsIn(await offsets.bounds(topic), topic, this.#partition)
      logs.set(topic, { clusterId, ...bounds })
    }
    return logs
  }

  async #handleAll(): Promise<void> {
    while (!this.#isClosing && !this.#reopenWanted) {
      let handled = 0
      for (const queue of this.#queues.values()) handled += await this.#handle(queue)
      if (handled > 0 || this.#isClosing || this.#reopenWanted) continue
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  async #handle(queue: InputQueue): Promise<number> {
    const records: LaneInput[] = queue.records.slice(0, maxCallRecords)
    if (records.length > 0) {
      await resolveSchemas(records, this.#parts.codec)
      await this.#parts.reader.onBatch(this.#partition, queue.topic as TopicName, records)
      queue.drop(records.length, (records.at(-1)?.offset ?? 0) + 1)
      this.#waiting = undefined
      if (queue.full && queue.isDrained && !this.#isClosing) {
        queue.full = false
        this.#control.resume(queue.topic, queue.fetchFrom)
      }
    }
    if (queue.records.length === 0) this.#caughtUp.reach(queue.topic, queue.fetchFrom)
    return records.length
  }
}
