import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderDigest } from './digest.ts'
import { diffOrders, fieldMatches, isField, orderFields, readField, writeField } from './order-path.ts'
import { arbitraryOrder, textFor } from './testing/arbitrary-order.ts'
import { sampleOrder } from './testing/sample-order.ts'

const order = sampleOrder()
const written = (path: string, text: string, from = order) => {
  const result = writeField(from, path, text)
  if ('problem' in result) throw new Error(result.problem)
  return result.order
}
const problem = (path: string, text: string) => writeField(order, path, text) as { problem: string }

describe('reading', () => {
  test.each([
    ['shipping.city', 'Whitby'],
    ['currency', 'GBP'],
    ['lines.2.quantity', '7'],
    ['lines.2.discountPercent', ''],
    ['declaredTotal', ''],
    ['payment.amount', '199.5'],
    ['shipping.splitDeliveries', 'false'],
    ['placedAt', '2026-02-24T11:00:00.000Z'],
  ])('%s gives %j', (path, text) => expect(readField(order, path)).toBe(text))

  test.each([
    'shipping',
    'shipping.town',
    'lines',
    'lines.2',
    'lines.9.quantity',
    'lines..quantity',
    '',
    'facts.x',
    '__proto__',
    'constructor',
    'shipping.__proto__',
    'lines.2.__proto__',
    'toString',
  ])('%j is no path of it', (path) => expect(readField(order, path)).toBeUndefined())

  test('line ids may hold points', () => {
    const dotted = { ...order, lines: order.lines.map((line) => ({ ...line, lineId: `1.${line.lineId}` })) }
    expect(readField(dotted, 'lines.1.2.sku')).toBe('85121A')
  })
})

describe('writing', () => {
  test('leaves the order as it was and gives a copy', () => {
    const next = written('shipping.city', 'Leeds')
    expect([order.shipping.city, next.shipping.city]).toEqual(['Whitby', 'Leeds'])
    expect(next.billing).toBe(order.billing)
  })

  test('brings decimals into canonical form', () =>
    expect(written('lines.1.quantity', '06.50').lines[0]?.quantity).toBe('6.5'))

  test.each([
    ['lines.1.quantity', 'six', 'decimal number'],
    ['lines.1.quantity', '', 'decimal number'],
    ['shipping.splitDeliveries', 'yes', 'true or false'],
    ['placedAt', 'tomorrow', 'instant'],
    ['placedAt', '2026-02-30T00:00:00Z', 'instant'],
    ['lines.7.quantity', '1', 'no line 7'],
    ['shipping.town', 'x', 'no field shipping.town'],
    ['customer.name', '\ud800', 'text'],
  ])('%s = %j is refused', (path, text, words) => expect(problem(path, text).problem).toContain(words))

  test('what was written is what is read, and nothing else changed', () =>
    fc.assert(
      fc.property(arbitraryOrder, fc.constantFrom(...orderFields()), fc.gen(), (any, field, g) => {
        const path = field.path.replace('*', any.lines[0]?.lineId ?? 'none')
        const before = readField(any, path)
        if (before === undefined || field.path === 'lines.*.lineId') return
        const text = g(() => textFor(field))
        const after = written(path, text, any)
        expect(readField(after, path)).toBe(text)
        expect(diffOrders(any, after)).toEqual(before === text ? [] : [{ path, from: before, to: text }])
      }),
    ))
})

describe('differences', () => {
  test('there are none exactly when the digests agree', () =>
    fc.assert(
      fc.property(arbitraryOrder, arbitraryOrder, fc.boolean(), (a, b, same) => {
        const other = same ? structuredClone(a) : b
        expect(diffOrders(a, other).length === 0).toBe(orderDigest(a) === orderDigest(other))
      }),
    ))

  test('a line that came or went is one difference with the whole line', () => {
    const second = order.lines[1]
    const without = { ...order, lines: order.lines.slice(0, 1) }
    expect(diffOrders(order, without)).toEqual([{ path: 'lines.2', from: JSON.stringify(second), to: '' }])
    expect(diffOrders(without, order)).toEqual([{ path: 'lines.2', from: '', to: JSON.stringify(second) }])
  })

  test('lines that only change places are told', () =>
    expect(diffOrders(order, { ...order, lines: order.lines.toReversed() })).toEqual([
      { path: 'lines', from: '["1","2"]', to: '["2","1"]' },
    ]))

  test('a first revision differs in everything that it has', () => {
    const paths = diffOrders(null, order).map((d) => d.path)
    expect(paths).toContain('customer.name')
    expect(paths).toContain('lines.1')
    expect(paths).not.toContain('customer.taxId')
  })
})

test.each([
  ['shipping.*', 'shipping.city', true],
  ['shipping.city', 'shipping.city', true],
  ['shipping.*', 'billing.city', false],
  ['lines.*.quantity', 'lines.1.a.quantity', true],
  ['lines.*.quantity', 'lines.1.sku', false],
  ['lines.*', 'lines.1.sku', false],
  ['*', 'currency', true],
  ['*', 'shipping.city', false],
  ['shipping.*', 'shipping.town', false],
])('%s covers %s: %s', (pattern, path, covered) => expect(fieldMatches(pattern, path)).toBe(covered))

test('every field of the order is a field, and sections are none', () => {
  expect(orderFields().every((f) => isField(f.path))).toBe(true)
  expect(orderFields().length).toBeGreaterThan(40)
  expect(isField('shipping')).toBe(false)
})
