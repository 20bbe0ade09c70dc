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
export function orderTotal(order: Order): Decimal {
  return decimalOf(order.lines.reduce((sum, line) => sum + lineUnits(line), 0n))
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
