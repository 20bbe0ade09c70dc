import type { AuditCheckpoint, AuditEntry } from '@holdpoint/schemas'
import { Cut } from './cut.ts'
import { checkpointLine, endLine, entryLine, headers, recordLine } from './lines.ts'
import type { Trail, Unreadable } from './trail.ts'

/** What a copy holds, and what of the trail it does not. */
export interface Copied {
  checkpoints: number
  entries: number
  records: number
  /** Behind the last signature when the copy was begun, or the records of such entries. */
  leftOut: { entries: number; records: number }
  /** What lay in the topics of the trail and is no part of it. */
  foreign: Unreadable[]
}

/**
 * Writes a trail as text, one JSON object a line: what kind of copy it is, the checkpoints, the entries, the records
 * that they cover if the trail has them, and how many of each there were. It ends at the last signature of each chain.
 */
export async function* copyOf(trail: Trail, copied = nothingCopied()): AsyncGenerator<string> {
  const cut = new Cut(copied.leftOut)
  yield trail.records ? headers.withRecords : headers.withoutRecords
  for await (const found of trail.checkpoints) {
    const checkpoint = partOf<AuditCheckpoint>(found, copied)
    if (!checkpoint) continue
    cut.checkpoint(checkpoint)
    copied.checkpoints++
    yield checkpointLine(checkpoint)
  }
  for await (const found of trail.entries) {
    const entry = partOf<AuditEntry>(found, copied)
    if (!entry || !cut.entry(entry)) continue
    copied.entries++
    yield entryLine(entry)
  }
  if (trail.records)
    for await (const record of trail.records) {
      if ('problem' in record) partOf(record, copied)
      else if (cut.record(record)) {
        copied.records++
        yield recordLine(record)
      }
    }
  yield endLine(copied)
}

/** To be given to `copyOf`, which counts in it. */
export const nothingCopied = (): Copied => ({
  checkpoints: 0,
  entries: 0,
  records: 0,
  leftOut: { entries: 0, records: 0 },
  foreign: [],
})

function partOf<T>(found: { value: T } | Unreadable, copied: Copied): T | undefined {
  if (!('problem' in found)) return found.value
  if (!found.isForeign) throw new Error(`${found.where} cannot be copied: ${found.problem}`)
  copied.foreign.push(found)
  return undefined
}
