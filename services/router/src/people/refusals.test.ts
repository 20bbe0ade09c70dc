import { describe, expect, test } from 'vitest'
import {
  askedTerms,
  carl,
  finding,
  fiona,
  given,
  minute,
  olga,
  sally,
  sam,
  termsFinding,
  wanda,
} from '../testing/given.ts'

const address = () => given().revised({ findings: [finding('shipping-address')] })
const asked = () =>
  given()
    .revised()
    .revised({ requests: [askedTerms()], findings: [termsFinding()] })
const city = { path: 'shipping.city', expected: 'Whitby', value: 'Leeds' }

describe('a command is refused', () => {
  test('NOT_OWNER: to somebody of another role', () => {
    expect(asked().acts(wanda, 'APPROVE', 'billing-terms').refusal).toBe('NOT_OWNER')
  })

  test('NOT_OWNER: to the backup before the deadline, and no longer after it', () => {
    const order = asked()
    expect(order.acts(carl, 'APPROVE', 'billing-terms').refusal).toBe('NOT_OWNER')
    order.after(120 * minute).deadlinePasses('billing-terms')
    expect(order.acts(carl, 'APPROVE', 'billing-terms').refusal).toBeUndefined()
  })

  test('NOT_OWNER: never to the owner, also after the deadline', () => {
    const order = asked()
      .after(120 * minute)
      .deadlinePasses('billing-terms')
    expect(order.acts(fiona, 'APPROVE', 'billing-terms').refusal).toBeUndefined()
  })

  test('REVIEWER_ONLY: to a reviewer', () => {
    const order = asked().acts({ ...sally, subject: 'simon', name: 'Simon' }, 'APPROVE', 'billing-terms')
    expect(order.refusal).toBe('REVIEWER_ONLY')
  })

  test.each(['sally', 'Sally'])('OWN_REQUEST: to who asked, named as %s, whatever their role', (by) => {
    const open = askedTerms()
    const requests = [{ ...open, request: { ...open.request, by } }]
    const order = given().revised({ requests, findings: [termsFinding()] })
    expect(order.acts({ ...sally, roles: ['sales', 'finance'] }, 'APPROVE', 'billing-terms').refusal).toBe(
      'OWN_REQUEST',
    )
  })

  test('STALE_VIEW: when the order has changed since it was displayed', () => {
    const order = address()
    const seen = order.state.digest
    order.revised({ set: { 'shipping.street': '14 Harbour Lane' }, findings: [finding('shipping-address')] })
    expect(order.acts(sam, 'STOP', 'shipping-address', { digest: seen }).refusal).toBe('STALE_VIEW')
  })

  test('CASE_CLOSED: when somebody was faster, and it says who', () => {
    const order = asked().acts(fiona, 'REJECT', 'billing-terms').acts(fiona, 'APPROVE', 'billing-terms')
    expect(order.refusal).toBe('CASE_CLOSED')
    expect(order.last.events[0]).toMatchObject({
      refused: { message: expect.stringContaining('rejected by fiona') },
    })
  })

  test('ACTION_NOT_ALLOWED: when the type has no such action', () => {
    expect(address().acts(sam, 'APPROVE', 'shipping-address').refusal).toBe('ACTION_NOT_ALLOWED')
  })

  test('ACTION_NOT_ALLOWED: for an action that is newer than this router', () => {
    expect(address().acts(sam, 'UNKNOWN', 'shipping-address').refusal).toBe('ACTION_NOT_ALLOWED')
  })

  test('ACTION_NOT_ALLOWED: for corrections that come with another action', () => {
    const order = address().acts(sam, 'STOP', 'shipping-address', { corrections: [city] })
    expect(order.refusal).toBe('ACTION_NOT_ALLOWED')
  })

  test.each([[[]], [[{ ...city, value: 'Whitby' }]]])(
    'ACTION_NOT_ALLOWED: for a correction of nothing',
    (fields) => {
      expect(address().corrects(sam, 'shipping-address', fields).refusal).toBe('ACTION_NOT_ALLOWED')
    },
  )

  test.each([
    { path: 'billing.terms', expected: 'NET30', value: 'NET60' },
    { path: 'shipping.planet', expected: '', value: 'Mars' },
    { path: 'lines.99.quantity', expected: '1', value: '2' },
    { path: 'lines.1.quantity', expected: '6', value: 'many' },
  ])('FIELD_NOT_CORRECTABLE: for $path to $value', (field) => {
    expect(address().corrects(sam, 'shipping-address', [field]).refusal).toBe('FIELD_NOT_CORRECTABLE')
  })

  test('FIELD_NOT_CORRECTABLE: for a field that is named twice', () => {
    const twice = [city, { ...city, value: 'Hull' }]
    expect(address().corrects(sam, 'shipping-address', twice).refusal).toBe('FIELD_NOT_CORRECTABLE')
  })

  test.each(['STARTED', 'DONE'] as const)('STAGE_STARTED: to a correction once the stage is %s', (state) => {
    const order = given().revised({ stages: { shipping: state }, findings: [finding('shipping-address')] })
    expect(order.corrects(sam, 'shipping-address', [city]).refusal).toBe('STAGE_STARTED')
  })

  test('VALUE_CHANGED: when the field is not what the person saw', () => {
    const order = address().corrects(sam, 'shipping-address', [{ ...city, expected: 'York' }])
    expect(order.refusal).toBe('VALUE_CHANGED')
  })

  test('VALUE_CHANGED: when another case put the field right a moment ago', () => {
    const both = [finding('shipping-address'), { ...termsFinding(), requestId: 'r-1' }]
    const open = askedTerms()
    const proposes = [{ path: 'shipping.city', value: 'Hull' }]
    const requests = [{ ...open, request: { ...open.request, proposes } }]
    const order = given().revised({ requests, findings: both })
    order.corrects(sam, 'shipping-address', [city])
    expect(order.acts(fiona, 'APPROVE', 'billing-terms').refusal).toBe('VALUE_CHANGED')
  })

  test('VALUE_CHANGED: to the approval of a request for a line that is gone', () => {
    const open = askedTerms()
    const proposes = [{ path: 'lines.99.quantity', value: '2' }]
    const requests = [{ ...open, request: { ...open.request, proposes } }]
    const order = given().revised({ requests, findings: [termsFinding()] })
    expect(order.acts(fiona, 'APPROVE', 'billing-terms').refusal).toBe('VALUE_CHANGED')
  })

  test.each(['', '  \n', '\u200B', '\u2060 \u3164'])('REASON_MISSING: without a reason (%j)', (reason) => {
    expect(asked().acts(fiona, 'APPROVE', 'billing-terms', { reason }).refusal).toBe('REASON_MISSING')
  })

  test('UNKNOWN_CASE: on an order without that case, and on an order that nobody knows', () => {
    expect(address().acts(fiona, 'APPROVE', 'large-order').refusal).toBe('UNKNOWN_CASE')
    const unknown = given().acts(fiona, 'APPROVE', 'large-order')
    expect(unknown.refusal).toBe('UNKNOWN_CASE')
    expect(unknown.published('orders.decisions.v1')).toEqual([])
  })
})

describe('a repeated command', () => {
  test('is told what the first was told, and does nothing', () => {
    const order = asked().acts(fiona, 'APPROVE', 'billing-terms', { commandId: 'same' })
    const after = order.state.cases
    order.acts(fiona, 'APPROVE', 'billing-terms', { commandId: 'same' })
    expect(order.refusal).toBe('DUPLICATE_COMMAND')
    expect(order.last.events[0]).toMatchObject({
      refused: { message: expect.stringContaining('carried out') },
    })
    expect(order.state.cases).toEqual(after)
    expect(order.published('orders.corrections.v1')).toEqual([])
  })

  test('keeps its first refusal when it would be allowed by now', () => {
    const order = asked().acts(carl, 'APPROVE', 'billing-terms', { commandId: 'same' })
    order.deadlinePasses('billing-terms').acts(carl, 'APPROVE', 'billing-terms', { commandId: 'same' })
    expect(order.last.events[0]).toMatchObject({ refused: { message: expect.stringContaining('NOT_OWNER') } })
    expect(order.state.commands).toEqual([
      { commandId: 'same', refusal: 'NOT_OWNER', message: expect.any(String) },
    ])
  })

  test('is remembered among the last fifty of the order', () => {
    const order = asked()
    for (let i = 0; i < 60; i++) order.acts(wanda, 'STOP', 'billing-terms', { commandId: `c${i}` })
    expect(order.state.commands).toHaveLength(50)
    expect(order.state.commands.at(-1)?.commandId).toBe('c59')
  })
})

test('every refusal says who asked what, when, and on which revision', () => {
  const order = asked().acts(olga, 'STOP', 'billing-terms', { commandId: 'c-9', reason: 'Too risky.' })
  expect(order.last.events).toMatchObject([
    {
      type: 'REFUSED',
      actor: olga,
      reason: 'Too risky.',
      commandId: 'c-9',
      revision: 2,
      at: order.now,
      refused: { code: 'NOT_OWNER', action: 'STOP' },
    },
  ])
})
