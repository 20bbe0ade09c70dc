import type { IHeaders, KafkaMessage } from 'kafkajs'
import { UnreadableBatch } from './unreadable.ts'

/** What the client asks of a record's batch, to leave out what was aborted. */
export interface BatchContext {
  producerId: string
  inTransaction: boolean
  isControlBatch: boolean
}

/** A record as the client hands it over. */
export interface FetchedMessage extends Omit<KafkaMessage, 'size'> {
  isControlRecord: boolean
  batchContext: BatchContext
  /** Why the batch that is the value could not be read; what records it has is not known. */
  unreadable?: string
}

/** The records of some batches. Compaction leaves batches without any, so the offset behind them is told besides. */
export type FetchedMessages = FetchedMessage[] & { next?: number }

/** What a batch says of its records. */
export interface BatchHead {
  count: number
  firstOffset: number
  lastOffset: number
  /** Milliseconds UTC, of which the records' own are counted. */
  first: number
  /** Milliseconds UTC, for all records alike. */
  append: number | undefined
}

/** A record takes 7 bytes at least: its length, attributes, time, offset, key, value, headers. */
const leastBytes = 7
/** Milliseconds that a date can hold. */
const maxInstant = 8_640_000_000_000_000

/** The records of a batch, once they are unpacked. Raises UnreadableBatch rather than read beyond any of their ends. */
export function readRecords(bytes: Buffer, head: BatchHead, context: BatchContext): FetchedMessage[] {
  if (head.count < 0 || head.count * leastBytes > bytes.length)
    throw new UnreadableBatch(`says that it has ${head.count} records, and its bytes hold fewer`)
  const at = new Cursor(bytes)
  const messages: FetchedMessage[] = []
  for (let i = 0; i < head.count; i++) messages.push(readRecord(at, head, context))
  if (at.pos !== bytes.length)
    throw new UnreadableBatch(`has ${bytes.length - at.pos} bytes behind its last record`)
  return messages
}

function readRecord(
  at: Cursor,
  { firstOffset, lastOffset, first, append }: BatchHead,
  batchContext: BatchContext,
): FetchedMessage {
  const length = at.varint()
  const end = at.pos + length
  const attributes = at.byte()
  const time = at.varlong()
  const offset = firstOffset + at.varint()
  const key = at.data()
  const value = at.data()
  const headers = readHeaders(at)
  if (at.pos !== end) throw new UnreadableBatch(`has a record of ${length} bytes that ends elsewhere`)
  if (offset < firstOffset || offset > lastOffset)
    throw new UnreadableBatch(`has a record for offset ${offset}, which is not its own`)
  return {
    offset: String(offset),
    timestamp: String(instant(append ?? first + time)),
    attributes,
    key,
    value,
    headers,
    isControlRecord: batchContext.isControlBatch,
    batchContext,
  }
}

/** A producer may say any 64 bits. */
function instant(time: number): number {
  return Math.min(Math.max(time, -maxInstant), maxInstant)
}

function readHeaders(at: Cursor): IHeaders {
  const headers: IHeaders = {}
  const count = at.varint()
  if (count < 0 || count > at.left) throw new UnreadableBatch(`has a record with ${count} headers`)
  for (let i = 0; i < count; i++) {
    const name = at.data()
    if (name === null) throw new UnreadableBatch('has a header without a name')
    const value = at.data()
    Object.defineProperty(headers, name.toString(), {
      value: value ?? undefined,
      enumerable: true,
      configurable: true,
    })
  }
  return headers
}

class Cursor {
  readonly bytes: Buffer
  pos = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  get left(): number {
    return this.bytes.length - this.pos
  }

  byte(): number {
    const byte = this.bytes[this.pos++]
    if (byte === undefined) throw new UnreadableBatch('ends too early')
    return byte
  }

  /** Zigzag, 32 bits. */
  varint(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      value |= (byte & 127) << shift
      if (byte < 128) return (value >>> 1) ^ -(value & 1)
    }
    throw new UnreadableBatch('has a number of more than 32 bits')
  }

  /** Zigzag, 64 bits; rounded beyond 2^53. */
  varlong(): number {
    let value = 0
    for (let factor = 1, bytes = 0; bytes < 10; bytes++, factor *= 128) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    }
    throw new UnreadableBatch('has a number of more than 64 bits')
  }

  /** Bytes behind their length; null when that is -1. */
  data(): Buffer | null {
    const length = this.varint()
    if (length === -1) return null
    if (length < 0 || length > this.left) throw new UnreadableBatch('ends too early')
    this.pos += length
    return this.bytes.subarray(this.pos - length, this.pos)
  }
}
