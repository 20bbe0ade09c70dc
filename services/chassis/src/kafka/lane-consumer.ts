import type { Consumer, ConsumerGroupJoinEvent, EachBatchPayload } from 'kafkajs'
import { ChassisError } from '../errors.ts'
import type { WaitingLane } from '../port.ts'
import { backOffMs, pauseFor } from './back-off.ts'
import { consumerRetry, type KafkaAccess, newKafka } from './kafka-access.ts'
import { laneAssigner } from './lane-assigner.ts'
import type { ConsumedLane, LaneControl } from './lane-control.ts'

export interface LaneConsumerOptions {
  access: KafkaAccess
  group: string
  topics: readonly string[]
  createLane(partition: number, control: LaneControl): ConsumedLane
  /** Nothing can go on: the process has to end. */
  fail(error: unknown): void
}

/**
 * The group member that feeds a process's lanes. A lane is all topics of one partition number; lanes that stay with
 * the process over a rebalance go on undisturbed, as the producer of a lane that was elsewhere in between is shut out.
 */
export class LaneConsumer {
  readonly #options: LaneConsumerOptions
  readonly #consumer: Consumer
  readonly #lanes = new Map<number, ConsumedLane>()
  readonly #stopping = new AbortController()
  #closing = new Set<Promise<void>>()
  #proofs: (() => void)[] = []
  #joined = false

  constructor(options: LaneConsumerOptions) {
    this.#options = options
    this.#consumer = newKafka(options.access).consumer({
      groupId: options.group,
      partitionAssigners: [laneAssigner(() => this.#lanes.keys())],
      allowAutoTopicCreation: false,
      // A killed process keeps its lanes for one session.
      sessionTimeout: 3_000,
      rebalanceTimeout: 2_500,
      heartbeatInterval: 450,
      // Mainly how long a lane waits to be fetched after a pause.
      maxWaitTimeInMs: 100,
      minBytes: 1,
      retry: consumerRetry,
    })
    this.#listen()
  }

  /** All lanes that this process was given are ready. */
  get ready(): boolean {
    return this.#joined && [...this.#lanes.values()].every((lane) => lane.ready)
  }

  revisit(): void {
    for (const lane of this.#lanes.values()) lane.revisit?.()
  }

  get waiting(): WaitingLane[] {
    return [...this.#lanes.values()].flatMap(({ waiting }) => waiting ?? [])
  }

  async start(): Promise<void> {
    const { topics } = this.#options
    await this.#connect()
    await this.#consumer.subscribe({ topics: [...topics], fromBeginning: true })
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // Lanes take records without waiting, so that this needs not be large.
      partitionsConsumedConcurrently: 16,
      eachBatch: async (payload) => this.#take(payload),
    })
  }

  /** Lanes finish their transactions, then the process leaves the group, so that others take over at once. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const [partition, lane] of this.#lanes) this.#closeLane(partition, lane)
    await Promise.all(this.#closing)
    await this.#consumer.disconnect().catch(() => undefined)
  }

  #listen(): void {
    const { events } = this.#consumer
    this.#consumer.on(events.GROUP_JOIN, (event) => this.#onJoin(event))
    this.#consumer.on(events.HEARTBEAT, () => this.#prove())
    this.#consumer.on(
      events.END_BATCH_PROCESS,
      ({ payload: { topic, partition, batchSize, lastOffset } }) => {
        if (batchSize === 0) this.#lanes.get(partition)?.passedOver?.(topic, Number(lastOffset))
      },
    )
    this.#consumer.on(events.CRASH, ({ payload: { error, restart } }) => {
      this.#joined = false
      if (restart) this.#options.access.log.warn({ err: error }, 'the group was lost; joining it again')
      if (!restart && !this.#stopping.signal.aborted) this.#options.fail(stopped(this.#options.group, error))
    })
  }

  async #connect(): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        return await this.#consumer.connect()
      } catch (error) {
        this.#stopping.signal.throwIfAborted()
        this.#options.access.log.warn({ err: error }, 'Kafka cannot be reached; trying again')
        await pauseFor(backOffMs(failures), this.#stopping.signal)
      }
    }
  }

  #take(payload: EachBatchPayload): void {
    try {
      this.#lanes.get(payload.batch.partition)?.take(payload)
    } catch (error) {
      // An error in here would stop the consumer for good without ending the process.
      this.#options.fail(error)
    }
  }

  /** Runs before the first fetch after a join. */
  #onJoin({ payload: { memberAssignment } }: ConsumerGroupJoinEvent): void {
    if (this.#stopping.signal.aborted) return
    const given = lanesOf(memberAssignment)
    for (const [partition, lane] of this.#lanes) if (!given.has(partition)) this.#closeLane(partition, lane)
    for (const partition of given) {
      const lane = this.#lanes.get(partition)
      if (lane) lane.rejoined()
      else this.#openLane(partition)
    }
    this.#joined = true
    this.#options.access.log.info({ lanes: [...given] }, 'lanes assigned')
    this.#prove()
  }

  #openLane(partition: number): void {
    const control = this.#controlOf(partition)
    control.pause(this.#options.topics)
    this.#lanes.set(partition, this.#options.createLane(partition, control))
  }

  #closeLane(partition: number, lane: ConsumedLane): void {
    this.#lanes.delete(partition)
    const closing = lane.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }

  #controlOf(partition: number): LaneControl {
    const whileRunning = (work: () => void) => {
      try {
        work()
      } catch {
        // The consumer is between a crash and its next join, which asks every lane where it goes on.
      }
    }
    return {
      pause: (topics) =>
        whileRunning(() => this.#consumer.pause(topics.map((topic) => ({ topic, partitions: [partition] })))),
      resume: (topic, offset) =>
        whileRunning(() => {
          this.#consumer.seek({ topic, partition, offset: String(offset) })
          this.#consumer.resume([{ topic, partitions: [partition] }])
        }),
      stillMember: (signal) =>
        new Promise((resolve) => {
          this.#proofs.push(resolve)
          signal.addEventListener('abort', () => resolve())
          if (signal.aborted) resolve()
        }),
      fail: this.#options.fail,
    }
  }

  #prove(): void {
    const proofs = this.#proofs
    this.#proofs = []
    for (const proof of proofs) proof()
  }
}

/** The lanes of an assignment. */
function lanesOf(assignment: Readonly<Record<string, number[]>>): Set<number> {
  return new Set(Object.values(assignment).flat())
}

function stopped(group: string, cause: Error): ChassisError {
  return new ChassisError('CONSUMER_STOPPED', `The consumer of ${group} has stopped: ${cause.message}`, {
    cause,
  })
}
