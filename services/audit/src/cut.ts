import type { AuditCheckpoint, AuditEntry } from '@holdpoint/schemas'
import type { CoveredRecord } from './trail.ts'

/**
 * Where a copy of a running system ends: with the last entry of each chain that is under a signature, and with the last
 * record that those entries cover. What was written while the parts of the trail were read one after the other lies
 * behind that, so that the copy is a trail at rest. Give it checkpoints first, then entries, then records.
 */
export class Cut {
  readonly #signedUpTo = new Map<number, number>()
  readonly #coveredUpTo = new Map<string, number>()
  readonly leftOut: { entries: number; records: number }

  /** Counts what it leaves out there. */
  constructor(leftOut = { entries: 0, records: 0 }) {
    this.leftOut = leftOut
  }

  checkpoint({ partition, sequence }: AuditCheckpoint): void {
    this.#signedUpTo.set(partition, Math.max(sequence, this.#signedUpTo.get(partition) ?? 0))
  }

  /** Whether the entry belongs to the copy. */
  entry({ partition, sequence, topic, recordPartition, lastOffset }: AuditEntry): boolean {
    if (sequence > (this.#signedUpTo.get(partition) ?? 0)) {
      this.leftOut.entries++
      return false
    }
    const place = `${topic}-${recordPartition}`
    this.#coveredUpTo.set(place, Math.max(lastOffset, this.#coveredUpTo.get(place) ?? -1))
    return true
  }

  /** Whether the record belongs to the copy. */
  record({ topic, partition, offset }: CoveredRecord): boolean {
    const isCovered = offset <= (this.#coveredUpTo.get(`${topic}-${partition}`) ?? -1)
    if (!isCovered) this.leftOut.records++
    return isCovered
  }
}
