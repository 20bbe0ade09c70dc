import type { WaitingLane } from '../port.ts'

/** What a lane may ask of the membership by which this process has it. */
export interface LaneControl {
  /** Resolves when the group has confirmed once more that this process is a member, or when `signal` is raised. */
  stillMember(signal: AbortSignal): Promise<void>
  /** Tells the group how far a lane is, for tools that show its lag; rejects when this process has lost it. */
  commit(partition: number, positions: ReadonlyMap<string, number>): Promise<void>
  /** Nothing can go on: the process has to end. */
  fail(error: unknown): void
}

/** A lane that the group has given to this process. */
export interface GivenLane {
  readonly ready: boolean
  /** Set while it cannot go on. */
  readonly waiting?: WaitingLane | undefined
  /** Every key is to be looked at again. */
  revisit?(): void
  close(): Promise<void>
}
