import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromJson, jsonBounds } from './from-json.ts'
import { arbitraryOrder } from './testing/arbitrary-order.ts'
import { sampleOrder } from './testing/sample-order.ts'
import { toJson } from './to-json.ts'

const topic = 'orders.inbound.v1'
const event = (more: object = {}) => ({
  eventId: 'e-1',
  source: 'shop',
  orderId: 'o-1',
  occurredAt: '2026-03-02T09:30:00Z',
  kind: 'PLACED',
  order: { placedAt: 1_772_443_800_000, lines: [{ lineId: '1', quantity: 2, unitPrice: '9.90' }] },
  ...more,
})
const problems = (json: unknown) => {
  const result = fromJson(topic, json)
  return 'problems' in result ? result.problems : []
}
const value = (json: unknown) => {
  const result = fromJson(topic, json)
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result.value
}
const withQuantity = (quantity: unknown) =>
  event({ order: { placedAt: 0, lines: [{ lineId: '1', quantity, unitPrice: '1' }] } })

test('defaults are filled in, decimals made canonical, instants made milliseconds', () => {
  const { order, ...rest } = value(event())
  expect(rest).toMatchObject({ occurredAt: 1_772_443_800_000, sequence: null, facts: {}, stage: '' })
  expect(order?.lines[0]).toMatchObject({ quantity: '2', unitPrice: '9.9', discountPercent: null, sku: '' })
  expect(order?.shipping.splitDeliveries).toBe(false)
})

test('what toJson wrote is read back as it was', () =>
  fc.assert(
    fc.property(arbitraryOrder, fc.dictionary(fc.string(), fc.string()), (order, facts) => {
      const message = { ...value(event()), order, facts }
      if (Object.hasOwn(facts, '__proto__')) return
      expect(value(JSON.parse(JSON.stringify(toJson(topic, message))))).toEqual(message)
    }),
  ))

describe('every problem is named with its path', () => {
  test('all of them at once', () => {
    const order = {
      placedAt: 'soon',
      customer: { nmae: 'x' },
      lines: [{ quantity: '1.23456', unitPrice: null }],
    }
    const wrong = event({ order, kind: 'SOLD', colour: 'red', orderId: undefined })
    expect(problems(wrong).map((p) => p.path)).toEqual([
      'colour',
      'orderId',
      'kind',
      'order.customer.nmae',
      'order.lines.0.lineId',
      'order.lines.0.quantity',
      'order.lines.0.unitPrice',
      'order.placedAt',
    ])
  })

  test('in words that say what is wanted', () =>
    expect(problems(event({ kind: 'SOLD' }))).toEqual([
      {
        path: 'kind',
        message:
          'must be one of PLACED, CHANGED, REQUESTED, CANCELLED, STAGE_STARTED, STAGE_DONE, not "SOLD"',
      },
    ]))

  test.each([null, 1, 'x', [], undefined])('%j is no message', (json) =>
    expect(problems(json)).toHaveLength(1),
  )
})

describe('refused', () => {
  test.each([
    ['a name that reaches the prototype', JSON.parse('{"__proto__": {"x": 1}}')],
    ['a field that the schema does not have', { toString: 'x' }],
    ['a fact that is not text', { facts: { a: 1 } }],
    ['a fact that reaches the prototype', { facts: JSON.parse('{"__proto__": "x"}') }],
    ['half a character', { source: '\ud800' }],
    ['an instant without its offset', { occurredAt: '2026-03-02T09:30:00' }],
    ['a day that there is not', { occurredAt: '2026-02-30T09:30:00Z' }],
    ['milliseconds beyond every date', { occurredAt: 8.64e15 + 1 }],
    ['a fraction for a whole number', { sequence: 1.5 }],
    ['text beyond all measure', { source: 'x'.repeat(jsonBounds.textLength + 1) }],
  ])('%s', (_, more) => expect(problems({ ...event(), ...more }).length).toBeGreaterThan(0))

  test('an instant that there is not, with the reason', () => {
    expect(problems(event({ occurredAt: '2026-02-30T09:30:00Z' }))).toEqual([
      {
        path: 'occurredAt',
        message:
          'must be an instant such as "2026-03-02T09:30:00Z", or milliseconds since 1970, not "2026-02-30T09:30:00Z": ' +
          'there is no 30 February 2026',
      },
    ])
  })

  test.each([0.00001, 12345678901234.123, 1e21, Number.NaN, true, '1,5', ''])('%s as a decimal', (quantity) =>
    expect(problems(withQuantity(quantity))[0]?.path).toBe('order.lines.0.quantity'),
  )

  test('a list beyond all measure, and no more than 50 problems', () => {
    const lines = new Array(jsonBounds.arrayItems).fill({})
    expect(problems(event({ order: { placedAt: 0, lines } }))).toHaveLength(jsonBounds.problems)
    expect(problems(event({ order: { placedAt: 0, lines: [...lines, {}] } }))[0]?.path).toBe('order.lines')
  })
})

test.each([
  [0.1, '0.1'],
  [-3, '-3'],
  [99999999999.9999, '99999999999.9999'],
  ['010.50', '10.5'],
])('the number %j is taken as %s', (given, text) =>
  expect(value(withQuantity(given)).order?.lines[0]?.quantity).toBe(text),
)

test('a dead letter keeps its bytes as base64', () => {
  const letter = {
    code: 'UNDECODABLE',
    problems: [],
    service: 'intake',
    topic,
    partition: 0,
    offset: 5,
    timestamp: 0,
    key: null,
    value: Buffer.from([0, 255]),
    at: 0,
    replayId: '',
    attempt: 0,
  }
  expect(toJson('orders.inbound.v1.dlq', letter)).toMatchObject({
    value: 'AP8=',
    at: '1970-01-01T00:00:00.000Z',
  })
  expect(fromJson('orders.inbound.v1.dlq', toJson('orders.inbound.v1.dlq', letter))).toEqual({
    value: letter,
  })
})

test('the sample order is a valid order', () =>
  expect(value(event({ order: sampleOrder() })).order).toEqual(sampleOrder()))
