import { describe, expect, test } from 'vitest'
import { finding, fiona, given } from '../testing/given.ts'

describe('a decision', () => {
  test('comes when the order changes though every verdict stays', () => {
    const order = given()
      .revised()
      .revised({ set: { 'shipping.city': 'Leeds' } })
    expect(order.published('orders.decisions.v1')).toMatchObject([{ value: { sequence: 2, revision: 2 } }])
  })

  test('does not come for a revision that changes neither order nor verdict', () => {
    expect(
      given()
        .revised()
        .revised({ stages: { invoicing: 'STARTED' } }).last.publish,
    ).toEqual([])
  })

  test('names the cases, who brought it about, why, and the message behind it', () => {
    const order = given().revised({ findings: [finding('large-order')] })
    order.acts(fiona, 'APPROVE', 'large-order', { commandId: 'c-7', reason: 'Known customer.' })
    expect(order.published('orders.decisions.v1')[0]?.value).toMatchObject({
      decisionId: 'SO-1041:2',
      terms: 'NET30',
      by: fiona,
      reason: 'Known customer.',
      cause: 'desk.commands.v1 c-7',
      policyVersion: 1,
      cases: [{ type: 'large-order', status: 'CLOSED', outcome: 'APPROVED' }],
    })
  })

  test('recalls a stage that was released, until it is released again', () => {
    const order = given().revised()
    const shipping = () => order.state.verdicts.find(({ stage }) => stage === 'shipping')
    expect(shipping()).toMatchObject({ verdict: 'PROCEED', recall: false, tooLate: false })
    order.revised({ set: { 'shipping.city': 'Leeds' }, findings: [finding('shipping-address')] })
    expect(shipping()).toMatchObject({ verdict: 'HOLD', recall: true, tooLate: false })
    order.revised({ set: { 'shipping.city': 'Hull' }, findings: [finding('shipping-address')] })
    expect(shipping()).toMatchObject({ verdict: 'HOLD', recall: true })
    order.revised({ set: { 'shipping.city': 'York' } })
    expect(shipping()).toMatchObject({ verdict: 'PROCEED', recall: false })
  })

  test('says when it comes too late', () => {
    const order = given()
      .revised()
      .revised({ stages: { shipping: 'STARTED' } })
    order.revised({ set: { 'shipping.city': 'Leeds' }, findings: [finding('shipping-address')] })
    expect(order.state.verdicts[1]).toMatchObject({ verdict: 'HOLD', recall: true, tooLate: true })
  })

  test('recalls nothing when the order was held from the start', () => {
    const order = given()
      .revised({ findings: [finding('large-order')] })
      .acts(fiona, 'REJECT', 'large-order')
    expect(order.state.verdicts.map(({ verdict, recall }) => [verdict, recall])).toEqual([
      ['STOP', false],
      ['STOP', false],
    ])
  })

  test('stops every stage of a cancelled order, whatever its cases say', () => {
    const order = given()
      .revised({ findings: [finding('shipping-address')] })
      .revised({ cancelled: true })
    expect(order.verdicts).toEqual({ invoicing: 'STOP', shipping: 'STOP' })
    expect(order.published('orders.decisions.v1')[0]?.value).toMatchObject({ cancelled: true })
  })
})
