import type { TopicName } from '@holdpoint/schemas'
import type { LaneInput } from '../lane/handle-batch.ts'
import type { LaneCodec } from '../lane/lane-codec.ts'
import { resolveSchemas } from '../lane/resolve-schemas.ts'
import type { LaneReader, PartitionLog, WaitingLane } from '../port.ts'
import { backOffMs, pauseFor } from './back-off.ts'
import type { FetchedPart } from './brokers.ts'
import { CaughtUp } from './caught-up.ts'
import type { Fetcher } from './fetcher.ts'
import type { KafkaAccess } from './kafka-access.ts'
import type { GivenLane } from './lane-control.ts'
import type { LaneOffsets } from './lane-offsets.ts'
import { boundsIn, recordsLost } from './lane-offsets.ts'
import { InputQueue } from './lane-queue.ts'
import { waitsFor } from './lane-waits.ts'

export interface ReaderParts {
  reader: LaneReader<TopicName>
  codec: LaneCodec
  access: KafkaAccess
  offsets: LaneOffsets
  /** By which all lanes of the process read. */
  fetcher: Fetcher
}

/** One call of `onBatch` gets at most this many records. */
const maxCallRecords = 1_000

/** A lane whose reader keeps the positions: opened, read, and opened again whenever the reader's store says so. */
export class ReaderLane implements GivenLane {
  readonly #parts: ReaderParts
  readonly #partition: number
  readonly #closing = new AbortController()
  readonly #queues = new Map<string, InputQueue>()
  readonly #partReader = { take: (part: FetchedPart) => this.#take(part), lost: () => this.reopen() }
  #caughtUp = new CaughtUp(() => undefined)
  #reopenWanted = false
  #waiting: WaitingLane | undefined
  #wake: (() => void) | undefined
  #work: Promise<void>

  constructor(parts: ReaderParts, partition: number) {
    this.#parts = parts
    this.#partition = partition
    this.#work = this.#live()
  }

  get ready(): boolean {
    return this.#queues.size > 0
  }

  /** What stopped the lane, until it has taken records again or has caught up. */
  get waiting(): WaitingLane | undefined {
    return this.#waiting
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
        this.#waiting = waitsFor(this.#partition, error, this.#waiting)
        await pauseFor(backOffMs(failures++), this.#closing.signal)
      } finally {
        for (const queue of this.#queues.values()) this.#parts.fetcher.leave(queue, this.#partReader)
        this.#queues.clear()
      }
    }
    await this.#parts.reader.close(this.#partition)
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
      const queue = new InputQueue(topic, this.#partition, Math.max(position, log.begin), codec)
      this.#queues.set(topic, queue)
      this.#parts.fetcher.want(queue, queue.fetchFrom, this.#partReader)
    }
    this.#caughtUp.start(
      [...logs].map(([of, { end }]) => ({ of, end, from: this.#queues.get(of)?.fetchFrom ?? 0 })),
    )
  }

  #take(part: FetchedPart): void {
    const queue = this.#queues.get(part.topic)
    if (!queue) return
    queue.add(part)
    if (queue.isFull) this.#parts.fetcher.pause(queue)
    this.#wake?.()
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
      if (queue.isDrained) this.#parts.fetcher.resume(queue)
    }
    if (queue.records.length === 0) this.#caughtUp.reach(queue.topic, queue.fetchFrom)
    return records.length
  }
}
