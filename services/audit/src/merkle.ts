import { hash } from 'node:crypto'

/** What of a record its leaf holds: where it lies in its partition, its time, and its very bytes. */
export interface LeafRecord {
  offset: number
  /** The record's own time, milliseconds UTC. */
  timestamp: number
  keyBytes: Uint8Array | null
  valueBytes: Uint8Array | null
}

const leafPrefix = 0x00
const nodePrefix = 0x01
const lengthOfNull = -1
const fixedBytes = 1 + 8 + 8 + 4 + 4

/**
 * SHA-256 over 0x00, offset and time (64 bit each), and key and value, each behind its length (32 bit, -1 for
 * null), all big endian. The prefixes keep a leaf from being taken for a node: RFC 6962, section 2.1.
 */
export function leafHash({ offset, timestamp, keyBytes, valueBytes }: LeafRecord): Buffer {
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

/** Root of the tree of RFC 6962, section 2.1, over leaves that are hashed already; at least one. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  return subtree(leaves, 0, leaves.length)
}

/** The same as hexadecimal digits. */
export const merkleRoot = (leaves: readonly Buffer[]): string => rootOf(leaves).toString('hex')

function subtree(leaves: readonly Buffer[], from: number, to: number): Buffer {
  const count = to - from
  if (count === 1) return leaves[from] as Buffer
  const split = from + 2 ** Math.ceil(Math.log2(count) - 1)
  return node(subtree(leaves, from, split), subtree(leaves, split, to))
}

function node(left: Buffer, right: Buffer): Buffer {
  return hash('sha256', Buffer.concat([Buffer.of(nodePrefix), left, right]), 'buffer')
}
