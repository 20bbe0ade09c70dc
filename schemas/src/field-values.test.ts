import { describe, expect, it } from 'vitest'
import { valueProblems } from './field-values.ts'
import { sampleOrder } from './testing/sample-order.ts'

const problems = (...fields: [path: string, value: string][]) =>
  valueProblems(
    sampleOrder(),
    fields.map(([path, value]) => ({ path, value })),
  ).map(({ index, path, message }) => [index, path, message])

describe('values that somebody wants to set', () => {
  it('are all right when every field takes its value, in whatever form', () => {
    expect(
      problems(
        ['shipping.street', '14 Harbour Lane\nUnit 2'],
        ['lines.1.unitPrice', '8.50'],
        ['lines.2.unitPrice', '8.5'],
        ['declaredTotal', ''],
        ['lines.1.discountPercent', '100'],
        ['lines.2.discountPercent', ''],
      ),
    ).toEqual([])
  })

  it('name a field once', () => {
    expect(problems(['shipping.city', 'Leeds'], ['shipping.name', 'X'], ['shipping.city', 'Hull'])).toEqual([
      [2, 'shipping.city', '"shipping.city" is named twice: give it one value.'],
    ])
  })

  it.each([
    ['shipping.planet', 'Mars', 'no field'],
    ['lines.99.quantity', '2', 'no field'],
    ['lines.1.quantity', 'many', 'decimal number'],
    ['lines.1.discountPercent', '100.5', 'at most 100 percent'],
    ['lines.1.discountPercent', '-1', 'at least 0'],
    ['shipping.splitDeliveries', 'perhaps', 'true or false'],
    ['shipping.city', 'Le\0eds', 'cannot be seen'],
    ['shipping.city', 'Le\u001b[31meds', 'cannot be seen'],
    ['shipping.city', 'Le\u0085eds', 'cannot be seen'],
    ['shipping.city', 'Leeds \ud800', 'takes text'],
    ['shipping.city', 'x'.repeat(2_001), 'shorten it'],
    ['shipping.country', ' ', 'blanks that say nothing'],
    ['shipping.postalCode', '\u200b', 'blanks that say nothing'],
    ['shipping.requestedDate', '2026-02-30', 'no 30 February 2026'],
    ['customer.email', 'notanemail', 'no e-mail address'],
    ['currency', 'XXQ', 'ISO 4217'],
  ])('cannot be set: %s to %j', (path, value, says) => {
    expect(problems([path, value])).toEqual([[0, path, expect.stringContaining(says)]])
  })

  it('are not repeated at length', () => {
    const long = 'x'.repeat(1_999)
    const found = problems(['lines.1.quantity', long], [`shipping.${long}`, ''])
    expect(found).toHaveLength(2)
    for (const [, , message] of found) expect(String(message).length).toBeLessThan(400)
  })
})
