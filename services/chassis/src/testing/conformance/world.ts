import type { Messages, ServiceName, TopicName } from '@holdpoint/schemas'
import type { AnyLaneService } from '../../lane/handle-batch.ts'

/** Topics of one test, each a throw-away one with the schema of the topic that its type names. */
export interface WorldTopics {
  input: 'timers.schedule.v1'
  other: 'timers.fired.v1'
  output: 'timers.schedule.v1'
  state: 'audit.state.v1'
  deadLetters: 'router.dlq.v1'
}

export interface WorldRecord<T extends TopicName = TopicName> {
  key: string
  value: Messages[T] | null
  partition: number
}

/** One process of a lane service. */
export interface WorldInstance {
  /** Every key of its lanes is looked at again. */
  revisit(): void
  /** Ends in good order. */
  stop(): Promise<void>
}

/** A bus, as the conformance suite sees it: everything that it reads is committed. */
export interface World {
  readonly topics: WorldTopics
  /** Name of the service under test; its group and its producers are named after it. */
  readonly service: ServiceName
  readonly lanes: number
  start(service: AnyLaneService): Promise<WorldInstance>
  put<T extends TopicName>(topic: T, key: string, value: Messages[T] | null): Promise<void>
  putBytes(topic: TopicName, key: Buffer | null, value: Buffer | null): Promise<void>
  encode<T extends TopicName>(topic: T, value: Messages[T]): Buffer
  /** Committed records of a topic, each partition in order. */
  published<T extends TopicName>(topic: T): Promise<WorldRecord<T>[]>
  /** Lets the instances work until `check` holds; fails with `what` when it does not in time. */
  until(what: string, check: () => Promise<boolean>): Promise<void>
  tearDown(): Promise<void>
}
