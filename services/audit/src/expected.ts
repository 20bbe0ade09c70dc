import type { AuditCheckpoint } from '@holdpoint/schemas'

/** A checkpoint that somebody kept outside of the trail. */
export interface Known {
  checkpoint: AuditCheckpoint
  /** Where it was kept, in words. */
  from: string
}

/**
 * What a trail has to have, from outside of it: the trail alone can never show that it is whole, or whose it is. What is
 * left out cannot be judged.
 */
export interface Expected {
  /** Ids of the keys that may sign. */
  keys?: readonly string[]
  /** Checkpoints that were seen before: each of their chains has to be there, go that far, and be the same up to there. */
  known?: readonly Known[]
}

/** Both; the keys are those of the first that names any. */
export function together(...all: readonly Expected[]): Expected {
  const keys = all.find((one) => one.keys)?.keys
  const known = all.flatMap((one) => one.known ?? [])
  return { ...(keys ? { keys } : {}), ...(known.length > 0 ? { known } : {}) }
}
