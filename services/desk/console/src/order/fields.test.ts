import { describe, expect, it } from 'vitest'
import type { OrderRecord } from '../api/types.ts'
import { correctableFields, showField } from './fields.ts'

const order = {
  currency: 'GBP',
  lines: [{ lineId: '7', sku: 'A', description: '', quantity: '2', unitPrice: '1.5', discountPercent: null }],
  customer: { id: '1', postalCode: 'X' },
  billing: { terms: 'NET30' },
  shipping: { city: 'Leeds', splitDeliveries: false },
  payment: { amount: null },
} as unknown as OrderRecord

const paths = (...patterns: string[]) => correctableFields(order, patterns).map((field) => field.path)

describe('fields that a case lets people correct', () => {
  it('takes every field of a group', () =>
    expect(paths('shipping.*')).toEqual(['shipping.city', 'shipping.splitDeliveries']))
  it('takes one field of every line', () => expect(paths('lines.*.quantity')).toEqual(['lines.7.quantity']))
  it('takes nothing that no pattern names', () => expect(paths()).toEqual([]))
  it('does not let a group pattern reach into lines', () => expect(paths('lines.*')).toEqual([]))
  it('never offers the id of a line', () => expect(paths('lines.*.lineId')).toEqual([]))
  it('shows an absent value as empty', () =>
    expect(correctableFields(order, ['payment.amount'])[0]?.value).toBe(''))
  it('names fields in plain words', () => expect(showField('postalCode')).toBe('Postal code'))
})
