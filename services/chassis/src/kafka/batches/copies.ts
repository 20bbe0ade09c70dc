import { UnreadableBatch } from './unreadable.ts'

/**
 * The one step that Snappy and LZ4 share: repeats what stands `back` bytes before `to`, which may run into what is
 * being written. Gives where it ends; raises UnreadableBatch.
 */
export function copyBack(out: Buffer, to: number, back: number, length: number): number {
  if (back === 0 || back > to || length > out.length - to)
    throw new UnreadableBatch('copies from or to where nothing is')
  if (back >= length) out.copyWithin(to, to - back, to - back + length)
  else for (let i = to; i < to + length; i++) out[i] = out[i - back] as number
  return to + length
}

/** A little-endian number of 1 to 4 bytes. Raises UnreadableBatch. */
export function littleEndian(bytes: Buffer, at: number, width: number): number {
  if (at + width > bytes.length) throw new UnreadableBatch('ends too early')
  return bytes.readUIntLE(at, width)
}
