import { hash } from 'node:crypto'

/** What of a record its hash covers: where it lies in its partition, its time, and its very bytes. */
export interface HashedRecord {
  offset: number
  /** The record's own time, milliseconds UTC. */
  timestamp: number
  keyBytes: Uint8Array | null
  valueBytes: Uint8Array | null
}

const leafPrefix = 0x00
const lengthOfNull = -1
const fixedBytes = 1 + 8 + 8 + 4 + 4

/**
 * SHA-256 over 0x00, offset and time (64 bit each), and key and value, each behind its length (32 bit, -1 for
 * null), all big endian. The prefix keeps it from being taken for a node of the trail's trees, whose leaf it is: RFC 6962, section 2.1.
 */
export function recordHash({ offset, timestamp, keyBytes, valueBytes }: HashedRecord): Buffer {
  const bytes = Buffer.allocUnsafe(fixedBytes + (keyBytes?.length ?? 0) + (valueBytes?.length ?? 0))
  bytes[0] = leafPrefix
  bytes.writeBigInt64BE(BigInt(offset), 1)
  bytes.writeBigInt64BE(BigInt(timestamp), 9)
  writeSized(bytes, writeSized(bytes, 17, keyBytes), valueBytes)
  return hash('sha256', bytes, 'buffer')
}

function writeSized(into: Buffer, at: number, part: Uint8Array | null): number {
  const start = into.writeInt32BE(part?.length ?? lengthOfNull, at)
  if (part) into.set(part, start)
  return start + (part?.length ?? 0)
}
