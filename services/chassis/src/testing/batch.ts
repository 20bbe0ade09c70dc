import { gzipSync, zstdCompressSync } from 'node:zlib'
import { crc32c } from '../kafka/crc32c.ts'

/** A record to be put into a batch. */
export interface TestRecord {
  key: Buffer | null
  value: Buffer | null
}

export interface BatchShape {
  firstOffset?: number
  /** Number in the attributes; 0 for none. */
  codec?: number
  /** Bits of the attributes besides the codec. */
  attributes?: number
  format?: number
  /** How many records it says that it has. */
  count?: number
  /** Milliseconds UTC. */
  time?: bigint
  /** What stands where the records do, given those that should. */
  pack?(records: Buffer): Buffer
}

/** A record batch (format 2) as a producer writes it, or not quite, with a checksum that is right in any case. */
export function batchOf(records: readonly TestRecord[], shape: BatchShape = {}): Buffer {
  const { firstOffset = 0, codec = 0, attributes = 0, format = 2, time = 1_795_000_000_000n } = shape
  const body = (shape.pack ?? ((plain) => plain))(Buffer.concat(records.map(recordOf)))
  const batch = Buffer.alloc(61 + body.length)
  batch.writeBigInt64BE(BigInt(firstOffset), 0)
  batch.writeInt32BE(batch.length - 12, 8)
  batch.writeInt8(format, 16)
  batch.writeInt16BE(codec | attributes, 21)
  batch.writeInt32BE(Math.max(records.length - 1, 0), 23)
  batch.writeBigInt64BE(time, 27)
  batch.writeBigInt64BE(time, 35)
  batch.writeBigInt64BE(-1n, 43)
  batch.writeInt16BE(-1, 51)
  batch.writeInt32BE(-1, 53)
  batch.writeInt32BE(shape.count ?? records.length, 57)
  body.copy(batch, 61)
  batch.writeUInt32BE(crc32c(batch, 21, batch.length), 17)
  return batch
}

function recordOf({ key, value }: TestRecord, offset: number): Buffer {
  const rest = Buffer.concat([Buffer.from([0, 0]), varint(offset), data(key), data(value), Buffer.from([0])])
  return Buffer.concat([varint(rest.length), rest])
}

function data(bytes: Buffer | null): Buffer {
  return bytes === null ? varint(-1) : Buffer.concat([varint(bytes.length), bytes])
}

/** Zigzag; of -1 or more. */
export function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value < 0 ? 1 : value * 2
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Buffer.from([...bytes, rest])
}

/** Packed as Java's clients pack with Snappy. */
export function framedAsJava(blocks: readonly Buffer[]): Buffer {
  const header = Buffer.from([0x82, ...Buffer.from('SNAPPY'), 0, 0, 0, 0, 1, 0, 0, 0, 1])
  const chunks = blocks.flatMap((block) => {
    const size = Buffer.alloc(4)
    size.writeInt32BE(block.length)
    return [size, block]
  })
  return Buffer.concat([header, ...chunks])
}

/** A batch of some kilobytes that unpacks to so many bytes of one value. */
export function bombOf(bytes: number, codec: 'gzip' | 'zstd'): Buffer {
  const pack = codec === 'gzip' ? gzipSync : zstdCompressSync
  return batchOf([{ key: Buffer.from('bomb'), value: Buffer.alloc(bytes) }], {
    codec: codec === 'gzip' ? 1 : 4,
    pack: (plain) => pack(plain),
  })
}
