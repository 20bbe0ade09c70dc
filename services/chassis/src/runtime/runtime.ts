import type { Codec, TopicName } from '@holdpoint/schemas'
import type { Express } from 'express'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type {
  FollowOptions,
  LaneReader,
  LaneReading,
  LaneService,
  Lanes,
  Publisher,
  RowCheck,
  Running,
  Table,
  WaitingLane,
} from '../port.ts'

/** What a service gets to run on. Whatever it starts here counts for /readyz and is stopped with the process. */
export interface Runtime {
  readonly log: Logger
  /** /livez, /readyz and /metrics are there; it listens already. */
  readonly http: Express
  readonly metrics: Registry
  readonly codec: Codec
  lanes<In extends TopicName, State extends TopicName = never>(
    service: LaneService<In, State>,
  ): Promise<Lanes>
  laneReader<In extends TopicName>(reader: LaneReader<In>): Promise<LaneReading>
  /** Resolves when everything that the topic holds has been read. Rows that do not hold are told and left out. */
  table<T extends TopicName>(topic: T, problemOf?: RowCheck<T>): Promise<Table<T>>
  publisher(): Promise<Publisher>
  follow<In extends TopicName>(options: FollowOptions<In>): Promise<Running>
  /** /readyz names `what` until `isReady` says yes, and each lane that has waited for more than a minute. */
  readyWhen(what: string, isReady: () => boolean, waiting?: () => readonly WaitingLane[]): void
  /** Called when the process stops, last given first. */
  onStop(stop: () => Promise<void> | void): void
  /** Ends the process with code 1: something is wrong that it cannot mend. */
  fail(error: unknown): void
}
