import type { Finding } from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'
import { toRecord } from '../record/event.ts'
import { evolve } from '../record/evolve.ts'
import { initialState, isInForce, isOpen } from '../record/state.ts'
import { fromRecord } from '../testing/from-record.ts'
import {
  askedTerms,
  carl,
  finding,
  fiona,
  given,
  type History,
  olga,
  orderId,
  termsFinding,
} from '../testing/given.ts'

/** So many revisions, each with a late change of its own that somebody decides. */
function lateChanges(
  order: History,
  count: number,
  action: 'APPROVE' | 'REJECT',
  more: () => Finding[] = () => [],
) {
  for (let i = 0; i < count; i++) {
    order.revised({ findings: [finding('late-change', `${i}`), ...more()] })
    order.acts(fiona, action, 'late-change')
  }
  return order
}

const types = (order: History) => order.state.cases.map(({ type }) => type)

function replayed({ events }: History) {
  return events
    .map(toRecord)
    .flatMap((record) => fromRecord(record) ?? [])
    .reduce(evolve, initialState(orderId))
}

describe('an order with hundreds of cases', () => {
  test('remembers the last of those that are over, and a replay remembers the same ones', () => {
    const order = lateChanges(given(), 200, 'APPROVE')
    expect(order.events.filter(({ type }) => type === 'OPENED')).toHaveLength(200)
    expect(order.state.cases).toHaveLength(50)
    expect(order.state.cases.map(({ caseId }) => caseId)).toContain(order.caseId('late-change'))
    expect(replayed(order).cases).toEqual(order.state.cases)
    expect(order.verdicts).toEqual({ invoicing: 'PROCEED', shipping: 'PROCEED' })
  })

  test('still knows what was approved before all of them', () => {
    const order = given().revised({ findings: [finding('large-order', '7000')] })
    order.acts(fiona, 'APPROVE', 'large-order')
    lateChanges(order, 60, 'APPROVE', () => [finding('large-order', '7000')])
    expect(types(order).filter((type) => type === 'large-order')).toHaveLength(1)
    expect(order.verdicts).toEqual({ invoicing: 'PROCEED', shipping: 'PROCEED' })
  })

  test('still knows that one of two approvals of a request was given', () => {
    const requests = [askedTerms()]
    const asked = () => [termsFinding(), termsFinding('r-1', 'terms-review')]
    const order = given().revised({ requests, findings: asked() }).acts(fiona, 'APPROVE', 'billing-terms')
    lateChanges(order, 60, 'APPROVE', asked)
    expect(order.acts(carl, 'APPROVE', 'terms-review').published('orders.corrections.v1')).toMatchObject([
      { value: { requestId: 'r-1', settlement: 'APPROVED' } },
    ])
    expect(types(order).filter((type) => type === 'billing-terms')).toHaveLength(1)
  })

  test('answers a command on a case that it has forgotten', () => {
    const order = given().revised({ findings: [finding('late-change', 'first')] })
    const caseId = order.caseId('late-change')
    order.acts(fiona, 'APPROVE', 'late-change')
    lateChanges(order, 60, 'APPROVE')
    expect(order.acts(fiona, 'STOP', 'late-change', { caseId }).refusal).toBe('UNKNOWN_CASE')
  })
})

describe('more cases than may wait, hold or stop at once', () => {
  const rejected = () => lateChanges(given(), 50, 'REJECT')

  test('are one case for the order owner, which says so', () => {
    const order = rejected().revised({ findings: [finding('late-change', 'x'), finding('large-order')] })
    expect(order.last.events).toMatchObject([
      {
        type: 'OPENED',
        reason: expect.stringContaining('2 more cases would open (late-change, large-order)'),
        opened: { type: 'cannot-classify', owner: 'order-manager' },
      },
    ])
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'STOP' })
  })

  test('do not become more by further revisions, whatever the order owner decides', () => {
    const order = rejected()
    for (let i = 0; i < 60; i++) {
      order.revised({ findings: [finding('late-change', `more ${i}`), finding('large-order')] })
      if (i % 3 > 0 && isOpen(order.caseOf('cannot-classify')))
        order.acts(olga, i % 3 === 1 ? 'APPROVE' : 'REJECT', 'cannot-classify')
    }
    expect(order.state.cases.filter(isInForce).length).toBeLessThanOrEqual(52)
    expect(order.state.cases.length).toBeLessThanOrEqual(101)
    expect(order.verdicts).toEqual({ invoicing: 'STOP', shipping: 'STOP' })
    expect(replayed(order).cases).toEqual(order.state.cases)
  })

  test('are asked again with other values than those that the order owner approved', () => {
    const order = rejected()
    const crowd = (value: string) => order.revised({ findings: [finding('large-order', value)] }).happened
    expect(crowd('7000')).toEqual(['OPENED'])
    order.acts(olga, 'APPROVE', 'cannot-classify')
    expect(crowd('7000')).toEqual([])
    expect(crowd('8000')).toEqual(['OPENED'])
  })

  test('open by themselves again once there is room', () => {
    const order = rejected().revised({ set: { 'shipping.city': 'Leeds' } })
    expect(order.state.cases.filter(isInForce)).toEqual([])
    order.revised({ findings: [finding('late-change', 'x'), finding('large-order')] })
    expect(order.last.events.map(({ type }) => type)).toEqual(['OPENED', 'OPENED'])
  })

  test('are told together with what no rule could judge', () => {
    const unjudged = finding('cannot-classify', '', { problem: 'Division by zero.' })
    const order = rejected().revised({ findings: [unjudged, finding('large-order')] })
    expect(order.last.events.map(({ type }) => type)).toEqual(['OPENED'])
    expect(order.last.events[0]?.reason).toMatch(/^Division by zero\. 1 more cases would open/)
  })
})

test('a case of a revision that changed very many fields keeps the parts of the order, and notices a change in them', () => {
  const order = given().revised()
  const first = order.state.order
  const [line] = first?.lines ?? []
  if (!first || !line) throw new Error('The sample order has lines.')
  const lines = Array.from({ length: 60 }, (_, i) => ({ ...line, lineId: `n${i}` }))
  order.revised({ order: { ...first, lines }, findings: [finding('late-change')] })
  expect(order.caseOf('late-change').changed).toEqual(['lines'])
  order.acts(fiona, 'REJECT', 'late-change').revised({ set: { 'shipping.city': 'Leeds' } })
  expect(order.verdicts).toEqual({ invoicing: 'PROCEED', shipping: 'STOP' })
  order.revised({ set: { 'lines.n7.quantity': '9' } })
  expect(order.verdicts).toEqual({ invoicing: 'PROCEED', shipping: 'PROCEED' })
})

test('no more notices of one order are under way than are of use', () => {
  const order = given()
  for (let i = 0; i < 30; i++)
    order.revised({ findings: i % 2 === 0 ? [finding('shipping-address', `${i}`)] : [] })
  for (let i = 0; i < 30; i++)
    order.revised({ findings: i % 2 === 0 ? [finding('shipping-address', `${i}`)] : [] })
  expect(order.state.notices).toHaveLength(20)
  expect(order.events.findLast(({ type }) => type.startsWith('NOTICE'))).toMatchObject({
    type: 'NOTICE_FAILED',
    notice: { detail: expect.stringContaining('under way') },
  })
})
