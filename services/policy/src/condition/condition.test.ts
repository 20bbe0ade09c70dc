import type { Order } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { describe, expect, test } from 'vitest'
import { sampleRequest, sampleRevision } from '../testing/sample-revision.ts'
import { readCondition } from './condition.ts'
import { type Subject, subjectOf } from './subject.ts'
import { vocabularyOf } from './vocabulary.ts'

const vocabulary = vocabularyOf({
  stages: ['invoicing', 'gift-wrapping'],
  calendars: { office: { zone: 'Europe/London', open: { 'mon-fri': '09:00-17:30' }, holidays: 'GB-ENG' } },
})

function condition(source: string) {
  const read = readCondition(source, vocabulary)
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  return read.condition
}

function subject(own: Parameters<typeof sampleRevision>[0] = {}, order: Order = sampleOrder()): Subject {
  return { ...subjectOf(sampleRevision(own, order)), request: sampleRequest().request }
}

const holds = (source: string, of: Subject = subject()) => condition(source).holds(of)

describe('what a rule can read', () => {
  test.each([
    ['order.id == "SO-1"'],
    ['order.customer.country == "GB" && order.billing.terms == "NET30"'],
    ['order.currency != "EUR"'],
    ['!order.shipping.splitDeliveries'],
    ['order.payment.amount == 199.50'],
    ['order.placedAt < timestamp("2026-03-01T00:00:00Z")'],
    ['lines.total == 33.15'],
    ['lines.count == 2 && size(lines.skus) == 2'],
    ['lines.minQuantity == 6 && lines.minUnitPrice == 2.55 && lines.maxDiscountPercent == 0'],
    ['"85120A" in lines.skus && !("D" in lines.skus)'],
    ['order.channel in ["web", "phone"]'],
    ['order.payment.amount in [1, 199.5]'],
    ['request.kind == "billing-terms" && request.role == "sales"'],
    ['stages.invoicing == "waiting" && stages["gift-wrapping"] == "waiting"'],
    ['event.kind == "PLACED" && event.source == "webshop"'],
    ['!cancelled'],
    ['order.customer.email.endsWith(".example") && order.billing.terms.startsWith("NET")'],
    ['order.customer.name.contains("Gifts")'],
    ['order.channel == "web" ? lines.total > 5 : false'],
    ['size(order.billing.purchaseOrder) == 7'],
  ])('%s', (source) => {
    expect(holds(source)).toBe(true)
    expect(holds(`!(${source})`)).toBe(false)
  })

  test('facts are text, and absent ones are empty', () => {
    const of = subject({ facts: { limit: '20', 'credit limit': '30.5' } })
    expect(holds('number(facts.limit) == 20 && number(facts["credit limit"]) == 30.5', of)).toBe(true)
    expect(holds('facts.other == "" && number(facts.other) == 0', of)).toBe(true)
  })

  test('a fact is never a name of JavaScript', () => {
    expect(holds('facts.constructor == "" && facts["__proto__"] == "" && facts.toString == ""')).toBe(true)
  })

  test('stages say how far they are', () => {
    const of = subject({ stages: { invoicing: 'STARTED', 'gift-wrapping': 'DONE' } })
    expect(holds('stages.invoicing == "started" && stages["gift-wrapping"] == "done"', of)).toBe(true)
  })

  test('a revision that a correction made has CORRECTION as its event', () => {
    const cause = { kind: 'UNKNOWN' as const, source: 'correction', eventId: 'c-1', occurredAt: 0 }
    expect(holds('event.kind == "CORRECTION"', subject({ cause }))).toBe(true)
  })
})

describe('what is absent', () => {
  const order = { ...sampleOrder(), declaredTotal: null }

  test('absent text is empty and absent numbers are zero', () => {
    expect(holds('order.contractNumber == "" && order.declaredTotal == 0', subject({}, order))).toBe(true)
  })

  test('has() tells an absent number from zero', () => {
    expect(holds('has(order.declaredTotal)', subject({}, order))).toBe(false)
    expect(holds('has(order.declaredTotal)', subject({}, { ...order, declaredTotal: '0' }))).toBe(true)
    expect(holds('has(order.contractNumber) || has(facts.limit)', subject({}, order))).toBe(false)
  })

  test('an order without lines has a count and a total of zero', () => {
    const empty = subject({}, { ...order, lines: [] })
    expect(holds('lines.count == 0 && lines.total == 0 && lines.minUnitPrice == 0', empty)).toBe(true)
  })
})

describe('numbers', () => {
  const of = subject({ facts: { a: '0.1', b: '0.2', big: '99999999999999.9999' } })

  test('add and compare exactly to four places', () => {
    expect(holds('number(facts.a) + number(facts.b) == 0.3', of)).toBe(true)
    expect(holds('number(facts.big) > 99999999999999.9998', of)).toBe(true)
    expect(holds('number(facts.a) - number(facts.b) == -0.1', of)).toBe(true)
  })

  test('multiply and divide as decimals, rounded half to even in the fourth place', () => {
    expect(holds('lines.total * 0.2 == 6.63')).toBe(true)
    expect(holds('7 / 2 == 3.5 && !cancelled')).toBe(true)
    expect(holds('1 / 3 == 0.3333 && -1 / 3 == -0.3333 && 2 / -3 == -0.6667 && !cancelled')).toBe(true)
    expect(holds('0.0001 * 0.5 == 0 && 0.0003 * 0.5 == 0.0002 && !cancelled')).toBe(true)
  })

  test('a division by zero has no answer', () => {
    const source = 'lines.total / number(facts.people) > 5'
    expect(() => holds(source)).toThrow('lines.total / number(facts.people) divides by zero')
  })

  test('a text that says no number has no answer', () => {
    expect(() => holds('number(facts.limit) > 5', subject({ facts: { limit: '5,000' } }))).toThrow(
      'facts.limit is "5,000", which is no number',
    )
  })

  test('a side without an answer does not matter when the other side decides', () => {
    const of = subject({ facts: { limit: 'none' } })
    expect(holds('number(facts.limit) > 5 && cancelled', of)).toBe(false)
    expect(holds('cancelled && number(facts.limit) > 5', of)).toBe(false)
    expect(holds('number(facts.limit) > 5 || !cancelled', of)).toBe(true)
    expect(() => holds('number(facts.limit) > 5 && !cancelled', of)).toThrow('which is no number')
    expect(() => holds('number(facts.limit) > 5 || cancelled', of)).toThrow('which is no number')
  })
})

describe('changed()', () => {
  const changes = (...paths: string[]) =>
    subject({
      revision: 2,
      changes: paths.map((path) => ({ path, from: 'a', to: 'b', origin: 'UPSTREAM', by: 'crm', why: '' })),
    })

  test('names a field, a group of fields, or the lines', () => {
    expect(holds('changed("shipping.*")', changes('shipping.city'))).toBe(true)
    expect(holds('changed("shipping.city")', changes('shipping.street'))).toBe(false)
    expect(holds('changed("lines.*.quantity")', changes('lines.7.quantity'))).toBe(true)
    expect(holds('changed("lines.*.quantity")', changes('lines.7.sku'))).toBe(false)
    expect(holds('changed("lines")', changes('lines.7.sku'))).toBe(true)
    expect(holds('changed("facts.limit")', changes('facts.limit'))).toBe(true)
    expect(holds('changes.count == 2 && "currency" in changes.paths', changes('currency', 'facts.x'))).toBe(
      true,
    )
  })

  test('a line that came or went changed its quantity', () => {
    expect(holds('changed("lines.*.quantity")', changes('lines.7'))).toBe(true)
  })

  test('nothing changed in a first revision', () => {
    expect(holds('changed("shipping.*")')).toBe(false)
  })
})

describe('basis', () => {
  test.each([
    ['lines.total > 5 && stages.invoicing == "started" && has(facts.x)', 'STANDING'],
    ['cancelled', 'STANDING'],
    ['changed("lines") && stages.invoicing == "done"', 'MOMENTARY'],
    ['event.kind == "CHANGED"', 'MOMENTARY'],
    ['changes.count > 3', 'MOMENTARY'],
    ['request.kind == "split-delivery" && lines.total > 5', 'REQUEST'],
  ])('%s is %s', (source, basis) => {
    expect(condition(source).basis).toBe(basis)
  })
})

describe('evidence', () => {
  const evidence = (source: string, of: Subject = subject()) => condition(source).evidence(of)

  test('shows every value that the expression read, once', () => {
    const source =
      'lines.total * 0.2 > 5 && (order.channel == "web" || lines.total > 9) && request.role != "x"'
    expect(evidence(source)).toEqual([
      { expression: 'lines.total', value: '33.15' },
      { expression: 'order.channel', value: 'web' },
      { expression: 'request.role', value: 'sales' },
    ])
  })

  test('shows absent values as empty, instants in ISO 8601, truth as true or false', () => {
    const source =
      'has(order.declaredTotal) || order.placedAt > timestamp("2026-01-01T00:00:00Z") || cancelled'
    expect(evidence(source)).toEqual([
      { expression: 'order.declaredTotal', value: '' },
      { expression: 'order.placedAt', value: '2026-02-24T11:00:00.000Z' },
      { expression: 'cancelled', value: 'false' },
    ])
  })

  test('shows the answer instead of a whole list', () => {
    expect(evidence('"D" in lines.skus || size(lines.skus) > 1 || changed("shipping.*")')).toEqual([
      { expression: '"D" in lines.skus', value: 'false' },
      { expression: 'size(lines.skus)', value: '2' },
      { expression: 'changed("shipping.*")', value: 'false' },
    ])
  })

  test('can be shown where the expression has no answer', () => {
    const of = subject({ facts: { limit: 'none' } })
    expect(evidence('number(facts.limit) > 5', of)).toEqual([{ expression: 'facts.limit', value: 'none' }])
  })
})
