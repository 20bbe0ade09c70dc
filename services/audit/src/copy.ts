import type { AuditCheckpoint, AuditEntry } from '@holdpoint/schemas'
import type { CoveredRecord, Found, Trail } from './trail.ts'

/**
 * A copy of a trail is text, one JSON object a line: what kind of copy it is, the checkpoints, the entries and, if
 * asked for, the records that they cover. Each line can be written in one way only, so that no byte of a copy can
 * change unnoticed.
 */
export async function* copyOf(trail: Trail): AsyncGenerator<string> {
  yield trail.records ? headers.withRecords : headers.withoutRecords
  for await (const { where, value, problem } of trail.checkpoints)
    yield checkpointLine(readable(where, value, problem))
  for await (const { where, value, problem } of trail.entries)
    yield entryLine(readable(where, value, problem))
  if (trail.records) for await (const record of trail.records) yield recordLine(record)
}

/** Reads a copy. `open` gives its lines from the beginning, each time it is called. */
export async function trailOfCopy(open: () => AsyncIterable<string>): Promise<Trail> {
  const header = await firstOf(open())
  const trail = { checkpoints: checkpointsOf(open), entries: entriesOf(open) }
  return header === headers.withoutRecords ? trail : { ...trail, records: recordsOf(open) }
}

const headers = {
  withRecords: '{"holdpoint-audit-copy":1,"records":true}',
  withoutRecords: '{"holdpoint-audit-copy":1,"records":false}',
}

const checkpointLine = ({ partition, sequence, head, keyId, publicKey, signature, at }: AuditCheckpoint) =>
  JSON.stringify({ checkpoint: { partition, sequence, head, keyId, publicKey, signature, at } })

function entryLine(entry: AuditEntry): string {
  const { partition, sequence, kind, topic, recordPartition, firstOffset, lastOffset, count, hash } = entry
  const { orderId, caseId, who, what, why, when, ruleVersion, previous, entryHash, at } = entry
  const covers = { topic, recordPartition, firstOffset, lastOffset, count, hash }
  const said = { orderId, caseId, who, what, why, when, ruleVersion }
  return JSON.stringify({ entry: { partition, sequence, kind, ...covers, ...said, previous, entryHash, at } })
}

function recordLine({ topic, partition, offset, timestamp, keyBytes, valueBytes }: CoveredRecord): string {
  const key = keyBytes && Buffer.from(keyBytes).toString('base64')
  const value = valueBytes && Buffer.from(valueBytes).toString('base64')
  return JSON.stringify({ record: { topic, partition, offset, timestamp, key, value } })
}

function readable<T>(where: string, value: T | null, problem = 'it has no value'): T {
  if (value) return value
  throw new Error(
    `${where} cannot be copied: ${problem}. Verify the trail itself to see what happened to it.`,
  )
}

const kinds = ['checkpoint', 'entry', 'record'] as const

async function* checkpointsOf(open: () => AsyncIterable<string>): AsyncGenerator<Found<AuditCheckpoint>> {
  for await (const { line, where } of linesOf(open)) {
    if (kindOf(line) !== 'checkpoint') continue
    const value = parsed<{ checkpoint: AuditCheckpoint }>(line, ({ checkpoint }) =>
      checkpointLine(checkpoint),
    )
    yield asFound(where, value?.checkpoint)
  }
}

/** Lines that are neither checkpoint, entry nor record are told as entries that cannot be read. */
async function* entriesOf(open: () => AsyncIterable<string>): AsyncGenerator<Found<AuditEntry>> {
  for await (const { line, where, first } of linesOf(open)) {
    const kind = kindOf(line)
    if (first && Object.values(headers).includes(line)) continue
    if (kind === 'checkpoint') continue
    if (kind === 'record' && !parsed<RecordLine>(line, ({ record }) => recordLine(coveredRecord(record))))
      yield asFound<AuditEntry>(where, undefined)
    if (kind === 'record') continue
    const value = parsed<{ entry: AuditEntry }>(line, ({ entry }) => entryLine(entry))
    yield asFound(where, value?.entry)
  }
}

async function* recordsOf(open: () => AsyncIterable<string>): AsyncGenerator<CoveredRecord> {
  for await (const { line } of linesOf(open)) {
    if (kindOf(line) !== 'record') continue
    const value = parsed<RecordLine>(line, ({ record }) => recordLine(coveredRecord(record)))
    if (value) yield coveredRecord(value.record)
  }
}

interface RecordLine {
  record: Omit<CoveredRecord, 'keyBytes' | 'valueBytes'> & { key: string | null; value: string | null }
}

function coveredRecord({ key, value, ...rest }: RecordLine['record']): CoveredRecord {
  const bytes = (text: string | null) => (text === null ? null : Buffer.from(text, 'base64'))
  return { ...rest, keyBytes: bytes(key), valueBytes: bytes(value) }
}

const kindOf = (line: string) => kinds.find((kind) => line.startsWith(`{"${kind}":`))

/** The object of a line; undefined when the line is not, byte for byte, how that object is written. */
function parsed<T>(line: string, write: (object: T) => string): T | undefined {
  try {
    const object = JSON.parse(line) as T
    return write(object) === line ? object : undefined
  } catch {
    return undefined
  }
}

function asFound<T>(where: string, value: T | undefined): Found<T> {
  if (value) return { where, partition: undefined, value }
  return { where, partition: undefined, value: null, problem: 'The line is not as it was written.' }
}

async function* linesOf(open: () => AsyncIterable<string>) {
  let number = 0
  for await (const line of open()) {
    number++
    yield { line, where: `line ${number} of the copy`, first: number === 1 }
  }
}

async function firstOf(lines: AsyncIterable<string>): Promise<string | undefined> {
  for await (const line of lines) return line
  return undefined
}
