import type { EachBatchPayload } from 'kafkajs'
import type { WaitingLane } from '../port.ts'

/** What a lane may ask of the consumer that feeds it. All of it is for the lane's own partition. */
export interface LaneControl {
  /** Lets fetching of a topic begin, or go on, at an offset. */
  resume(topic: string, offset: number): void
  pause(topics: readonly string[]): void
  /** Resolves when the group has confirmed once more that this process is a member, or when `signal` is raised. */
  stillMember(signal: AbortSignal): Promise<void>
  /** Nothing can go on: the process has to end. */
  fail(error: unknown): void
}

/** A lane that is fed by a group's consumer. It begins paused. */
export interface ConsumedLane {
  readonly ready: boolean
  /** Set while it cannot go on. */
  readonly waiting?: WaitingLane | undefined
  /** Takes records; never throws and never waits. */
  take(payload: EachBatchPayload): void
  /** A batch up to `lastOffset` had only control or aborted records, and was not handed over. */
  passedOver?(topic: string, lastOffset: number): void
  /** The group was joined anew and the lane stayed here: says where fetching goes on, if the lane is running. */
  rejoined(): void
  /** Every key is to be looked at again. */
  revisit?(): void
  close(): Promise<void>
}
