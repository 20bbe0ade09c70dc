import type { ShownOrder } from '@holdpoint/desk-contract'
import { describe, expect, it } from 'vitest'
import {
  correctableFields,
  correctionsIn,
  describeChange,
  showExpression,
  showField,
  suspiciousFirst,
} from './fields.ts'

const order = {
  currency: 'GBP',
  lines: [{ lineId: '7', sku: 'A', description: '', quantity: '2', unitPrice: '1.5', discountPercent: null }],
  customer: { id: '1', postalCode: 'X' },
  billing: { terms: 'NET30' },
  shipping: { city: 'Leeds', splitDeliveries: false },
  payment: { amount: null },
} as unknown as ShownOrder

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

describe('corrections', () => {
  it('are only the changed fields, each with the value that was seen', () => {
    const edits = { 'shipping.city': 'Hull', 'shipping.splitDeliveries': 'false' }
    expect(correctionsIn(order, ['shipping.*'], edits)).toEqual([
      { path: 'shipping.city', expected: 'Leeds', value: 'Hull' },
    ])
  })
  it('leave out a field that was typed back to what it was', () =>
    expect(correctionsIn(order, ['shipping.*'], { 'shipping.city': ' Leeds ' })).toEqual([]))
  it('leave out what may not be corrected', () =>
    expect(correctionsIn(order, ['shipping.*'], { 'billing.terms': 'NET60' })).toEqual([]))
  it('offer empty and zero values before the others', () => {
    const fields = correctableFields(order, ['lines.*.quantity', 'lines.*.description'])
    expect(suspiciousFirst(fields).map((field) => field.path)).toEqual([
      'lines.7.description',
      'lines.7.quantity',
    ])
  })
})

describe('plain words', () => {
  it.each([
    [{ path: 'shipping.postalCode', from: '', to: 'LS1' }, 'Shipping postal code: (empty) → LS1'],
    [{ path: 'lines.7.unitPrice', from: '0', to: '2' }, 'Line 7 unit price: 0 → 2'],
    [{ path: 'lines.7', from: '', to: '{"lineId":"7"}' }, 'Line 7 added'],
    [{ path: 'lines.7', from: '{"lineId":"7"}', to: '' }, 'Line 7 removed'],
    [{ path: 'shipping.splitDeliveries', from: 'false', to: 'true' }, 'Shipping split deliveries: no → yes'],
  ])('tell the change %o', (change, text) => expect(describeChange(change)).toBe(text))

  it.each([
    ['order.shipping.country', 'Shipping country'],
    ['lines.maxDiscountPercent', 'Highest discount of a line, in percent'],
    ['facts.limit', 'Facts limit'],
    ['\'"D" in lines.skus\'', undefined],
  ])('name %s', (expression, name) => expect(showExpression(expression)).toBe(name))
})
