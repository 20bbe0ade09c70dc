import type { AuditCheckpoint, AuditEntry } from '@holdpoint/schemas'
import { recordHash } from '@holdpoint/schemas'
import { textOf } from './chain.ts'
import { type PathStep, pathTo } from './merkle.ts'
import type { CoveredRecord, Trail } from './trail.ts'

/** An entry by its chain and number, or a record by where it lies. */
export type Wanted =
  | { partition: number; sequence: number }
  | { topic: string; partition: number; offset: number }

/**
 * What shows, without the trail, that a record lies under a signature: its bytes, the way from its hash to the entry that
 * covers it, the texts of that entry and of those behind it, each of which names the hash of the one before, and the
 * checkpoint that signs the hash of the last.
 */
export interface Proof {
  'holdpoint-audit-proof': 1
  /** Bytes in base64; null for an entry whose record its topic no longer keeps, and for one of several records. */
  record: {
    topic: string
    partition: number
    offset: number
    timestamp: number
    key: string | null
    value: string | null
  } | null
  path: PathStep[]
  /** JSON arrays as they were hashed. */
  entries: string[]
  checkpoint: Omit<AuditCheckpoint, 'priorKey' | 'handOver'>
}

/** Something of which there is no proof; the message says why. */
export class NotProvable extends Error {
  readonly code = 'NOT_PROVABLE'
  readonly canRetry = false
}

interface Work {
  wanted: Wanted
  entry?: AuditEntry
  texts: string[]
  checkpoint?: AuditCheckpoint
  leaves: Buffer[]
  record?: CoveredRecord
  index: number
}

/** A proof of each, or why there is none; in their order. The trail is read once. */
export async function prove(trail: Trail, wanted: readonly Wanted[]): Promise<(Proof | NotProvable)[]> {
  const work: Work[] = wanted.map((one) => ({ wanted: one, texts: [], leaves: [], index: 0 }))
  const signed = new Map<string, AuditCheckpoint>()
  for await (const found of trail.checkpoints)
    if ('value' in found) signed.set(idOf(found.value), found.value)
  for await (const found of trail.entries)
    if ('value' in found) for (const one of work) takeEntry(one, found.value, signed)
  if (trail.records)
    for await (const record of trail.records)
      if (!('problem' in record)) for (const one of work) takeRecord(one, record)
  return work.map(proofOf)
}

const idOf = ({ partition, sequence }: { partition: number; sequence: number }) => `${partition}:${sequence}`

function takeEntry(work: Work, entry: AuditEntry, signed: ReadonlyMap<string, AuditCheckpoint>): void {
  if (work.checkpoint) return
  if (!work.entry && isWanted(work.wanted, entry)) work.entry = entry
  if (work.entry?.partition !== entry.partition) return
  work.texts.push(textOf(entry))
  const checkpoint = signed.get(idOf(entry))
  if (checkpoint) work.checkpoint = checkpoint
}

function isWanted(wanted: Wanted, entry: AuditEntry): boolean {
  if ('sequence' in wanted) return idOf(wanted) === idOf(entry)
  const { topic, partition, offset } = wanted
  const isThere = entry.topic === topic && entry.recordPartition === partition
  return isThere && entry.firstOffset <= offset && offset <= entry.lastOffset
}

function takeRecord(work: Work, record: CoveredRecord): void {
  const { entry, wanted } = work
  if (!entry || record.topic !== entry.topic || record.partition !== entry.recordPartition) return
  if (record.offset < entry.firstOffset || record.offset > entry.lastOffset) return
  if ('offset' in wanted ? wanted.offset === record.offset : entry.count === 1) {
    work.record = record
    work.index = work.leaves.length
  }
  work.leaves.push(recordHash(record))
}

function proofOf({ wanted, entry, texts, checkpoint, leaves, record, index }: Work): Proof | NotProvable {
  const what =
    'sequence' in wanted
      ? `entry ${idOf(wanted)}`
      : `the record ${wanted.topic}, partition ${wanted.partition}, offset ${wanted.offset}`
  if (!entry)
    return new NotProvable(
      `There is no ${'sequence' in wanted ? what : `entry for ${what}`}. If it is a moment old, ask again.`,
    )
  if (!checkpoint) return new NotProvable(`No signature covers ${what} yet. Ask again in a moment.`)
  const isWhole = leaves.length === entry.count
  if ('offset' in wanted && !(record && isWhole))
    return new NotProvable(
      `Of ${what} only the entry ${idOf(entry)} is left: its topic no longer keeps it, or what lies beside it. Prove the entry.`,
    )
  const shown = record && isWhole ? record : undefined
  const { priorKey: _, handOver: __, ...signed } = checkpoint
  return {
    'holdpoint-audit-proof': 1,
    record: shown ? recordView(shown) : null,
    path: shown ? pathTo(leaves, index) : [],
    entries: texts,
    checkpoint: signed,
  }
}

function recordView({ topic, partition, offset, timestamp, keyBytes, valueBytes }: CoveredRecord) {
  const base64 = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('base64')
  return { topic, partition, offset, timestamp, key: base64(keyBytes), value: base64(valueBytes) }
}
