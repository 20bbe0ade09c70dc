import type { Consumer, ConsumerGroupJoinEvent } from 'kafkajs'
import { ChassisError } from '../errors.ts'
import type { WaitingLane } from '../port.ts'
import { backOffMs, pauseFor } from './back-off.ts'
import { consumerRetry, type KafkaAccess, newKafka } from './kafka-access.ts'
import { laneAssigner } from './lane-assigner.ts'
import type { GivenLane, LaneControl } from './lane-control.ts'

export interface LaneMemberOptions {
  access: KafkaAccess
  group: string
  topics: readonly string[]
  openLane(partition: number, control: LaneControl): GivenLane
  /** Nothing can go on: the process has to end. */
  fail(error: unknown): void
}

/** How often the group hears of this process, and how long it waits for that. A killed process keeps its lanes so long. */
const heartbeatMs = 450
const sessionMs = 3_000

/**
 * The membership of a process in its service's group, which says which lanes it has. A lane is all topics of one
 * partition number; lanes that stay with the process over a rebalance go on undisturbed, as a process that had one in
 * between would have shut this one out. The client's consumer reads nothing: its partitions are paused, and lanes fetch
 * by themselves.
 */
export class LaneMember {
  readonly #options: LaneMemberOptions
  readonly #consumer: Consumer
  readonly #lanes = new Map<number, GivenLane>()
  readonly #stopping = new AbortController()
  #closing = new Set<Promise<void>>()
  #proofs: (() => void)[] = []
  #joined = false

  constructor(options: LaneMemberOptions) {
    this.#options = options
    this.#consumer = newKafka(options.access).consumer({
      groupId: options.group,
      partitionAssigners: [laneAssigner(() => this.#lanes.keys())],
      allowAutoTopicCreation: false,
      sessionTimeout: sessionMs,
      rebalanceTimeout: 2_500,
      heartbeatInterval: heartbeatMs,
      // With all partitions paused this is how long the client sleeps between two looks at its heartbeat.
      maxWaitTimeInMs: heartbeatMs / 2,
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
      eachBatch: async () => undefined,
    })
  }

  /** Lanes finish what they have begun, then the process leaves the group, so that others take over at once. */
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

  /** Runs before the first fetch after a join. */
  #onJoin({ payload: { memberAssignment } }: ConsumerGroupJoinEvent): void {
    if (this.#stopping.signal.aborted) return
    this.#consumer.pause(this.#options.topics.map((topic) => ({ topic })))
    const given = lanesOf(memberAssignment)
    for (const [partition, lane] of this.#lanes) if (!given.has(partition)) this.#closeLane(partition, lane)
    for (const partition of given)
      if (!this.#lanes.has(partition))
        this.#lanes.set(partition, this.#options.openLane(partition, this.#control))
    this.#joined = true
    this.#options.access.log.info({ lanes: [...given] }, 'lanes assigned')
    this.#prove()
  }

  #closeLane(partition: number, lane: GivenLane): void {
    this.#lanes.delete(partition)
    const closing = lane.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }

  readonly #control: LaneControl = {
    stillMember: (signal) =>
      new Promise((resolve) => {
        const end = () => {
          signal.removeEventListener('abort', end)
          resolve()
        }
        this.#proofs.push(end)
        signal.addEventListener('abort', end)
        if (signal.aborted) end()
      }),
    commit: async (partition, positions) => {
      const offsets = Array.from(positions, ([topic, offset]) => ({
        topic,
        partition,
        offset: String(offset),
      }))
      await this.#consumer.commitOffsets(offsets)
    },
    fail: (error) => this.#options.fail(error),
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
