import { copyBack, littleEndian } from './copies.ts'
import { UnreadableBatch } from './unreadable.ts'

const magic = 0x184d2204
/** Bits of a frame's first byte. */
const flag = { version: 0xc0, blockSums: 0x10, size: 0x08, dictionary: 0x01 }
const version1 = 0x40
/** Set in a block's size when it is not packed. */
const stored = 0x80000000
const shortestCopy = 4

interface Frame {
  start: number
  /** Bytes of the checksum behind each block. */
  sumBytes: number
  /** Most bytes that a block holds, packed or not. */
  blockBytes: number
}

/**
 * Unpacks a frame of LZ4, to at most `most` bytes; blocks may go back into those before. Its checksums are passed
 * over, as Kafka has one of the whole batch. Raises UnreadableBatch.
 */
export function unpackLz4(packed: Buffer, most: number): Buffer {
  const { start, sumBytes, blockBytes } = frameOf(packed)
  let out: Buffer = Buffer.allocUnsafe(Math.min(most, 4 * packed.length))
  let to = 0
  for (let from = start; ; ) {
    const head = littleEndian(packed, from, 4)
    if (head === 0) return out.subarray(0, to)
    const size = head % stored
    const block = packed.subarray(from + 4, from + 4 + size)
    if (block.length < size) throw new UnreadableBatch('ends too early')
    const unpacked = head >= stored ? size : unpackedBytes(block)
    if (unpacked > blockBytes) throw new UnreadableBatch('has a block larger than its frame allows')
    if (unpacked > most - to) throw new UnreadableBatch(`unpacks to more than ${most} bytes`)
    if (to + unpacked > out.length) out = grown(out, to, Math.min(most, 2 * (to + unpacked)))
    if (head >= stored) block.copy(out, to)
    else unpackBlock(block, out.subarray(0, to + unpacked), to)
    to += unpacked
    from += 4 + size + sumBytes
  }
}

function frameOf(packed: Buffer): Frame {
  if (packed.length < 7 || packed.readUInt32LE(0) !== magic)
    throw new UnreadableBatch('does not begin as a frame of LZ4 does')
  const flags = packed[4] as number
  const code = ((packed[5] as number) >>> 4) & 7
  if ((flags & flag.version) !== version1 || code < 4 || flags & flag.dictionary)
    throw new UnreadableBatch('is a frame of LZ4 of an unknown kind')
  return {
    start: 7 + (flags & flag.size ? 8 : 0),
    sumBytes: flags & flag.blockSums ? 4 : 0,
    // 64 kB, 256 kB, 1 MB or 4 MB.
    blockBytes: 2 ** (8 + 2 * code),
  }
}

function grown(bytes: Buffer, used: number, size: number): Buffer {
  const larger = Buffer.allocUnsafe(size)
  bytes.copy(larger, 0, 0, used)
  return larger
}

interface Sequence {
  literal: number
  literalAt: number
  /** 0 behind the last literal of a block. */
  copy: number
  back: number
  next: number
}

/** Bytes that a block unpacks to, found by walking over it. */
function unpackedBytes(block: Buffer): number {
  let bytes = 0
  for (let at = 0; at < block.length; ) {
    const { literal, copy, next } = sequenceAt(block, at)
    bytes += literal + copy
    at = next
  }
  return bytes
}

/** Unpacks behind `start`, up to the end of `out`. */
function unpackBlock(block: Buffer, out: Buffer, start: number): void {
  let to = start
  for (let at = 0; at < block.length; ) {
    const { literal, literalAt, copy, back, next } = sequenceAt(block, at)
    block.copy(out, to, literalAt, literalAt + literal)
    to += literal
    if (copy > 0) to = copyBack(out, to, back, copy)
    at = next
  }
}

/** A literal, and a copy of what came before, but for the last one. */
function sequenceAt(block: Buffer, at: number): Sequence {
  const token = block[at] as number
  const literal = lengthAt(block, at + 1, token >>> 4)
  const end = literal.next + literal.length
  if (end > block.length) throw new UnreadableBatch('ends too early')
  if (end === block.length)
    return { literal: literal.length, literalAt: literal.next, copy: 0, back: 0, next: end }
  const copy = lengthAt(block, end + 2, token & 15)
  return {
    literal: literal.length,
    literalAt: literal.next,
    copy: copy.length + shortestCopy,
    back: littleEndian(block, end, 2),
    next: copy.next,
  }
}

/** Four bits hold up to 14; 15 goes on in the bytes behind, as long as they are 255. */
function lengthAt(block: Buffer, start: number, bits: number): { length: number; next: number } {
  let length = bits
  let at = start
  for (let byte = bits === 15 ? 255 : 0; byte === 255; ) {
    byte = littleEndian(block, at++, 1)
    length += byte
  }
  return { length, next: at }
}
