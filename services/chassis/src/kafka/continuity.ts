import type { Batch } from 'kafkajs'

/**
 * Tells whether a fetched batch goes on where the one before ended. A batch from before a seek may arrive after it.
 * The client passes over batches that hold only control or aborted records in silence, so a gap may be in order:
 * one that comes again after a second fetch from the same place is.
 */
export class Continuity {
  #next: number
  #gapTo: number | undefined

  constructor(next: number) {
    this.#next = next
  }

  /** Offset that is wanted next. */
  get next(): number {
    return this.#next
  }

  /** `refetch`: seek to `next` and drop the batch. `take`: its records from `next` on are the next ones. */
  judge(batch: Batch): 'take' | 'refetch' {
    return this.#step(fetchOffset(batch), Number(batch.lastOffset()) + 1)
  }

  /** As `judge`, for a batch up to `lastOffset` that held only control or aborted records. */
  passOver(lastOffset: number): 'take' | 'refetch' {
    return this.#step(lastOffset + 1, lastOffset + 1)
  }

  #step(fetchedAt: number, next: number): 'take' | 'refetch' {
    if (fetchedAt > this.#next && fetchedAt !== this.#gapTo) {
      this.#gapTo = fetchedAt
      return 'refetch'
    }
    this.#gapTo = undefined
    this.#next = Math.max(this.#next, next)
    return 'take'
  }
}

/** Offset that the fetch of a batch asked for; the client keeps it without saying so in its types. */
function fetchOffset(batch: Batch): number {
  const { fetchedOffset } = batch as Batch & { fetchedOffset?: string | number }
  return fetchedOffset === undefined ? Number(batch.firstOffset()) : Number(fetchedOffset)
}
