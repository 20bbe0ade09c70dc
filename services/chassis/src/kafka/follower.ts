import type { TopicName } from '@holdpoint/schemas'
import { ChassisError } from '../errors.ts'
import type { LaneInput } from '../lane/handle-batch.ts'
import type { LaneCodec } from '../lane/lane-codec.ts'
import { resolveSchemas } from '../lane/resolve-schemas.ts'
import type { FollowOptions, Running, WaitingLane } from '../port.ts'
import { backOffMs, pauseFor } from './back-off.ts'
import { type FetchedPart, nameOf } from './brokers.ts'
import { CaughtUp } from './caught-up.ts'
import { Fetcher } from './fetcher.ts'
import type { KafkaAccess } from './kafka-access.ts'
import { type LaneOffsets, recordsLost } from './lane-offsets.ts'
import { InputQueue } from './lane-queue.ts'
import { waitsFor } from './lane-waits.ts'

export interface FollowerParts {
  access: KafkaAccess
  codec: LaneCodec
  offsets: LaneOffsets
  /** Nothing can go on: the process has to end. */
  fail(error: unknown): void
}

/** One call of `onBatch` gets at most this many records. */
const maxCallRecords = 1_000

/** The broker answers a fetch within a few seconds, also when there is nothing new. */
const silentAfterMs = 5_000

/** Reads whole topics, each partition from where the caller says; no group knows of it. */
export class Follower implements Running {
  readonly #parts: FollowerParts
  readonly #options: FollowOptions<TopicName>
  readonly #stopping = new AbortController()
  readonly #queues = new Map<string, InputQueue>()
  readonly #caughtUp: CaughtUp
  #fetcher: Fetcher | undefined
  /** Positions are to be asked for anew. */
  #isLost = false
  /** When the broker last answered a fetch, on a steady clock. */
  #answeredAt = Number.NEGATIVE_INFINITY
  /** The partition whose records are refused by the caller, again and again. */
  #waiting: WaitingLane | undefined
  #wake: (() => void) | undefined
  #work: Promise<void> = Promise.resolve()

  constructor(parts: FollowerParts, options: FollowOptions<TopicName>) {
    this.#parts = parts
    this.#options = options
    this.#caughtUp = new CaughtUp(() => options.onCaughtUp?.())
  }

  ready(): boolean {
    return this.#caughtUp.isReached
  }

  waiting(): readonly WaitingLane[] {
    return this.#waiting ? [this.#waiting] : []
  }

  /** Whether what the topics hold arrives here: the broker answers, and nothing that it gave waits to be taken. */
  isUpToDate(): boolean {
    const waits = [...this.#queues.values()].some((queue) => queue.records.length > 0)
    return !waits && performance.now() - this.#answeredAt < silentAfterMs
  }

  async start(): Promise<void> {
    this.#work = this.#live()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#fetcher?.stop()
    this.#wake?.()
    await this.#work
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted
  }

  async #live(): Promise<void> {
    while (!this.#isStopping) {
      if (await this.#begin()) await this.#handleAll()
      this.#fetcher?.stop()
      this.#queues.clear()
    }
  }

  /** Nothing is read before the caller has said from where. False when it was stopped, or can never begin. */
  async #begin(): Promise<boolean> {
    for (let failures = 0; !this.#isStopping; failures++) {
      try {
        this.#read(await this.#positions())
        return true
      } catch (error) {
        if (error instanceof ChassisError && !error.canRetry) {
          this.#stopping.abort()
          this.#parts.fail(error)
          return false
        }
        this.#parts.access.log.warn(
          { err: error },
          'positions to follow from are not known yet; trying again',
        )
        await pauseFor(backOffMs(failures), this.#stopping.signal)
      }
    }
    return false
  }

  async #positions() {
    const { offsets, access } = this.#parts
    const topics = await Promise.all(
      this.#options.topics.map(async (topic) => ({ topic, bounds: await offsets.bounds(topic) })),
    )
    const partitions = topics.flatMap(({ topic, bounds }) =>
      Array.from(bounds, ([partition, each]) => ({ topic, partition, ...each })),
    )
    return Promise.all(
      partitions.map(async ({ topic, partition, begin, end }) => {
        const from = await this.#options.from(topic, partition)
        const wanted = from === 'end' ? end : from
        if (wanted > end) throw recordsLost(access.clientId, `${topic}-${partition}`, wanted, { begin, end })
        return { topic, partition, from: Math.max(wanted, begin), end }
      }),
    )
  }

  #read(positions: readonly { topic: string; partition: number; from: number; end: number }[]): void {
    if (this.#isStopping) return
    this.#isLost = false
    const fetcher = new Fetcher({
      access: this.#parts.access,
      topics: this.#options.topics,
      answered: () => {
        this.#answeredAt = performance.now()
      },
    })
    const reader = { take: (part: FetchedPart) => this.#take(part), lost: () => this.#lose() }
    this.#fetcher = fetcher
    for (const { topic, partition, from } of positions) {
      const queue = new InputQueue(topic, partition, from, this.#parts.codec)
      this.#queues.set(nameOf(queue), queue)
      fetcher.want(queue, from, reader)
    }
    this.#caughtUp.start(positions.map((place) => ({ of: nameOf(place), from: place.from, end: place.end })))
  }

  #lose(): void {
    this.#isLost = true
    this.#wake?.()
  }

  #take(part: FetchedPart): void {
    const queue = this.#queues.get(nameOf(part))
    if (!queue) return
    queue.add(part)
    if (queue.isFull) this.#fetcher?.pause(queue)
    this.#wake?.()
  }

  async #handleAll(): Promise<void> {
    while (!this.#isStopping && !this.#isLost) {
      let handled = 0
      for (const [name, queue] of this.#queues) {
        if (queue.records.length > 0) handled += await this.#handle(queue)
        if (queue.records.length === 0) this.#caughtUp.reach(name, queue.fetchFrom)
      }
      if (handled > 0 || this.#isStopping || this.#isLost) continue
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Gives the number of records that were handed over; 0 when following was stopped. */
  async #handle(queue: InputQueue): Promise<number> {
    const records = queue.records.slice(0, maxCallRecords)
    for (let failures = 0; !this.#isStopping; failures++) {
      try {
        await resolveSchemas(records, this.#parts.codec)
        await this.#options.onBatch(queue.topic as TopicName, queue.partition, records)
        return this.#handed(queue, records)
      } catch (error) {
        const { topic, partition } = queue
        this.#wait(queue, error)
        this.#parts.access.log.warn(
          { err: error, topic, partition },
          'records could not be taken; trying again',
        )
        await pauseFor(backOffMs(failures), this.#stopping.signal)
      }
    }
    return 0
  }

  #wait({ topic, partition }: InputQueue, error: unknown): void {
    const why = `Records of ${topic} could not be taken: ${error instanceof Error ? error.message : error}`
    this.#waiting = waitsFor(partition, why, this.#waiting)
  }

  #handed(queue: InputQueue, records: readonly LaneInput[]): number {
    this.#waiting = undefined
    queue.drop(records.length, queue.positionAfter(records.length))
    if (queue.isDrained) this.#fetcher?.resume(queue)
    return records.length
  }
}
