/**
 * Decimals between canonical text and the bytes of Avro: two's complement, big-endian, as short as can be.
 * Amounts below 2^47 units, all that occur in practice, go through doubles, which hold them exactly.
 */
import { canonicalDecimal, decimalOf, fitsDecimal, unitsOf } from './decimal.ts'

/** Longest decimal that fits: 8 bytes hold every number of 18 digits. */
export const maxDecimalBytes = 8
/** A signed number of so many bytes is exact in a double. */
const exactBytes = 6
/** So long a text, with four places added, is exact in a double. */
const exactText = 11
const powers = [1, 10, 100, 1_000, 10_000]
const fractions: (string | undefined)[] = new Array(10_000)

/** Reads `length` bytes as canonical text. Raises RangeError when the number has more than 18 digits. */
export function readDecimal(bytes: Buffer, start: number, length: number, scale: number): string {
  if (length > exactBytes) return readLarge(bytes.toString('hex', start, start + length), length, scale)
  let units = ((bytes[start] ?? 0) << 24) >> 24
  for (let i = start + 1; i < start + length; i++) units = units * 256 + (bytes[i] ?? 0)
  return textOf(scale === 4 ? units : units * (powers[4 - scale] as number))
}

/** Writes a decimal behind `start` and gives the position behind it; undefined when the text is no decimal. */
export function writeDecimal(bytes: Buffer, start: number, text: string, scale: number): number | undefined {
  const units = scale === 4 ? smallUnits(text) : Number.NaN
  if (Number.isNaN(units)) return writeLarge(bytes, start, text, scale)
  let length = 1
  for (let limit = 128; units >= limit || units < -limit; limit *= 256) length++
  let rest = units
  bytes[start] = length << 1
  for (let i = start + length; i > start; i--) {
    bytes[i] = rest & 255
    rest = Math.floor(rest / 256)
  }
  return start + length + 1
}

function textOf(units: number): string {
  const amount = Math.abs(units)
  const fraction = amount % 10_000
  const whole = (amount - fraction) / 10_000
  if (fraction === 0) return String(units < 0 ? -whole : whole)
  return `${units < 0 ? '-' : ''}${whole}${fractionText(fraction)}`
}

function fractionText(fraction: number): string {
  fractions[fraction] ??= `.${String(fraction).padStart(4, '0').replace(/0+$/, '')}`
  return fractions[fraction]
}

/** Units of a short decimal; NaN when it is long or none. */
function smallUnits(text: string): number {
  if (text.length > exactText) return Number.NaN
  const negative = text.charCodeAt(0) === 45
  let units = 0
  let point = text.length
  for (let i = negative ? 1 : 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 46 && point === text.length && i > 0) point = i + 1
    else if (code >= 48 && code <= 57) units = units * 10 + code - 48
    else return Number.NaN
  }
  const power = powers[4 - (text.length - point)]
  if (power === undefined || text.length === (negative ? 1 : 0)) return Number.NaN
  return (negative ? -units : units) * power
}

function readLarge(hex: string, length: number, scale: number): string {
  const units = BigInt.asIntN(8 * length, BigInt(`0x${hex}`)) * BigInt(10 ** (4 - scale))
  if (!fitsDecimal(units)) throw new RangeError('a decimal of more than 18 digits')
  return decimalOf(units)
}

function writeLarge(bytes: Buffer, start: number, text: string, scale: number): number | undefined {
  const canonical = canonicalDecimal(text)
  if (canonical === undefined) return undefined
  const step = BigInt(10 ** (4 - scale))
  let rest = unitsOf(canonical)
  if (rest % step !== 0n) return undefined
  rest /= step
  let length = 1
  while (BigInt.asIntN(8 * length, rest) !== rest) length++
  bytes[start] = length << 1
  for (let i = start + length; i > start; i--) {
    bytes[i] = Number(rest & 255n)
    rest >>= 8n
  }
  return start + length + 1
}
