import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import avro from 'avsc'

/** A record as Kafka's Java client saw it. */
export interface RawRecord {
  topic: string
  partition: number
  offset: number
  /** Milliseconds UTC. */
  timestamp: number
  key: Buffer | null
  value: Buffer | null
}

/** A record with its message; undefined when its bytes are no message of any schema. */
export interface SeenRecord extends RawRecord {
  message: unknown
}

const chunkBytes = 8 * 1024 * 1024

/** The records of a file of ReadRecords.java, in its order; `.gz` is unpacked whole. */
export function* recordsIn(path: string): Generator<RawRecord> {
  const chunks = path.endsWith('.gz') ? [gunzipSync(readFileSync(path))] : chunksOf(path)
  let rest: Buffer = Buffer.alloc(0)
  for (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    for (let next = frameAt(rest, at); next; next = frameAt(rest, at)) {
      yield next.record
      at = next.end
    }
    rest = rest.subarray(at)
  }
  if (rest.length > 0) throw new Error(`${path} ends within a record.`)
}

function* chunksOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const chunk = Buffer.allocUnsafe(chunkBytes)
      const read = readSync(file, chunk)
      if (read === 0) return
      yield chunk.subarray(0, read)
    }
  } finally {
    closeSync(file)
  }
}

function frameAt(bytes: Buffer, start: number): { record: RawRecord; end: number } | undefined {
  const topic = sizedAt(bytes, start)
  if (!topic || topic.end + 20 > bytes.length) return undefined
  const key = sizedAt(bytes, topic.end + 20)
  const value = key && sizedAt(bytes, key.end)
  if (!value) return undefined
  const record = {
    topic: String(topic.part),
    partition: bytes.readInt32BE(topic.end),
    offset: Number(bytes.readBigInt64BE(topic.end + 4)),
    timestamp: Number(bytes.readBigInt64BE(topic.end + 12)),
    key: key.part,
    value: value.part,
  }
  return { record, end: value.end }
}

function sizedAt(bytes: Buffer, at: number): { part: Buffer | null; end: number } | undefined {
  if (at + 4 > bytes.length) return undefined
  const length = bytes.readInt32BE(at)
  if (length < 0) return { part: null, end: at + 4 }
  const end = at + 4 + length
  return end > bytes.length ? undefined : { part: bytes.subarray(at + 4, end), end }
}

/** Decodes with the writer's schema of each record; instants stay numbers, decimals stay bytes. */
export function* decodedRecords(records: string, schemas: string): Generator<SeenRecord> {
  const known = JSON.parse(readFileSync(schemas, 'utf8')) as Record<string, avro.Schema>
  const types = new Map(
    Object.entries(known).map(([id, schema]) => [Number(id), avro.Type.forSchema(schema)]),
  )
  for (const record of recordsIn(records)) yield { ...record, message: messageOf(record.value, types) }
}

function messageOf(value: Buffer | null, types: ReadonlyMap<number, avro.Type>): unknown {
  if (value === null) return null
  const type = value.length > 5 && value[0] === 0 ? types.get(value.readInt32BE(1)) : undefined
  try {
    return type?.fromBuffer(value.subarray(5))
  } catch {
    return undefined
  }
}
