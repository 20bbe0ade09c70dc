import type { DeadLetter, Messages, TopicName } from '@holdpoint/schemas'
import type { AnyLaneService } from '../../lane/handle-batch.ts'
import type { LaneCodec } from '../../lane/lane-codec.ts'
import type { RawRecord } from '../../lane/received.ts'
import { withReplays } from '../../lane/replays.ts'
import type { LaneService } from '../../port.ts'
import { localCodec } from './local-codec.ts'
import { MemoryBus } from './memory-bus.ts'
import { MemoryLane } from './memory-lane.ts'

export interface MemoryOptions {
  /** Number of lanes; 4 when not said. */
  partitions?: number
  /** Instant that lanes and new records get, milliseconds UTC. */
  clock?: number
  bus?: MemoryBus
  /** The schemas of the catalogue, without a registry, when not given. */
  codec?: LaneCodec
}

/** A record that was published, decoded. */
export interface Published<T extends TopicName> {
  key: string
  value: Messages[T] | null
  partition: number
  offset: number
}

/** A lane service on topics in memory, for unit tests: the same semantics as on Kafka, driven by `run`. */
export class MemoryLanes {
  /** Instant that lanes and new records get, milliseconds UTC. */
  clock: number
  readonly #service: AnyLaneService
  readonly #bus: MemoryBus
  readonly #codec: LaneCodec
  #lanes: MemoryLane[] = []

  constructor(service: AnyLaneService, options: MemoryOptions) {
    this.clock = options.clock ?? Date.UTC(2026, 0, 5, 9)
    this.#codec = options.codec ?? localCodec
    this.#service = withReplays(service, this.#codec)
    this.#bus = options.bus ?? new MemoryBus(options.partitions ?? 4)
    this.restart()
  }

  /** Appends a record to a topic; null is a tombstone. */
  put<T extends TopicName>(topic: T, key: string, value: Messages[T] | null, partition?: number): RawRecord {
    return this.putBytes(
      topic,
      Buffer.from(key),
      value === null ? null : this.#codec.encode(topic, value),
      partition,
    )
  }

  /** As `put`, for bytes that are meant to be wrong. */
  putBytes(topic: TopicName, key: Buffer | null, value: Buffer | null, partition?: number): RawRecord {
    return this.#bus.put({ topic, key, value }, this.clock, partition)
  }

  /** Handles everything that waits. Gives why lanes stopped before the end (`retryLater`, `beforeBatch`). */
  async run(): Promise<string[]> {
    const waiting = await Promise.all(this.#lanes.map((lane) => lane.run(this.clock)))
    return waiting.filter((why) => why !== undefined)
  }

  /** Every key is looked at again, as after `revisit` of running lanes. Gives why lanes stopped before the end. */
  revisit(): string[] {
    return this.#lanes.map((lane) => lane.revisit(this.clock)).filter((why) => why !== undefined)
  }

  /** All records of a topic, each partition in order. */
  published<T extends TopicName>(topic: T): Published<T>[] {
    return this.#bus.all(topic).map((raw) => this.#decode(topic, raw))
  }

  /** The state of a key as a handler would get it. */
  state<T extends TopicName>(key: string): Messages[T] | undefined {
    const bytes = this.#lanes.map((lane) => lane.state(key)).find((kept) => kept !== undefined)
    if (!bytes || !this.#service.state) return undefined
    return this.#codec.decode(this.#service.state, bytes) as Messages[T]
  }

  deadLetters(): DeadLetter[] {
    const letters = this.published(this.#service.deadLetters)
    return letters.map(({ value }) => value as DeadLetter)
  }

  /** As a new process: nothing but the topics and the committed offsets is left. */
  restart(): void {
    this.#lanes = Array.from(
      { length: this.#bus.partitions },
      (_, partition) => new MemoryLane(this.#service, this.#bus, this.#codec, partition),
    )
  }

  #decode<T extends TopicName>(topic: T, { key, value, partition, offset }: RawRecord): Published<T> {
    const decoded = value === null ? null : (this.#codec.decode(topic, value) as Messages[T])
    return { key: key?.toString() ?? '', value: decoded, partition, offset }
  }
}

/** Runs a lane service in memory: `put` records, `run`, look at what it `published`, its `state` and `deadLetters`. */
export function memoryLanes<In extends TopicName, State extends TopicName = never>(
  service: LaneService<In, State>,
  options: MemoryOptions = {},
): MemoryLanes {
  return new MemoryLanes(service as unknown as AnyLaneService, options)
}
