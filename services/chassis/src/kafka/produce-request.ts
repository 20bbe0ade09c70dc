import { crc32c } from './crc32c.ts'

export interface RecordHeader {
  name: string
  value: Buffer
}

/** A record as the client's producer takes it, but that its headers are a list. */
export interface ProducedMessage {
  key?: Buffer | string | null
  value: Buffer | string | null
  headers?: readonly RecordHeader[] | undefined
  timestamp?: unknown
}

/** What the client knows when it has grouped records by topic and partition. */
export interface ProduceRequest {
  transactionalId?: string | null
  acks: number
  /** Milliseconds. */
  timeout: number
  compression?: number
  /** A long as text. */
  producerId?: unknown
  producerEpoch?: number
  topicData: readonly {
    topic: string
    partitions: readonly ProducedPartition[]
  }[]
}

export interface ProducedPartition extends Partial<ProducerIdentity> {
  partition: number
  firstSequence?: number
  messages: readonly ProducedMessage[]
}

/** Where a partition has none of its own, that of the request holds. */
interface ProducerIdentity {
  producerId: unknown
  producerEpoch: number
}

/** Bytes of a record batch before its records, and of what its length does not count. */
const batchHeader = 61
const notCounted = 12
/** From here on the bytes of a batch are under its checksum. */
const checkedFrom = 21
const transactional = 16

/** Whether `produceRequest` can write it: a record with the client's own form of headers or a time of its own is not. */
export function isPlain({ compression, topicData }: ProduceRequest): boolean {
  return (
    !compression &&
    topicData.every(({ partitions }) =>
      partitions.every(({ messages }) =>
        messages.every(({ headers, timestamp }) => (!headers || Array.isArray(headers)) && !timestamp),
      ),
    )
  )
}

/**
 * Its answer is given as it is: errors of single partitions are for the caller to see, and reject nothing. Only the
 * partitions can tell: the client hands no property of the request on but its own.
 */
export function isOfSeveralWriters({ topicData }: ProduceRequest): boolean {
  return topicData.some(({ partitions }) => partitions.some(({ producerId }) => producerId !== undefined))
}

/**
 * The body of a Produce request, versions 3 to 7, with one record batch (magic 2) for each partition: the bytes that
 * the client itself would write, in one buffer instead of one for each record and six copies of all.
 * `now`: milliseconds UTC.
 */
export function produceRequest(request: ProduceRequest, now: number): Buffer {
  const { transactionalId = null, acks, timeout, topicData } = request
  const out = new Writer(requestSize(request))
  out.text(transactionalId)
  out.int16(acks)
  out.int32(timeout)
  out.int32(topicData.length)
  for (const { topic, partitions } of topicData) {
    out.text(topic)
    out.int32(partitions.length)
    for (const part of partitions) {
      out.int32(part.partition)
      writeBatch(out, request, part, now)
    }
  }
  return out.bytes
}

function writeBatch(out: Writer, request: ProduceRequest, part: ProducedPartition, now: number): void {
  const { firstSequence = 0, messages } = part
  const { producerId = request.producerId ?? -1, producerEpoch = request.producerEpoch ?? 0 } = part
  const size = batchSize(messages)
  out.int32(size)
  const start = out.at
  out.int64(0n)
  out.int32(size - notCounted)
  out.int32(0)
  out.int8(2)
  out.int32(0)
  out.int16(request.transactionalId ? transactional : 0)
  out.int32(messages.length - 1)
  out.int64(BigInt(now))
  out.int64(BigInt(now))
  out.int64(BigInt(String(producerId)))
  out.int16(producerEpoch)
  out.int32(firstSequence)
  out.int32(messages.length)
  for (let i = 0; i < messages.length; i++) writeRecord(out, messages[i] as ProducedMessage, i)
  out.bytes.writeUInt32BE(crc32c(out.bytes, start + checkedFrom, out.at), start + checkedFrom - 4)
}

/** Attributes and time since the batch's are zero. */
function writeRecord(out: Writer, message: ProducedMessage, offset: number): void {
  const { key, value, headers = [] } = message
  out.varint(recordSize(message, offset))
  out.int8(0)
  out.int8(0)
  out.varint(offset)
  out.data(key)
  out.data(value)
  out.varint(headers.length)
  for (const { name, value } of headers) {
    out.data(name)
    out.data(value)
  }
}

function requestSize({ transactionalId, topicData }: ProduceRequest): number {
  let size = 2 + lengthOf(transactionalId) + 2 + 4 + 4
  for (const { topic, partitions } of topicData) {
    size += 2 + lengthOf(topic) + 4
    for (const { messages } of partitions) size += 8 + batchSize(messages)
  }
  return size
}

function batchSize(messages: readonly ProducedMessage[]): number {
  let size = batchHeader
  for (let i = 0; i < messages.length; i++) {
    const record = recordSize(messages[i] as ProducedMessage, i)
    size += varintSize(record) + record
  }
  return size
}

function recordSize({ key, value, headers = [] }: ProducedMessage, offset: number): number {
  let size = 2 + varintSize(offset) + dataSize(key) + dataSize(value) + varintSize(headers.length)
  for (const { name, value } of headers) size += dataSize(name) + dataSize(value)
  return size
}

function dataSize(data: Buffer | string | null | undefined): number {
  if (data === null || data === undefined) return 1
  const length = lengthOf(data)
  return varintSize(length) + length
}

function lengthOf(data: Buffer | string | null | undefined): number {
  return typeof data === 'string' ? Buffer.byteLength(data) : (data?.length ?? 0)
}

/** Bytes of a zigzag number of 0 or more. */
function varintSize(value: number): number {
  let size = 1
  for (let rest = value << 1; rest > 127; rest >>>= 7) size++
  return size
}

class Writer {
  readonly bytes: Buffer
  at = 0

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size)
  }

  int8(value: number): void {
    this.bytes[this.at++] = value
  }

  int16(value: number): void {
    this.at = this.bytes.writeInt16BE(value, this.at)
  }

  int32(value: number): void {
    this.at = this.bytes.writeInt32BE(value, this.at)
  }

  int64(value: bigint): void {
    this.at = this.bytes.writeBigInt64BE(value, this.at)
  }

  /** Zigzag; of -1 or more. */
  varint(value: number): void {
    let rest = value < 0 ? 1 : value << 1
    for (; rest > 127; rest >>>= 7) this.bytes[this.at++] = (rest & 127) | 128
    this.bytes[this.at++] = rest
  }

  /** Its length in 16 bits, -1 for null. */
  text(value: string | null): void {
    this.int16(value === null ? -1 : Buffer.byteLength(value))
    if (value !== null) this.at += this.bytes.write(value, this.at)
  }

  /** Its length as a varint, -1 for null. */
  data(value: Buffer | string | null | undefined): void {
    this.varint(value === null || value === undefined ? -1 : lengthOf(value))
    if (typeof value === 'string') this.at += this.bytes.write(value, this.at)
    else if (value) this.at += value.copy(this.bytes, this.at)
  }
}
