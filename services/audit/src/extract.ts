import { type AuditCheckpoint, type AuditEntry, sha256 } from '@holdpoint/schemas'
import { hashOf, placeOfPrevious, textOf } from './chain.ts'
import { signatureCheck } from './checkpoint.ts'
import { csvHeader, csvLine } from './csv.ts'
import { Cut } from './cut.ts'
import type { Expected } from './expected.ts'
import { entryLine, readLine } from './lines.ts'
import type { Finding, FindingCode } from './report.ts'
import type { Trail } from './trail.ts'
import { TrustedKeys } from './trusted-keys.ts'

export type ExtractFormat = 'jsonl' | 'csv'

/** Of one chain, the entries in an extract, which are in a row, and how the last lies under a signature. */
export interface LaneOfExtract {
  partition: number
  entries: number
  first: { sequence: number; previous: string }
  last: { sequence: number; entryHash: string }
  /** Texts of the entries behind the last one, up to the one that the checkpoint signs. */
  behind: string[]
  checkpoint: AuditCheckpoint | null
}

/** What belongs to a file of entries: how many of which there are, and their proof. Instants are ISO 8601. */
export interface Manifest {
  'holdpoint-audit-extract': 1
  format: ExtractFormat
  /** Entries that were written from the one instant on and before the other; null for no bound. */
  from: string | null
  to: string | null
  entries: number
  lanes: LaneOfExtract[]
  keyIds: string[]
  /** SHA-256 (hex) of the file. */
  sha256: string
}

export interface ExtractOptions {
  format: ExtractFormat
  /** Milliseconds UTC. */
  from?: number
  to?: number
  /** What a CSV says why; else what the entry says, which is sealed where it is about an order. */
  whyOf?: (entry: AuditEntry) => string
}

/**
 * The lines of an extract. Of each chain it has entries in a row, from the first that was written in that time to the last,
 * and none that is under no signature yet. The manifest is filled in meanwhile, all but the hash of the file.
 */
export async function* extractOf(
  trail: Trail,
  {
    format,
    from = Number.NEGATIVE_INFINITY,
    to = Number.POSITIVE_INFINITY,
    whyOf = ({ why }) => why,
  }: ExtractOptions,
  manifest: Manifest,
): AsyncGenerator<string> {
  const cut = new Cut()
  const signed = new Map<string, AuditCheckpoint>()
  const lanes = new Map<number, LaneOfExtract>()
  const over = new Set<number>()
  for await (const found of trail.checkpoints)
    if ('value' in found) {
      cut.checkpoint(found.value)
      signed.set(idOf(found.value), found.value)
    }
  if (format === 'csv') yield csvHeader
  for await (const found of trail.entries) {
    if (!('value' in found) || !cut.entry(found.value)) continue
    const entry = found.value
    const lane = lanes.get(entry.partition)
    const isOver = over.has(entry.partition) || entry.at >= to
    if (isOver && lane) over.add(entry.partition)
    if (!isOver && (lane || entry.at >= from)) {
      lanes.set(entry.partition, withEntry(lane, entry, signed.get(idOf(entry))))
      yield format === 'csv' ? csvLine({ ...entry, why: whyOf(entry) }) : entryLine(entry)
    } else if (lane && !lane.checkpoint) {
      lane.behind.push(textOf(entry))
      lane.checkpoint = signed.get(idOf(entry)) ?? null
    }
  }
  manifest.lanes = [...lanes.values()].sort((a, b) => a.partition - b.partition)
  manifest.entries = manifest.lanes.reduce((sum, { entries }) => sum + entries, 0)
  manifest.keyIds = [...new Set(manifest.lanes.flatMap(({ checkpoint }) => checkpoint?.keyId ?? []))]
}

export const emptyManifest = ({ format, from, to }: ExtractOptions): Manifest => ({
  'holdpoint-audit-extract': 1,
  format,
  from: from === undefined ? null : new Date(from).toISOString(),
  to: to === undefined ? null : new Date(to).toISOString(),
  entries: 0,
  lanes: [],
  keyIds: [],
  sha256: '',
})

/** What kind of extract a file is, by its first line; undefined where it is none. */
export function extractFormatOf(firstLine: string): ExtractFormat | undefined {
  if (firstLine === csvHeader) return 'csv'
  return readLine(firstLine)?.kind === 'entry' ? 'jsonl' : undefined
}

const idOf = ({ partition, sequence }: { partition: number; sequence: number }) => `${partition}:${sequence}`

function withEntry(
  lane: LaneOfExtract | undefined,
  { partition, sequence, previous, entryHash }: AuditEntry,
  checkpoint: AuditCheckpoint | undefined,
): LaneOfExtract {
  const { entries, first } = lane ?? { entries: 0, first: { sequence, previous } }
  const last = { sequence, entryHash }
  return { partition, entries: entries + 1, first, last, behind: [], checkpoint: checkpoint ?? null }
}

/** What is wrong with an extract of JSON lines, or with its proof. Of a CSV only the proof of its ends is looked at. */
export async function checkExtract(
  lines: AsyncIterable<string>,
  manifest: Manifest,
  { keys }: Expected,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const tell = (code: FindingCode, message: string) => void findings.push({ code, message })
  const ends = new Map(
    manifest.lanes.map(({ partition, first }) => [partition, { next: first.sequence, head: first.previous }]),
  )
  if (manifest.format === 'jsonl') for await (const line of lines) checkLine(line, ends, tell)
  const isSigned = signatureCheck()
  const trusted = new TrustedKeys(keys)
  for (const { partition, last, behind, checkpoint } of manifest.lanes) {
    const end = ends.get(partition)
    if (manifest.format === 'jsonl' && (end?.head !== last.entryHash || end.next !== last.sequence + 1))
      tell('TRUNCATED', `Partition ${partition}: the file does not end with entry ${last.sequence}.`)
    let head = last.entryHash
    for (const text of behind) {
      if ((JSON.parse(text) as unknown[])[placeOfPrevious] !== head)
        tell('FORKED', `Partition ${partition}: an entry behind the last does not follow it.`)
      head = sha256(text)
    }
    if (!checkpoint)
      tell('UNSIGNED', `Partition ${partition}: no signature is behind entry ${last.sequence}.`)
    else if (!isSigned(checkpoint) || checkpoint.head !== head || checkpoint.partition !== partition)
      tell('BAD_SIGNATURE', `Partition ${partition}: its last entry is not the one that was signed.`)
    else {
      const problem = trusted.problemOf(checkpoint)
      if (problem) tell('FOREIGN_KEY', `Partition ${partition}: the checkpoint ${problem}.`)
    }
  }
  return findings
}

interface End {
  next: number
  head: string
}

function checkLine(
  text: string,
  ends: ReadonlyMap<number, End>,
  tell: (code: FindingCode, message: string) => void,
): void {
  const line = readLine(text)
  const entry = line?.kind === 'entry' ? line.value : undefined
  const end = entry && ends.get(entry.partition)
  if (!entry || !end) tell('UNREADABLE', `This line is not as it was written: ${text.slice(0, 80)}`)
  else {
    const name = `entry ${entry.sequence} of partition ${entry.partition}`
    if (hashOf(entry) !== entry.entryHash) tell('EDITED', `The ${name} is not what its hash says.`)
    if (entry.sequence !== end.next || entry.previous !== end.head)
      tell('OUT_OF_ORDER', `The ${name} does not follow the one before.`)
    end.next = entry.sequence + 1
    end.head = entry.entryHash
  }
}
