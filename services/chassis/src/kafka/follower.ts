import { randomUUID } from 'node:crypto'
import type { TopicName } from '@holdpoint/schemas'
import type { Consumer, ConsumerGroupJoinEvent, EachBatchPayload, InstrumentationEvent } from 'kafkajs'
import { ChassisError } from '../errors.ts'
import type { LaneInput } from '../lane/handle-batch.ts'
import type { LaneCodec } from '../lane/lane-codec.ts'
import { resolveSchemas } from '../lane/resolve-schemas.ts'
import type { FollowOptions, Running, WaitingLane } from '../port.ts'
import { backOffMs, pauseFor } from './back-off.ts'
import { CaughtUp } from './caught-up.ts'
import { consumerRetry, type KafkaAccess, newKafka } from './kafka-access.ts'
import { boundsIn, type LaneOffsets, recordsLost } from './lane-offsets.ts'
import { InputQueue } from './lane-queue.ts'
import { deleteGroup } from './state-restorer.ts'

export interface FollowerParts {
  access: KafkaAccess
  codec: LaneCodec
  offsets: LaneOffsets
  /** Nothing can go on: the process has to end. */
  fail(error: unknown): void
}

/** One call of `onBatch` gets at most this many records. */
const maxCallRecords = 1_000

/** The broker answers a fetch within moments, also when there is nothing new. */
const silentAfterMs = 5_000

/**
 * Reads whole topics in a group of its own, from where the caller says. The group is only the client's way of being
 * given all partitions; nothing is committed to it, and it is deleted at the end.
 */
export class Follower implements Running {
  readonly #parts: FollowerParts
  readonly #options: FollowOptions<TopicName>
  readonly #group: string
  readonly #consumer: Consumer
  readonly #stopping = new AbortController()
  readonly #queues = new Map<string, InputQueue>()
  readonly #caughtUp: CaughtUp
  #joins = 0
  /** When the broker last answered a fetch, on a steady clock. */
  #answeredAt = Number.NEGATIVE_INFINITY
  /** The partition whose records are refused by the caller, again and again. */
  #waiting: WaitingLane | undefined
  #wake: (() => void) | undefined
  #work: Promise<void> = Promise.resolve()
  /** The call of `onBatch` under way; the caller's positions are settled only after it. */
  #handling: Promise<unknown> = Promise.resolve()

  constructor(parts: FollowerParts, options: FollowOptions<TopicName>) {
    this.#parts = parts
    this.#options = options
    this.#group = `${parts.access.clientId}-follow-${randomUUID()}`
    this.#caughtUp = new CaughtUp(() => options.onCaughtUp?.())
    this.#consumer = newKafka(parts.access).consumer({
      groupId: this.#group,
      allowAutoTopicCreation: false,
      sessionTimeout: 6_000,
      heartbeatInterval: 1_000,
      maxWaitTimeInMs: 50,
      retry: consumerRetry,
    })
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
    const { events } = this.#consumer
    this.#consumer.on(events.GROUP_JOIN, (event) => this.#onJoin(event))
    this.#consumer.on(events.END_BATCH_PROCESS, (event) => this.#onBatchEnd(event))
    // The client's own event of a fetch also tells of brokers that were asked for nothing.
    this.#consumer.on(events.REQUEST, ({ payload: { apiName } }) => {
      if (apiName === 'Fetch') this.#answeredAt = performance.now()
    })
    this.#consumer.on(events.CRASH, ({ payload: { error, restart } }) => {
      if (!restart && !this.#isStopping) this.#parts.fail(error)
    })
    await this.#connect()
    await this.#consumer.subscribe({ topics: [...this.#options.topics], fromBeginning: true })
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 16,
      eachBatch: async (payload) => this.#take(payload),
    })
    this.#work = this.#handleAll()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#wake?.()
    await this.#work
    await this.#consumer.disconnect().catch(() => undefined)
    await deleteGroup(this.#parts.access, this.#group)
  }

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted
  }

  async #connect(): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        return await this.#consumer.connect()
      } catch (error) {
        this.#stopping.signal.throwIfAborted()
        this.#parts.access.log.warn({ err: error }, 'Kafka cannot be reached; trying again')
        await pauseFor(backOffMs(failures), this.#stopping.signal)
      }
    }
  }

  /** Runs before the first fetch: nothing is read before the caller has said from where. */
  #onJoin({ payload: { memberAssignment } }: ConsumerGroupJoinEvent): void {
    this.#queues.clear()
    const join = ++this.#joins
    const partitions = Object.entries(memberAssignment).flatMap(([topic, numbers]) =>
      numbers.map((partition) => ({ topic, partition })),
    )
    for (const { topic, partition } of partitions) this.#pause(topic, partition)
    this.#begin(join, partitions)
  }

  async #begin(join: number, partitions: { topic: string; partition: number }[]): Promise<void> {
    for (let failures = 0; !this.#isStopping && join === this.#joins; failures++) {
      try {
        await this.#handling
        const positions = await this.#positions(partitions)
        if (join !== this.#joins) return
        for (const { topic, partition, from } of positions) {
          this.#queues.set(`${topic}-${partition}`, new InputQueue(topic, partition, from, this.#parts.codec))
          this.#resume(topic, partition, from)
        }
        this.#caughtUp.start(
          positions.map(({ topic, partition, from, end }) => ({ of: `${topic}-${partition}`, from, end })),
        )
        return
      } catch (error) {
        if (error instanceof ChassisError && !error.canRetry) return this.#parts.fail(error)
        this.#parts.access.log.warn(
          { err: error },
          'positions to follow from are not known yet; trying again',
        )
        await pauseFor(backOffMs(failures), this.#stopping.signal)
      }
    }
  }

  async #positions(partitions: { topic: string; partition: number }[]) {
    const topics = [...new Set(partitions.map(({ topic }) => topic))]
    const known = await Promise.all(topics.map((topic) => this.#parts.offsets.bounds(topic)))
    const boundsOf = new Map(topics.map((topic, i) => [topic, known[i] ?? new Map()]))
    return Promise.all(
      partitions.map(async ({ topic, partition }) => {
        const bounds = boundsIn(boundsOf.get(topic) ?? new Map(), topic, partition)
        const from = await this.#options.from(topic as TopicName, partition)
        const wanted = from === 'end' ? bounds.end : from
        if (wanted > bounds.end)
          throw recordsLost(this.#parts.access.clientId, `${topic}-${partition}`, wanted, bounds)
        return { topic, partition, from: Math.max(wanted, bounds.begin), end: bounds.end }
      }),
    )
  }

  #take({ batch, isStale, resolveOffset }: EachBatchPayload): void {
    const queue = this.#queues.get(`${batch.topic}-${batch.partition}`)
    if (!queue || isStale()) return
    const from = queue.fetchFrom
    if (queue.add(batch) === 'refetch') {
      this.#resume(batch.topic, batch.partition, from)
      return
    }
    resolveOffset(batch.lastOffset())
    if (queue.full) this.#pause(batch.topic, batch.partition)
    this.#wake?.()
  }

  /** The client passes over batches without records for us; their offsets count for having caught up. */
  #onBatchEnd({
    payload,
  }: InstrumentationEvent<{
    topic: string
    partition: number
    lastOffset: string
    batchSize: number
  }>): void {
    const queue = this.#queues.get(`${payload.topic}-${payload.partition}`)
    if (!queue || payload.batchSize > 0) return
    const from = queue.fetchFrom
    if (queue.passOver(Number(payload.lastOffset)) === 'refetch')
      this.#resume(payload.topic, payload.partition, from)
    else this.#wake?.()
  }

  async #handleAll(): Promise<void> {
    while (!this.#isStopping) {
      let handled = 0
      for (const [name, queue] of this.#queues) {
        if (queue.records.length > 0) {
          const handling = this.#handle(queue, this.#joins)
          this.#handling = handling
          handled += await handling
        }
        if (queue.records.length === 0) this.#caughtUp.reach(name, queue.fetchFrom)
      }
      if (handled > 0 || this.#isStopping) continue
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Gives the number of records that were handed over; 0 when that was given up, as reading begins anew. */
  async #handle(queue: InputQueue, join: number): Promise<number> {
    const records = queue.records.slice(0, maxCallRecords)
    for (let failures = 0; !this.#isStopping && join === this.#joins; failures++) {
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
    this.#waiting = { lane: partition, why, since: this.#waiting?.since ?? Date.now() }
  }

  #handed(queue: InputQueue, records: readonly LaneInput[]): number {
    this.#waiting = undefined
    queue.drop(records.length, (records.at(-1)?.offset ?? 0) + 1)
    if (queue.full && queue.isDrained) {
      queue.full = false
      this.#resume(queue.topic, queue.partition, queue.fetchFrom)
    }
    return records.length
  }

  #pause(topic: string, partition: number): void {
    this.#consumer.pause([{ topic, partitions: [partition] }])
  }

  #resume(topic: string, partition: number, from: number): void {
    try {
      this.#consumer.seek({ topic, partition, offset: String(from) })
      this.#consumer.resume([{ topic, partitions: [partition] }])
    } catch {
      // The consumer is between a crash and its next join, which asks for all positions again.
    }
  }
}
