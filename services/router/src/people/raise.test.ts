/** A case that is raised by hand says what waits for it. */
import { describe, expect, test } from 'vitest'
import { answerText, finding, given, type History, sam } from '../testing/given.ts'

/** Invoicing and shipping wait for a large order. */
const waiting = () => given().revised({ findings: [finding('large-order')] })
const raised = (order: History, own: object = {}) => order.raises(sam, 'other', 'Half of it is missing.', own)
const holds = (order: History) => order.caseOf('other').holds

describe('a raised case', () => {
  test('holds what its type holds and what waits anyway, and the customer is told', () => {
    const order = raised(waiting())
    expect(holds(order)).toEqual(['invoicing', 'shipping'])
    expect(order.happened).toEqual(['OPENED', 'NOTICE_REQUESTED'])
    expect(order.published('notices.requested.v1')).toMatchObject([{ value: { message: 'held' } }])
  })

  test('calls nothing back, and tells nobody, unless it is asked to', () => {
    const order = raised(given().revised())
    expect(holds(order)).toEqual([])
    expect(order.happened).toEqual(['OPENED'])
    expect(order.verdicts).toEqual({ invoicing: 'PROCEED', shipping: 'PROCEED' })
    const recalled = raised(given().revised(), { recall: true })
    expect(recalled.state.verdicts).toMatchObject([
      { verdict: 'HOLD', recall: true },
      { verdict: 'HOLD', recall: true },
    ])
  })

  test('holds the stages that the raiser chooses, and no others', () => {
    expect(holds(raised(waiting(), { holds: ['shipping'] }))).toEqual(['shipping'])
    expect(holds(raised(given().revised(), { holds: ['shipping'], recall: true }))).toEqual(['shipping'])
  })

  test('holds nothing that has started', () => {
    const order = given()
      .revised()
      .revised({ stages: { invoicing: 'DONE' } })
    expect(holds(raised(order, { recall: true }))).toEqual(['shipping'])
  })

  test('holds nothing for a mere wish', () => {
    const corrections = [{ path: 'shipping.city', expected: 'Whitby', value: 'Hull' }]
    const order = given().revised({ findings: [finding('large-order')] })
    order.raises(sam, 'shipping-address', 'They would like it in Hull.', { corrections, recall: true })
    expect(order.caseOf('shipping-address').holds).toEqual([])
    expect(
      order.raises(sam, 'billing-terms', 'They would like 60 days.').caseOf('billing-terms').holds,
    ).toEqual([])
  })

  test.each([
    [
      { holds: ['packing'] },
      'ACTION_NOT_ALLOWED',
      'There is no stage "packing" to hold: invoicing, shipping.',
    ],
    [{ holds: ['invoicing'], recall: true }, 'STAGE_STARTED', 'invoicing has started, so it cannot be held'],
    [{ holds: ['shipping'] }, 'ACTION_NOT_ALLOWED', 'shipping was released already'],
  ])('is refused with %o: %s', (own, code, message) => {
    const order = raised(
      given()
        .revised()
        .revised({ stages: { invoicing: 'STARTED' } }),
      own,
    )
    expect(order.refusal).toBe(code)
    expect(answerText(order)).toContain(message)
  })
})
