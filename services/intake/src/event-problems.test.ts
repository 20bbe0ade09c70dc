import { eventProblems, type OrderEvent } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { expect, test } from 'vitest'
import { NOW, sampleEvent, sampleRequest } from './testing/sample-inputs.ts'

const DAY = 86_400_000
const TEN_YEARS = 3_653 * DAY
const paths = (change: Partial<OrderEvent>) => eventProblems(sampleEvent(change), NOW).map((one) => one.path)
const withOrder = (change: object) => ({ order: { ...sampleOrder(), ...change } })
const withLine = (change: object) =>
  withOrder({ lines: sampleOrder().lines.map((line) => ({ ...line, ...change })) })

test.each(['PLACED', 'CHANGED', 'CANCELLED', 'REQUESTED', 'STAGE_STARTED', 'STAGE_DONE'] as const)(
  'a sound %s has no problem',
  (kind) => {
    expect(paths({ kind })).toEqual([])
  },
)

test.each<[string, Partial<OrderEvent>, string[]]>([
  ['an empty event id', { eventId: '' }, ['eventId']],
  ['a long event id', { eventId: 'x'.repeat(201) }, ['eventId']],
  ['an event id of many bytes', { eventId: '🎁'.repeat(51) }, ['eventId']],
  ['an event id with a line break', { eventId: 'e\n1' }, ['eventId']],
  ['an order id with blanks at its ends', { orderId: ' SO-1' }, ['orderId']],
  ['an order id of two dots', { orderId: '..' }, ['orderId']],
  ['an order id with a zero-width blank', { orderId: 'SO\u200B-1' }, ['orderId']],
  ['an order id that turns the line around', { orderId: 'SO-\u202E1' }, ['orderId']],
  ['an event id that nobody sees', { eventId: '\u2060' }, ['eventId']],
  ['a source with a no-break blank', { source: 'web\u00A0shop' }, ['source']],
  [
    'a line id with a soft hyphen',
    withOrder({ lines: sampleOrder(1).lines.map((line) => ({ ...line, lineId: '1\u00AD' })) }),
    ['order.lines.0.lineId'],
  ],
  [
    'a requester that turns the line around',
    { kind: 'REQUESTED', request: sampleRequest({ by: '\u202Eyllas' }) },
    ['request.by'],
  ],
  [
    'a request id with a mark of direction',
    { kind: 'REQUESTED', request: sampleRequest({ requestId: 'R\u200F' }) },
    ['request.requestId'],
  ],
  ['a source named as a word of JavaScript', { source: '__proto__' }, ['source']],
  ['the source name of intake itself', { source: 'correction' }, ['source']],
  ['a negative sequence', { sequence: -1 }, ['sequence']],
  ['a kind that is not known', { kind: 'UNKNOWN' }, ['kind']],
  ['PLACED without its order', { order: null }, ['order']],
  ['PLACED with a request', { request: sampleRequest() }, ['request']],
  ['REQUESTED with an order', { kind: 'REQUESTED', order: sampleOrder() }, ['order']],
  ['REQUESTED without its request', { kind: 'REQUESTED', request: null }, ['request']],
  ['STAGE_DONE without its stage', { kind: 'STAGE_DONE', stage: '' }, ['stage']],
  ['a stage named as a word of JavaScript', { kind: 'STAGE_DONE', stage: 'constructor' }, ['stage']],
  ['a fact named as a word of JavaScript', { facts: { constructor: 'x' } }, ['facts.constructor']],
  ['a request without a kind', { kind: 'REQUESTED', request: sampleRequest({ kind: '' }) }, ['request.kind']],
  ['ten years ahead', { occurredAt: NOW + TEN_YEARS }, ['occurredAt', 'occurredAt']],
  ['ten years back', { occurredAt: NOW - TEN_YEARS }, ['occurredAt']],
  ['seconds for milliseconds', { occurredAt: NOW / 1000 }, ['occurredAt', 'occurredAt']],
  ['microseconds for milliseconds', { occurredAt: NOW * 1000 }, ['occurredAt', 'occurredAt']],
  ['an instant beyond all dates', { occurredAt: Number.MAX_SAFE_INTEGER }, ['occurredAt', 'occurredAt']],
  ['an order placed two days ahead', withOrder({ placedAt: NOW + 2 * DAY }), ['order.placedAt']],
  ['a currency that is none', withOrder({ currency: 'euro' }), ['order.currency']],
  ['a currency of three letters that is none', withOrder({ currency: 'XXQ' }), ['order.currency']],
  [
    'a day that there is not',
    withOrder({ shipping: { ...sampleOrder().shipping, requestedDate: '2026-02-30' } }),
    ['order.shipping.requestedDate'],
  ],
  ['the same line twice', withLine({ lineId: '1' }), ['order.lines.1.lineId']],
  ['a line without an id', withLine({ lineId: '' }), ['order.lines.0.lineId', 'order.lines.1.lineId']],
  [
    'a discount that no line can have',
    withLine({ discountPercent: '100.5' }),
    ['order.lines.0.discountPercent', 'order.lines.1.discountPercent'],
  ],
  [
    'a discount below nothing',
    withLine({ discountPercent: '-1' }),
    ['order.lines.0.discountPercent', 'order.lines.1.discountPercent'],
  ],
  ['too many lines', withOrder({ lines: sampleOrder(2_001).lines }), ['order.lines']],
  ['a NUL in a text', withOrder({ salesperson: 'sal\0ly' }), ['order.salesperson']],
  [
    'half a surrogate pair',
    withLine({ description: '\ud83d' }),
    ['order.lines.0.description', 'order.lines.1.description'],
  ],
])('%s is a problem', (_what, change, expected) => {
  expect(paths(change)).toEqual(expected)
})

test('a text that spells an escape is a text like any other', () => {
  expect(paths(withOrder({ salesperson: String.raw`\u0000 \ud83d`, channel: '🎁' }))).toEqual([])
})

test('a line id with a dot would break its path', () => {
  expect(
    paths(withOrder({ lines: sampleOrder(1).lines.map((line) => ({ ...line, lineId: '1.2' })) })),
  ).toEqual(['order.lines.0.lineId'])
})

test('orders of long ago are welcome when the event is as old', () => {
  const at = Date.UTC(2010, 11, 1, 8, 26)
  expect(paths({ occurredAt: at, ...withOrder({ placedAt: at }) })).toEqual([])
})

test('messy data is no problem: the policy makes cases of it', () => {
  const messy = withOrder({
    customer: { ...sampleOrder().customer, id: '', email: 'not given', country: 'Unspecified' },
    lines: sampleOrder(1).lines.map((line) => ({
      ...line,
      description: '',
      quantity: '-12',
      unitPrice: '0',
    })),
  })
  expect(paths(messy)).toEqual([])
})

test('all problems are named at once, each with what to do', () => {
  const event = sampleEvent({ eventId: '', source: '', kind: 'UNKNOWN', occurredAt: 0 })
  const problems = eventProblems(event, NOW)
  expect(new Set(problems.map((one) => one.path))).toEqual(
    new Set(['eventId', 'source', 'kind', 'occurredAt']),
  )
  for (const { message } of problems) expect(message).toMatch(/: .+\.$/)
})
