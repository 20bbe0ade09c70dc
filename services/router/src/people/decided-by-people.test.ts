import { describe, expect, test } from 'vitest'
import {
  askedTerms,
  carl,
  finding,
  fiona,
  given,
  minute,
  olga,
  sam,
  start,
  termsFinding,
} from '../testing/given.ts'

const city = { path: 'shipping.city', expected: 'Whitby', value: 'Leeds' }
const held = { invoicing: 'PROCEED', shipping: 'HOLD' }
const free = { invoicing: 'PROCEED', shipping: 'PROCEED' }

const asked = () =>
  given()
    .revised()
    .revised({ requests: [askedTerms()], findings: [termsFinding()] })

describe('approve', () => {
  test('of a request has intake apply what it proposed, and settles it', () => {
    const order = asked().acts(fiona, 'APPROVE', 'billing-terms')
    expect(order.happened).toEqual(['CLOSED'])
    expect(order.published('orders.corrections.v1').map(({ value }) => value)).toMatchObject([
      {
        correctionId: `${order.caseId('billing-terms')}:1`,
        requestId: 'r-1',
        settlement: 'APPROVED',
        corrections: [{ path: 'billing.terms', expected: 'NET30', value: 'NET60' }],
        by: fiona,
      },
    ])
  })

  test('of a request keeps the hold until a revision carries the new terms', () => {
    const order = asked().acts(fiona, 'APPROVE', 'billing-terms')
    expect(order.published('orders.decisions.v1')).toEqual([])
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'PROCEED' })
    order.revised({ set: { 'billing.terms': 'NET60' }, correctedBy: 'fiona', requests: [] })
    expect(order.happened).toEqual(['SETTLED', 'NOTICE_REQUESTED'])
    expect(order.published('orders.decisions.v1').map(({ value }) => value)).toMatchObject([
      { terms: 'NET60', verdicts: [{ verdict: 'PROCEED' }, { verdict: 'PROCEED' }] },
    ])
  })

  test('of a standing case releases the order as it is, at once', () => {
    const order = given().revised({ findings: [finding('large-order', '6000')] })
    order.acts(fiona, 'APPROVE', 'large-order')
    expect(order.verdicts).toEqual(free)
    expect(order.published('orders.corrections.v1')).toEqual([])
  })

  test('covers the type as long as the values stay, and a new case names it when they change', () => {
    const order = given().revised({ findings: [finding('large-order', '6000')] })
    order.acts(fiona, 'APPROVE', 'large-order')
    order.revised({ set: { 'shipping.city': 'Leeds' }, findings: [finding('large-order', '6000')] })
    expect(order.happened).toEqual([])
    const approved = order.caseId('large-order')
    order.revised({ set: { 'lines.1.quantity': '9999' }, findings: [finding('large-order', '9000')] })
    expect(order.last.events).toMatchObject([{ type: 'OPENED', opened: { earlierCase: approved } }])
  })

  test('of the first of two cases about one request waits for the second', () => {
    const order = given().revised({
      requests: [askedTerms()],
      findings: [termsFinding(), termsFinding('r-1', 'terms-review')],
    })
    order.acts(fiona, 'APPROVE', 'billing-terms')
    expect(order.published('orders.corrections.v1')).toEqual([])
    order.revised({ findings: [termsFinding(), termsFinding('r-1', 'terms-review')] })
    expect(order.happened).toEqual([])
    order.acts(carl, 'APPROVE', 'terms-review')
    expect(order.published('orders.corrections.v1')).toHaveLength(1)
  })

  test('does not cover a later request that uses the same id again', () => {
    const order = asked().acts(fiona, 'APPROVE', 'billing-terms').revised({ requests: [] })
    order.revised({ requests: [askedTerms()], findings: [termsFinding()] })
    expect(order.happened.filter((type) => type === 'OPENED')).toHaveLength(1)
  })
})

describe('reject', () => {
  test('of a request lets the order go on as it was, and settles the request', () => {
    const order = asked().acts(fiona, 'REJECT', 'billing-terms')
    expect(order.verdicts).toEqual(free)
    expect(order.published('orders.corrections.v1').map(({ value }) => value)).toMatchObject([
      { settlement: 'REJECTED', corrections: [], requestId: 'r-1' },
    ])
  })

  test('of a request opens no new case from a revision that does not know of it yet', () => {
    const order = asked().acts(fiona, 'REJECT', 'billing-terms')
    order.revised({ set: { 'customer.phone': '1' }, findings: [termsFinding()] })
    expect(order.happened).toEqual([])
    expect(order.revised({ requests: [] }).happened).toEqual(['SETTLED'])
  })

  test('of a request ends the other cases about it', () => {
    const order = given().revised({
      requests: [askedTerms()],
      findings: [termsFinding(), termsFinding('r-1', 'terms-review')],
    })
    order.acts(fiona, 'REJECT', 'billing-terms')
    expect(order.caseOf('terms-review')).toMatchObject({ status: 'CLOSED', outcome: 'OBSOLETE' })
    expect(order.acts(olga, 'CLEAR', 'clearance').verdicts).toEqual(free)
  })

  test('of a request ends the other cases about it for every revision before the request is settled', () => {
    const order = given().revised({
      requests: [askedTerms()],
      findings: [termsFinding(), termsFinding('r-1', 'terms-review')],
    })
    order.acts(fiona, 'REJECT', 'billing-terms')
    order.revised({ findings: [finding('terms-review', 'other', { requestId: 'r-1' })] })
    expect(order.happened).toEqual([])
  })

  test('of a standing case stands while its rule cannot be judged', () => {
    const order = given().revised({ findings: [finding('shipping-address')] })
    order.revised({ findings: [finding('large-order')] }).acts(fiona, 'REJECT', 'large-order')
    order.revised({ findings: [finding('cannot-classify', '', { problem: 'no such key' })] })
    expect(order.happened).toEqual(['OPENED'])
    expect(order.verdicts).toEqual({ invoicing: 'STOP', shipping: 'STOP' })
  })

  test('of a standing case stops its stages until the values change', () => {
    const order = given().revised({ findings: [finding('large-order', '6000')] })
    order.acts(fiona, 'REJECT', 'large-order')
    expect(order.verdicts).toEqual({ invoicing: 'STOP', shipping: 'STOP' })
    order.revised({ set: { 'customer.phone': '1' }, findings: [finding('large-order', '6000')] })
    expect(order.verdicts).toEqual({ invoicing: 'STOP', shipping: 'STOP' })
    order.revised({ set: { 'lines.1.quantity': '7' }, findings: [finding('large-order', '7000')] })
    expect(order.happened).toEqual(['STOP_LIFTED', 'ORDER_CHANGED', 'OPENED', 'CLOSED'])
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'HOLD' })
  })

  test('of a standing case is over when the rule no longer matches', () => {
    const order = given().revised({ findings: [finding('large-order', '6000')] })
    order.acts(fiona, 'REJECT', 'large-order').revised({ set: { 'lines.1.quantity': '1' } })
    expect(order.happened).toEqual(['STOP_LIFTED', 'ORDER_CHANGED', 'CLOSED'])
    expect(order.verdicts).toEqual(free)
  })

  test('of a momentary case stands until one of the fields of that change is changed again', () => {
    const order = given()
      .revised()
      .revised({ set: { 'shipping.city': 'Leeds' }, findings: [finding('late-change')] })
    order.acts(fiona, 'REJECT', 'late-change')
    expect(order.revised({ set: { 'customer.phone': '1' } }).verdicts.shipping).toBe('STOP')
    expect(order.revised({ set: { 'shipping.city': 'Whitby' } }).verdicts.shipping).toBe('PROCEED')
  })
})

describe('correct', () => {
  const address = () => given().revised({ findings: [finding('shipping-address')] })

  test('holds the order until a revision carries the correction, and is over when the rule no longer holds', () => {
    const order = address().corrects(sam, 'shipping-address', [city])
    expect(order.happened).toEqual(['CORRECTED'])
    expect(order.caseOf('shipping-address')).toMatchObject({
      status: 'OPEN',
      correctedBy: { subject: 'sam' },
    })
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { settlement: 'NONE', requestId: '', corrections: [city], by: sam } },
    ])
    expect(order.verdicts).toEqual(held)
    order.revised({ set: { 'customer.phone': '1' }, findings: [finding('shipping-address')] })
    expect(order.happened).toEqual(['ORDER_CHANGED'])
    expect(order.verdicts).toEqual(held)
    order.revised({ set: { 'shipping.city': 'Leeds' }, correctedBy: 'sam' })
    expect(order.happened).toEqual(['CLOSED', 'NOTICE_REQUESTED'])
    expect(order.caseOf('shipping-address')).toMatchObject({
      outcome: 'CORRECTED',
      closedBy: 'sam',
      closedReason: 'Agreed with the customer.',
      correctionId: '',
    })
    expect(order.verdicts).toEqual(free)
  })

  const notCured = { correctedBy: 'sam', findings: [finding('shipping-address', 'still')] }

  test('that does not cure leaves the case with its clock, its level and its history, and tells nobody anew', () => {
    const order = address().after(minute)
    const { clock } = order.caseOf('shipping-address')
    order.corrects(sam, 'shipping-address', [city]).after(minute)
    order.revised({ set: { 'shipping.city': 'Leeds' }, ...notCured })
    expect(order.happened).toEqual(['NOT_CURED'])
    expect(order.last.events[0]?.reason).toBe(
      'Revision 2 carries what Sam put right, and the rule still holds: the case goes on.',
    )
    expect(order.state.cases).toHaveLength(1)
    expect(order.caseOf('shipping-address')).toMatchObject({
      status: 'OPEN',
      level: 0,
      clock,
      correctionId: '',
    })
    expect(order.verdicts).toEqual(held)
    expect(order.published('notices.requested.v1')).toEqual([])
    expect(order.published('timers.schedule.v1')).toEqual([])
  })

  test('again and again keeps no case from its backup', () => {
    const order = address()
    const due = order.caseOf('shipping-address').clock.deadline ?? 0
    for (const value of ['Leeds', 'Hull', 'York']) {
      const expected = order.state.order?.shipping.city ?? ''
      order.corrects(sam, 'shipping-address', [{ path: 'shipping.city', expected, value }])
      expect(order.caseOf('shipping-address').correctionId).toMatch(/:[123]$/)
      order.revised({ set: { 'shipping.city': value }, ...notCured }).after((due - start) / 4)
    }
    order.waits(due - order.now)
    expect(order.caseOf('shipping-address').level).toBe(1)
  })

  test('leaves no second decision until it has come back', () => {
    const order = address().corrects(sam, 'shipping-address', [city])
    expect(order.acts(sam, 'STOP', 'shipping-address').refusal).toBe('VALUE_CHANGED')
    order.revised({ set: { 'shipping.city': 'Leeds' }, ...notCured })
    expect(order.acts(sam, 'STOP', 'shipping-address').refusal).toBeUndefined()
  })

  test('says nothing of its case while rules cannot be judged', () => {
    const order = address().corrects(sam, 'shipping-address', [city])
    const findings = [finding('cannot-classify', 'x', { basis: 'MOMENTARY', problem: 'A division by zero.' })]
    order.revised({ set: { 'shipping.city': 'Leeds' }, correctedBy: 'sam', findings })
    expect(order.happened).toContain('SETTLED')
    expect(order.caseOf('shipping-address').status).toBe('OPEN')
  })

  test('of a case that was opened again is judged by the rule as well', () => {
    const order = address().acts(sam, 'STOP', 'shipping-address').acts(sam, 'REOPEN', 'shipping-address')
    order.corrects(sam, 'shipping-address', [city])
    order.revised({ set: { 'shipping.city': 'Leeds' }, ...notCured })
    expect(order.happened).toEqual(['NOT_CURED'])
  })

  test('of a momentary case is not itself such a change', () => {
    const order = given()
      .revised()
      .revised({ set: { 'shipping.city': 'York' }, findings: [finding('late-change')] })
    order.corrects(fiona, 'late-change', [{ ...city, expected: 'York' }])
    order.revised({
      set: { 'shipping.city': 'Leeds' },
      correctedBy: 'fiona',
      findings: [finding('late-change')],
    })
    expect(order.happened).toEqual(['CLOSED'])
    expect(order.verdicts).toEqual(free)
  })

  test('takes a value in any form and hands it on in the canonical one', () => {
    const quantity = { path: 'lines.1.quantity', expected: '6', value: '12.50' }
    const order = address().corrects(sam, 'shipping-address', [quantity])
    expect(order.published('orders.corrections.v1')[0]?.value?.corrections).toEqual([
      { ...quantity, value: '12.5' },
    ])
    order.revised({ set: { 'lines.1.quantity': '12.5' }, correctedBy: 'sam' })
    expect(order.verdicts).toEqual(free)
  })

  test('that upstream overtook is with its owner still, who sees what upstream sent', () => {
    const order = address().corrects(sam, 'shipping-address', [city])
    const { correctionId } = order.caseOf('shipping-address')
    order.revised({ set: { 'shipping.city': 'Hull' }, findings: [finding('shipping-address', 'Hull')] })
    expect(order.verdicts).toEqual(held)
    const overridden = [{ path: 'shipping.city', corrected: 'Leeds', upstream: 'Hull', correctionId }]
    order.revised({ overridden, findings: [finding('shipping-address', 'Hull')] })
    expect(order.happened).toEqual(['SETTLED'])
    expect(order.caseOf('shipping-address')).toMatchObject({ status: 'OPEN', correctionId: '' })
    expect(order.verdicts).toEqual(held)
    order.revised({ set: { 'shipping.city': 'Leeds' } })
    expect(order.caseOf('shipping-address').outcome).toBe('OBSOLETE')
  })
})

describe('an approval that upstream overtook', () => {
  test('goes to the order owner instead of being lost', () => {
    const order = asked().acts(fiona, 'APPROVE', 'billing-terms')
    const { correctionId } = order.caseOf('billing-terms')
    const overridden = [{ path: 'billing.terms', corrected: 'NET60', upstream: 'NET14', correctionId }]
    order.revised({ set: { 'billing.terms': 'NET14' }, overridden, requests: [] })
    expect(order.happened).toEqual(['SETTLED', 'OPENED'])
    expect(order.caseOf('correction-overridden')).toMatchObject({ owner: 'order-manager', status: 'OPEN' })
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'HOLD' })
    expect(order.acts(olga, 'APPROVE', 'correction-overridden').verdicts).toEqual(free)
  })
})

describe('stop', () => {
  test('stops the order as a whole, for good, whatever the case holds', () => {
    const order = given().revised({ findings: [finding('shipping-address')] })
    order.acts(sam, 'STOP', 'shipping-address')
    expect(order.verdicts).toEqual({ invoicing: 'STOP', shipping: 'STOP' })
    order.revised({ set: { 'shipping.city': 'Leeds' }, findings: [finding('shipping-address', 'other')] })
    expect(order.happened).toEqual(['ORDER_CHANGED'])
    expect(order.revised({ set: { 'shipping.city': 'Hull' } }).verdicts.shipping).toBe('STOP')
  })

  test('stops only the stages that the type says, or the whole order all the same', () => {
    const late = () => given().revised({ findings: [finding('late-change')] })
    expect(late().acts(fiona, 'STOP', 'late-change').verdicts).toEqual({
      invoicing: 'PROCEED',
      shipping: 'STOP',
    })
    expect(late().acts(fiona, 'STOP', 'late-change', { wholeOrder: true }).verdicts).toEqual({
      invoicing: 'STOP',
      shipping: 'STOP',
    })
  })

  test('of a request settles it as rejected', () => {
    const order = asked().acts(fiona, 'STOP', 'billing-terms')
    expect(order.verdicts.invoicing).toBe('STOP')
    expect(order.published('orders.corrections.v1')[0]?.value?.settlement).toBe('REJECTED')
  })
})
