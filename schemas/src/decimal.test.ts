import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonicalDecimal,
  decimalOf,
  lineTotal,
  orderTotal,
  orderUnits,
  smallUnitsOf,
  unitsOf,
} from './decimal.ts'
import type { Line } from './generated/types.ts'
import { sampleOrder } from './testing/sample-order.ts'

const units = fc.bigInt({ min: -(10n ** 18n - 1n), max: 10n ** 18n - 1n })
const line = (quantity: string, unitPrice: string, discountPercent: string | null = null): Line => ({
  lineId: '1',
  sku: '',
  description: '',
  quantity,
  unitPrice,
  discountPercent,
})

describe('the canonical form', () => {
  test.each([
    ['12.50', '12.5'],
    ['0012', '12'],
    ['-0.0', '0'],
    ['0.0001', '0.0001'],
    ['1.00000', '1'],
    ['-3.10', '-3.1'],
    ['99999999999999.9999', '99999999999999.9999'],
  ])('of %s is %s', (text, canonical) => expect(canonicalDecimal(text)).toBe(canonical))

  test.each([
    '',
    '.5',
    '5.',
    '+1',
    '1e3',
    '0.00001',
    '100000000000000',
    'NaN',
    '1 000',
    '１２',
    '--1',
    '1\n',
  ])('refuses %j', (text) => expect(canonicalDecimal(text)).toBeUndefined())

  test('is kept by units and back', () =>
    fc.assert(
      fc.property(units, (n) => {
        const text = decimalOf(n)
        expect(unitsOf(text)).toBe(n)
        expect(canonicalDecimal(text)).toBe(text)
      }),
    ))
})

/** Small amounts of every length, and large ones. */
const anyUnits = fc.oneof(
  units,
  fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  fc.bigInt({ min: -30_000n, max: 30_000n }),
)

test('small amounts are the same as a safe integer, and only they have one', () =>
  fc.assert(
    fc.property(anyUnits, (n) => {
      const small = smallUnitsOf(decimalOf(n))
      if (small === undefined) expect(decimalOf(n).length).toBeGreaterThan(11)
      else expect([Number.isSafeInteger(small), BigInt(small)]).toEqual([true, n])
    }),
  ))

describe('the total', () => {
  test('is the sum of the totals of the lines, whatever their size', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyUnits, anyUnits, fc.option(fc.bigInt({ min: 0n, max: 1_000_000n })))),
        (all) => {
          const lines = all.map(([q, p, d]) =>
            line(decimalOf(q), decimalOf(p), d === null ? null : decimalOf(d)),
          )
          const sum = lines.reduce((units, one) => units + unitsOf(lineTotal(one)), 0n)
          expect(orderUnits({ ...sampleOrder(), lines })).toBe(sum)
        },
      ),
      { numRuns: 500 },
    ))

  test('multiplies, takes the discount off and adds up', () => {
    const order = { ...sampleOrder(), lines: [line('3', '9.99', '10'), line('-1', '0.5')] }
    expect(orderTotal(order)).toBe('26.473')
  })

  test.each([
    ['0.5', '0.0001', '0'],
    ['1.5', '0.0001', '0.0002'],
    ['-0.5', '0.0001', '0'],
    ['-1.5', '0.0001', '-0.0002'],
    ['0.6', '0.0001', '0.0001'],
  ])('rounds %s × %s half-even to %s', (quantity, price, total) =>
    expect(lineTotal(line(quantity, price))).toBe(total),
  )

  test('of goods that come back is the negative of what was bought', () =>
    fc.assert(
      fc.property(units, units, fc.bigInt({ min: 0n, max: 1_000_000n }), (q, p, d) => {
        const bought = lineTotal(line(decimalOf(q), decimalOf(p), decimalOf(d)))
        const back = lineTotal(line(decimalOf(-q), decimalOf(p), decimalOf(d)))
        expect(unitsOf(back)).toBe(-unitsOf(bought))
      }),
    ))
})
