import type { Decimal, Line, Order } from './generated/types.ts'

/** Places after the point; the scale of every `decimal(18,4)`. */
const places = 4
const unitsPerOne = 10_000n
/** Longer text is no amount that anybody wrote. */
const maxText = 64
/** `decimal(18,4)`: at most 18 digits, so that the largest amount is 99999999999999.9999. */
const maxUnits = 10n ** 18n - 1n
const form = /^(-?)0*(\d*)(?:\.(\d*?)0*)?$/

/**
 * The canonical form of a decimal number: no plus sign, no exponent, no leading or trailing zeros, no `-0`.
 * Gives undefined for text that is no number, has more than four places, or more than 14 digits before the point.
 */
export function canonicalDecimal(text: string): Decimal | undefined {
  if (text.length > maxText || !/^-?\d+(\.\d+)?$/.test(text)) return undefined
  const [, sign, whole = '', fraction = ''] = form.exec(text) as RegExpExecArray
  if (fraction.length > places || whole.length > 14) return undefined
  if (whole === '' && fraction === '') return '0'
  return `${sign}${whole || '0'}${fraction && `.${fraction}`}`
}

/** Ten-thousandths of a canonical decimal, exact. */
export function unitsOf(decimal: Decimal): bigint {
  const point = decimal.indexOf('.')
  if (point < 0) return BigInt(decimal) * unitsPerOne
  return BigInt(decimal.slice(0, point) + decimal.slice(point + 1).padEnd(places, '0'))
}

/** Characters of a canonical decimal up to which its ten-thousandths, and sums of thousands of them, are safe integers. */
const smallText = 11
const zero = 48
const scale = [10_000, 1_000, 100, 10, 1] as const

/** As `unitsOf` for amounts below a thousand million, as a safe integer and ten times as fast; undefined for others. */
export function smallUnitsOf(decimal: Decimal): number | undefined {
  if (decimal.length > smallText) return undefined
  const negative = decimal.startsWith('-')
  let units = 0
  let fraction = -1
  for (let i = negative ? 1 : 0; i < decimal.length; i++) {
    const digit = decimal.charCodeAt(i) - zero
    if (digit >= 0) units = units * 10 + digit
    if (digit < 0 || fraction >= 0) fraction++
  }
  const scaled = units * (scale[fraction < 0 ? 0 : fraction] as number)
  return negative ? -scaled : scaled
}

/** The canonical decimal of a number of ten-thousandths. */
export function decimalOf(units: bigint): Decimal {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0')
  const whole = digits.slice(0, -places)
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`
}

/** Whether an amount fits `decimal(18,4)`. */
export const fitsDecimal = (units: bigint): boolean => units <= maxUnits && units >= -maxUnits

/** Value of the lines: quantity × unit price less discount, each line rounded half-even to four places. */
export const orderTotal = (order: Order): Decimal => decimalOf(orderUnits(order))

/** The same in ten-thousandths. */
export function orderUnits({ lines }: Order): bigint {
  let small = 0
  let large = 0n
  for (const line of lines) {
    const units = smallLineUnits(line)
    if (units === undefined || Math.abs(small) > maxSmallSum) large += lineUnits(line)
    else small += units
  }
  return BigInt(small) + large
}

const maxSmallSum = Number.MAX_SAFE_INTEGER / 2

/** Undefined for a line with a discount, or with amounts whose product is no safe integer. */
function smallLineUnits({ quantity, unitPrice, discountPercent }: Line): number | undefined {
  const many = smallUnitsOf(quantity)
  const each = smallUnitsOf(unitPrice)
  if (discountPercent !== null || many === undefined || each === undefined) return undefined
  const amount = many * each
  if (Math.abs(amount) > Number.MAX_SAFE_INTEGER) return undefined
  const rest = amount % 10_000
  const quotient = (amount - rest) / 10_000
  const twice = Math.abs(rest) * 2
  if (twice < 10_000 || (twice === 10_000 && quotient % 2 === 0)) return quotient
  return quotient + (amount < 0 ? -1 : 1)
}

/** Value of one line, in the same way. */
export const lineTotal = (line: Line): Decimal => decimalOf(lineUnits(line))

function lineUnits(line: Line): bigint {
  const amount = unitsOf(line.quantity) * unitsOf(line.unitPrice)
  if (line.discountPercent === null) return divideHalfEven(amount, unitsPerOne)
  const all = 100n * unitsPerOne
  return divideHalfEven(amount * (all - unitsOf(line.discountPercent)), all * unitsPerOne)
}

/** Rounds to the nearest, a tie to the even one. */
function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  const rest = dividend % divisor
  const twice = (rest < 0n ? -rest : rest) * 2n
  if (twice < divisor || (twice === divisor && quotient % 2n === 0n)) return quotient
  return quotient + (dividend < 0n ? -1n : 1n)
}
