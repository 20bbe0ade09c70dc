import type { Decimal } from './generated/types.ts'

/** Digits behind the point that a currency is written with (ISO 4217): 2 for GBP, 0 for JPY, 3 for KWD; 2 for none that is known. */
export function minorDigits(currency: string): number {
  const digits = digitsOf.get(currency) ?? readDigits(currency)
  // Orders may say anything: few currencies are kept.
  if (digitsOf.size < mostKept) digitsOf.set(currency, digits)
  return digits
}

/** Making a formatter takes a hundred times as long as using it. */
const digitsOf = new Map<string, number>()
const mostKept = 300

function readDigits(currency: string): number {
  try {
    const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions()
    return maximumFractionDigits
  } catch {
    return 2
  }
}

/**
 * A sum as people read it, everywhere the same: rounded half-even to the currency's minor unit, as `109.50`. The exact sum
 * stays in the data. What is no number is given back as it is.
 */
export function shownAmount(sum: Decimal, currency: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(sum)) return sum
  return formatterOf(minorDigits(currency)).format(sum as Intl.StringNumericLiteral)
}

const formatters = new Map<number, Intl.NumberFormat>()

function formatterOf(digits: number): Intl.NumberFormat {
  const formatter =
    formatters.get(digits) ??
    new Intl.NumberFormat('en', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: false,
      roundingMode: 'halfEven',
      signDisplay: 'negative',
    } as Intl.NumberFormatOptions)
  formatters.set(digits, formatter)
  return formatter
}
