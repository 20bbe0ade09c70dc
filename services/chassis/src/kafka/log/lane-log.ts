import type { TopicName } from '@holdpoint/schemas'
import type { EncodedRecord } from '../../lane/outgoing.ts'
import type { Positions } from './lane-batch.ts'

/** A batch that was handled, as it is to be written. */
export interface LaneCommit {
  publish: readonly EncodedRecord[]
  /** New values of the lane's state by key; null forgets one. */
  changes: ReadonlyMap<string, Buffer | null>
  /** Where each record that was handled lies, in its order, and how much of `publish` there is once it is done. */
  handled: readonly { topic: TopicName; offset: number; published: number }[]
  /** How far each input is handled when all of it is. */
  positions: Positions
}

/** How a lane makes batches durable: each is there as a whole, with its outputs and how far the inputs are handled, or not. */
export interface LaneLog {
  /** What a committed batch publishes is not all published yet. */
  readonly owes: boolean
  /** Commits a batch, and publishes what the one before it owes. One call at a time. Any rejection: unknown what was written. */
  step(commit?: LaneCommit): Promise<void>
  /** Says that nothing is owed, for whoever opens the lane after so long that what was published has been deleted. */
  settle(): Promise<void>
}
