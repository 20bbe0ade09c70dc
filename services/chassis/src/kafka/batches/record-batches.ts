import { type BatchContext, type FetchedMessage, type FetchedMessages, readRecords } from './records.ts'
import { maxUnpackedBytes, unpack } from './unpack.ts'
import { UnreadableBatch } from './unreadable.ts'

interface Batch {
  bytes: Buffer
  firstOffset: number
  lastOffset: number
}

/** Bytes before those that a batch's length counts; bytes before its records. */
const lengthEnd = 12
const header = 61
/** Formats of all ages have an offset, a length and here their number. */
const formatAt = 16
const newestFormat = 2
/** Bits of a batch's attributes. */
const attribute = { codec: 7, appendTime: 8, transactional: 16, control: 32 }

/**
 * The records of a partition's part of a fetch. A batch that cannot be read is handed over as one record, at the offset
 * of its last, with the batch as its value: who takes it can say so, and nothing behind it waits. Never rejects.
 *
 * What was cut off at the end, and what comes behind very much that was unpacked, is fetched again by itself.
 */
export async function readBatches(bytes: Buffer): Promise<FetchedMessages> {
  const messages: FetchedMessages = []
  let unpacked = 0
  for (let at = 0; unpacked < maxUnpackedBytes; ) {
    const batch = batchAt(bytes, at)
    if (!batch) break
    at += batch.bytes.length
    messages.next = batch.lastOffset + 1
    try {
      unpacked += await readBatch(batch, messages)
    } catch (error) {
      messages.push(unreadable(batch, error))
    }
  }
  return messages
}

/** Undefined when the bytes end within it. */
function batchAt(bytes: Buffer, at: number): Batch | undefined {
  if (at + formatAt >= bytes.length) return undefined
  const length = bytes.readInt32BE(at + 8)
  const end = at + lengthEnd + length
  if (length < 0 || end > bytes.length) return undefined
  const batch = bytes.subarray(at, end)
  const firstOffset = Number(bytes.readBigInt64BE(at))
  const more = batch[formatAt] === newestFormat && batch.length >= header ? batch.readInt32BE(23) : 0
  return { bytes: batch, firstOffset, lastOffset: firstOffset + Math.max(more, 0) }
}

/** Adds the records of a batch, all or none. Gives the bytes that were unpacked for them. */
async function readBatch(batch: Batch, messages: FetchedMessage[]): Promise<number> {
  const { bytes, firstOffset, lastOffset } = batch
  if (bytes[formatAt] !== newestFormat)
    throw new UnreadableBatch(
      `is of format ${bytes[formatAt]}; only format ${newestFormat} is in use since Kafka 0.11`,
    )
  if (bytes.length < header) throw new UnreadableBatch('ends too early')
  const codec = bytes.readInt16BE(21) & attribute.codec
  const packed = bytes.subarray(header)
  const count = bytes.readInt32BE(57)
  const records = codec === 0 || count === 0 ? packed : await unpack(codec, packed)
  for (const message of readRecords(
    records,
    { count, firstOffset, lastOffset, ...timesOf(bytes) },
    contextOf(bytes),
  ))
    messages.push(message)
  return codec === 0 ? 0 : records.length
}

/** Milliseconds UTC; `append` when the broker's own time holds for all records of the batch. */
function timesOf(bytes: Buffer): { first: number; append: number | undefined } {
  const append = bytes.readInt16BE(21) & attribute.appendTime
  return {
    first: Number(bytes.readBigInt64BE(27)),
    append: append ? Number(bytes.readBigInt64BE(35)) : undefined,
  }
}

function contextOf(bytes: Buffer): BatchContext {
  const attributes = bytes.readInt16BE(21)
  return {
    producerId: String(bytes.readBigInt64BE(43)),
    inTransaction: (attributes & attribute.transactional) > 0,
    isControlBatch: (attributes & attribute.control) > 0,
  }
}

const nobody: BatchContext = { producerId: '-1', inTransaction: false, isControlBatch: false }

function unreadable({ bytes, firstOffset, lastOffset }: Batch, error: unknown): FetchedMessage {
  const of = firstOffset === lastOffset ? `offset ${firstOffset}` : `offsets ${firstOffset} to ${lastOffset}`
  return {
    offset: String(lastOffset),
    timestamp: String(Date.now()),
    attributes: 0,
    key: null,
    value: bytes,
    headers: {},
    isControlRecord: false,
    batchContext: bytes.length >= header ? { ...contextOf(bytes), isControlBatch: false } : nobody,
    unreadable: `The batch of records of ${of} ${error instanceof Error ? error.message : error}.`,
  }
}
