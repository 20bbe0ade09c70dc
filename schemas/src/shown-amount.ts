import type { Decimal } from './generated/types.ts'

/** Digits behind the point that a currency is written with (ISO 4217): 2 for GBP, 0 for JPY, 3 for KWD; 2 for none that is known. */
export function minorDigits(currency: string): number {
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
  const digits = minorDigits(currency)
  return new Intl.NumberFormat('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
    roundingMode: 'halfEven',
    signDisplay: 'negative',
  } as Intl.NumberFormatOptions).format(sum as Intl.StringNumericLiteral)
}
