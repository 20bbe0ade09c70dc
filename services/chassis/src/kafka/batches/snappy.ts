import { copyBack, littleEndian } from './copies.ts'
import { UnreadableBatch } from './unreadable.ts'

/**
 * Java's clients cut what they pack into chunks, each behind its size, behind this and two versions of 4 bytes each;
 * librdkafka writes one block as it is.
 */
const javaMagic = Buffer.from([0x82, ...Buffer.from('SNAPPY'), 0])
const javaHeaderBytes = 16

/** Unpacks Snappy as the clients of Kafka write it, to at most `most` bytes. Raises UnreadableBatch. */
export function unpackSnappy(packed: Buffer, most: number): Buffer {
  if (!packed.subarray(0, javaMagic.length).equals(javaMagic)) return unpackBlock(packed, most)
  const chunks: Buffer[] = []
  let left = most
  for (let at = javaHeaderBytes; at < packed.length; ) {
    const size = at + 4 <= packed.length ? packed.readInt32BE(at) : -1
    const end = at + 4 + size
    if (size < 0 || end > packed.length) throw new UnreadableBatch('has a chunk that ends too early')
    const chunk = unpackBlock(packed.subarray(at + 4, end), left)
    chunks.push(chunk)
    left -= chunk.length
    at = end
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
}

/** Bytes of the distance, by the two lowest bits of a tag; a literal has none. */
const distanceBytes = [0, 1, 2, 4] as const

/** One block: its unpacked size, then literals and copies of what came before. */
function unpackBlock(packed: Buffer, most: number): Buffer {
  const { size, at } = sizeOf(packed)
  if (size > most) throw new UnreadableBatch(`unpacks to more than ${most} bytes`)
  const out = Buffer.allocUnsafe(size)
  let from = at
  let to = 0
  while (from < packed.length) {
    const tag = packed[from++] as number
    const width = distanceBytes[(tag & 3) as 0 | 1 | 2 | 3]
    if (width === 0) {
      const { length, start } = literalAt(packed, tag, from)
      if (length > out.length - to) throw new UnreadableBatch('unpacks to more than it says')
      packed.copy(out, to, start, start + length)
      from = start + length
      to += length
    } else {
      const low = littleEndian(packed, from, width)
      from += width
      to =
        width === 1
          ? copyBack(out, to, low + (tag >>> 5) * 256, 4 + ((tag >>> 2) & 7))
          : copyBack(out, to, low, 1 + (tag >>> 2))
    }
  }
  if (to !== size) throw new UnreadableBatch(`unpacks to ${to} bytes and not to the ${size} that it says`)
  return out
}

/** Up to 60 bytes have their length in the tag, more in the 1 to 4 bytes behind it. */
function literalAt(packed: Buffer, tag: number, from: number): { length: number; start: number } {
  const width = Math.max((tag >>> 2) - 59, 0)
  const length = 1 + (width > 0 ? littleEndian(packed, from, width) : tag >>> 2)
  if (length > packed.length - from - width) throw new UnreadableBatch('ends too early')
  return { length, start: from + width }
}

function sizeOf(packed: Buffer): { size: number; at: number } {
  let size = 0
  for (let at = 0; at < 5; at++) {
    const byte = packed[at]
    if (byte === undefined) break
    size += (byte & 127) * 2 ** (7 * at)
    if (byte < 128) return { size, at: at + 1 }
  }
  throw new UnreadableBatch('does not say to how much it unpacks')
}
