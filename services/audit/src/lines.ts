import type { AuditCheckpoint, AuditEntry } from '@holdpoint/schemas'
import type { CoveredRecord } from './trail.ts'

/** The first line of a copy. */
export const headers = {
  withRecords: '{"holdpoint-audit-copy":2,"records":true}',
  withoutRecords: '{"holdpoint-audit-copy":2,"records":false}',
}

interface Counts {
  checkpoints: number
  entries: number
  records: number
}

interface Lines {
  checkpoint: AuditCheckpoint
  entry: AuditEntry
  record: CoveredRecord
  end: Counts
}
export type LineKind = keyof Lines
export type Line = { [Kind in LineKind]: { kind: Kind; value: Lines[Kind] } }[LineKind]

export function checkpointLine(checkpoint: AuditCheckpoint): string {
  const { partition, sequence, head, keyId, publicKey, signature, at, priorKey, handOver } = checkpoint
  const signed = { partition, sequence, head, keyId, publicKey, signature, at }
  return JSON.stringify({ checkpoint: { ...signed, priorKey, handOver } })
}

export function entryLine(entry: AuditEntry): string {
  const { partition, sequence, kind, topic, recordPartition, firstOffset, lastOffset, count, hash } = entry
  const { orderId, caseId, who, what, why, when, ruleVersion, previous, entryHash, at } = entry
  const covers = { topic, recordPartition, firstOffset, lastOffset, count, hash }
  const said = { orderId, caseId, who, what, why, when, ruleVersion }
  return JSON.stringify({ entry: { partition, sequence, kind, ...covers, ...said, previous, entryHash, at } })
}

export function recordLine({
  topic,
  partition,
  offset,
  timestamp,
  keyBytes,
  valueBytes,
}: CoveredRecord): string {
  const key = base64(keyBytes)
  const value = base64(valueBytes)
  return JSON.stringify({ record: { topic, partition, offset, timestamp, key, value } })
}

/** The last line: whoever cuts a copy off loses it. */
export const endLine = ({ checkpoints, entries, records }: Counts) =>
  JSON.stringify({ end: { checkpoints, entries, records } })

/**
 * What a line says; undefined when it is not, byte for byte, how that is written, so that no byte of a copy can change
 * unnoticed.
 */
export function readLine(text: string): Line | undefined {
  try {
    const object = JSON.parse(text)
    if (object.entry) return same(text, entryLine(object.entry), { kind: 'entry', value: object.entry })
    if (object.record) {
      const value = coveredRecord(object.record)
      return same(text, recordLine(value), { kind: 'record', value })
    }
    if (object.checkpoint)
      return same(text, checkpointLine(object.checkpoint), { kind: 'checkpoint', value: object.checkpoint })
    return same(text, endLine(object.end), { kind: 'end', value: object.end })
  } catch {
    return undefined
  }
}

const same = (text: string, written: string, line: Line) => (text === written ? line : undefined)

const base64 = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('base64')

function coveredRecord({
  key,
  value,
  ...rest
}: Omit<CoveredRecord, 'keyBytes' | 'valueBytes'> & {
  key: string | null
  value: string | null
}): CoveredRecord {
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text, 'base64'))
  return { ...rest, keyBytes: bytes(key), valueBytes: bytes(value) }
}
