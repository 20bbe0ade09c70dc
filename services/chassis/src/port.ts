import type { Messages, ServiceName, TopicName } from '@holdpoint/schemas'

/** A record of a lane. `value` decodes on first read; what cannot be decoded becomes a dead letter by itself. */
export type LaneRecord<In extends TopicName = TopicName> = {
  [T in In]: {
    readonly topic: T
    readonly partition: number
    readonly offset: number
    /** The record's own time, milliseconds UTC. */
    readonly timestamp: number
    /** The key as text; the orderId on lane topics. */
    readonly key: string
    /** The decoded value; null for a tombstone. */
    readonly value: Messages[T] | null
    readonly keyBytes: Buffer | null
    readonly valueBytes: Buffer | null
  }
}[In]

/** A record to publish. It goes to the partition of the lane that publishes it. */
export type Outgoing<Out extends TopicName = TopicName> = {
  [T in Out]: { topic: T; key: string; value: Messages[T] | null }
}[Out]

export type DeadLetterCode = 'UNDECODABLE' | 'INVALID' | 'CONFLICT' | 'STALE' | 'HANDLER_FAILED'
export interface Problem {
  /** Where in the record; empty for the whole of it. */
  path: string
  /** What is wrong and what to do. */
  message: string
}

/** What a handler wants done with a record. The closed set of answers; the chassis carries it out. */
export type Outcome<State extends TopicName = TopicName> =
  | { kind: 'done'; publish: readonly Outgoing[]; state?: StateChange<State> }
  | { kind: 'deadLetter'; code: DeadLetterCode; problems: readonly Problem[] }
  | ({ kind: 'retryLater' } & Wait)

/** Why a lane waits, and how long until it tries again. */
export interface Wait {
  why: string
  afterMs: number
  /** What is missing is no fault of the record: the wait has no end. */
  endless?: boolean
}

/** New value of one key of the lane's state; null forgets it. */
export interface StateChange<State extends TopicName> {
  key: string
  value: Messages[State] | null
}

/** What a handler may look at besides its record. */
export interface Lane<State extends TopicName> {
  readonly partition: number
  /** State of a key as of the records handled so far, those of the same batch included. */
  get(key: string): Messages[State] | undefined
  /** Wall clock, milliseconds UTC; the same for all records of a batch. */
  readonly now: number
}

/**
 * A service whose lanes turn records into outcomes. All inputs with layout `lanes` are co-partitioned: a lane
 * is one partition number over all of them, handled serially; inputs with layout `one` belong to lane 0.
 * Outputs, state and input positions of a batch are there as a whole or not at all, each once, whatever is killed.
 */
export interface LaneService<In extends TopicName, State extends TopicName = never> {
  service: ServiceName
  inputs: readonly In[]
  /**
   * Compacted changelog topic of the state, which is the lane's journal besides. A service without state publishes to one
   * topic for each record.
   */
  state?: State
  /** Every topic that it publishes to, besides dead letters. No other program writes to one of them. */
  outputs: readonly TopicName[]
  /** Where records go that cannot be processed. */
  deadLetters: TopicName
  /**
   * Records that lie in another lane than their order, and batches that nobody can read, are handed over like all
   * others. They are dead letters otherwise.
   */
  takesAll?: boolean
  /**
   * So many records of a lane are handled at a time, for handlers that wait for something outside (a mail server). They
   * begin in order, what they lead to is committed in order, and a lane that ends finishes what it has begun. Only for a
   * service without state and `closeBatch`.
   */
  sideBySide?: number
  /** Must not publish or change anything by itself; a thrown error makes the record a dead letter (HANDLER_FAILED). */
  handle(record: LaneRecord<In>, lane: Lane<State>): Outcome<State> | Promise<Outcome<State>>
  /** Called once after the last record of a batch, of which what it gives is a part. */
  closeBatch?(records: readonly LaneRecord<In>[], lane: Lane<State>): Outcome<State>
  /**
   * Looks at the state of a key again though no record came for it: each key once when its lane opens, and again after
   * each `revisit` of the running lanes. Between batches, in batches of its own; `done` or `retryLater`.
   */
  revisit?(key: string, lane: Lane<State>): Outcome<State>
  /** Called before a batch is handled; `retryLater` keeps the lane waiting (no policy yet, say). */
  beforeBatch?(lane: Lane<State>): Wait | undefined
}

/** What is wrong with a row, so that a table leaves it out; undefined when it holds. Null says that its key is gone. */
export type RowCheck<T extends TopicName> = (key: string, value: Messages[T] | null) => string | undefined

/** A topic with layout `one`, read whole and kept up to date. */
export interface Table<T extends TopicName> {
  get(key: string): Messages[T] | undefined
  values(): Messages[T][]
  /** Called after each change, once at least for what was there at the start. */
  onChange(listener: (key: string, value: Messages[T] | null) => void): void
  /** Whether all that the topic holds is here, as far as anybody can know: not while Kafka is away. */
  isUpToDate(): boolean
  stop(): Promise<void>
}

/** Publishes outside of lanes: one acknowledged send at a time, acks from all replicas, waiting calls joined into one. */
export interface Publisher {
  /** Resolves when the broker has acknowledged every record, in order; rejects with code PUBLISH_UNKNOWN or KAFKA_AWAY. */
  send<T extends TopicName>(
    topic: T,
    records: readonly { key: string; value: Messages[T] | null; partition?: number }[],
  ): Promise<void>
  /** As `send`, for bytes that are encoded already, or that are meant to be wrong. */
  sendBytes(
    topic: TopicName,
    records: readonly { key: Buffer | null; value: Buffer | null; partition?: number }[],
  ): Promise<void>
  stop(): Promise<void>
}

/** Reads whole topics outside of any group; the caller keeps the positions. */
export interface FollowOptions<In extends TopicName> {
  topics: readonly In[]
  /**
   * Next offset wanted of each partition, or `end` for what comes from now on; asked at the start and after every
   * reconnect.
   */
  from(topic: In, partition: number): Promise<number | 'end'> | number | 'end'
  /** One call at a time, records of one partition, in order. A rejection is retried with back-off from the same place. */
  onBatch(topic: In, partition: number, records: readonly LaneRecord<In>[]): Promise<void>
  /** Called once when everything that was there at the start has been handed over. */
  onCaughtUp?(): void
}

/** What is known of one partition of a topic at the moment at which its lane is opened. */
export interface PartitionLog {
  /** Identity of the Kafka cluster; another one after Kafka was replaced. */
  clusterId: string
  /** First offset that is still kept. */
  begin: number
  /** Offset that the next record will get; a stored position beyond it belongs to another log. */
  end: number
}

/** Lanes of a service whose own store keeps the positions (sla-timer). */
export interface LaneReader<In extends TopicName> {
  service: ServiceName
  inputs: readonly In[]
  /**
   * A lane was given to this process: says where to go on for each input (all inputs, same partition). Asked again
   * after `reopen`, and after a back-off when it or `onBatch` rejects.
   */
  open(partition: number, logs: { [T in In]: PartitionLog }): Promise<{ [T in In]: number }>
  onBatch(partition: number, topic: In, records: readonly LaneRecord<In>[]): Promise<void>
  /** Called once for each opening, when everything that was there then has been handed over. */
  onCaughtUp?(partition: number): void
  /** The lane went to another process, or the process stops. Nothing of it may be written from now on. */
  close(partition: number): Promise<void>
}

/** A lane reader that runs. */
export interface LaneReading extends Running {
  /** The service's store lost its place: `open` is asked again and reading goes on from what it says. */
  reopen(partition: number): void
}

/** The lanes of a service, running. */
export interface Lanes extends Running {
  /** Something besides the records has changed: every key of every lane is looked at again. */
  revisit(): void
}

/** A lane that cannot go on for now. */
export interface WaitingLane {
  lane: number
  why: string
  /** When the wait began, milliseconds UTC. */
  since: number
}

/** Something that runs until it is stopped; `ready` answers /readyz. */
export interface Running {
  ready(): boolean
  /** The lanes of this process that wait for something. */
  waiting?(): readonly WaitingLane[]
  stop(): Promise<void>
}
