/** Remainders of each byte at each of eight places, for eight bytes at a step. */
const tables = makeTables()

/** CRC-32C (Castagnoli) of a range of bytes, as RFC 3720 has it. */
export function crc32c(bytes: Buffer, start: number, end: number): number {
  let crc = -1
  let i = start
  for (; i + 8 <= end; i += 8) {
    const low =
      crc ^ (at(bytes, i) | (at(bytes, i + 1) << 8) | (at(bytes, i + 2) << 16) | (at(bytes, i + 3) << 24))
    crc =
      remainder(7, low & 255) ^
      remainder(6, (low >>> 8) & 255) ^
      remainder(5, (low >>> 16) & 255) ^
      remainder(4, low >>> 24) ^
      remainder(3, at(bytes, i + 4)) ^
      remainder(2, at(bytes, i + 5)) ^
      remainder(1, at(bytes, i + 6)) ^
      remainder(0, at(bytes, i + 7))
  }
  for (; i < end; i++) crc = remainder(0, (crc ^ at(bytes, i)) & 255) ^ (crc >>> 8)
  return ~crc >>> 0
}

const at = (bytes: Buffer, index: number): number => bytes[index] as number
const remainder = (place: number, byte: number): number => tables[(place << 8) | byte] as number

function makeTables(): Int32Array {
  const made = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
    made[byte] = crc
  }
  for (let i = 256; i < made.length; i++) {
    const before = made[i - 256] as number
    made[i] = (made[before & 255] as number) ^ (before >>> 8)
  }
  return made
}
