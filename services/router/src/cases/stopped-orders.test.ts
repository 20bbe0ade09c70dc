/** A no stops the order, and a stopped order stays in sight until somebody says what now. */
import { evidenceDigest } from '@holdpoint/policy'
import { describe, expect, test } from 'vitest'
import { finding, fiona, given, type History, olga, sam } from '../testing/given.ts'
import { exceptionType, samplePolicy } from '../testing/sample-policy.ts'

const all = { invoicing: 'STOP', shipping: 'STOP' }
const free = { invoicing: 'PROCEED', shipping: 'PROCEED' }

/** A discount over the limit, which holds invoicing only. */
function discounted(own: { stops?: string[]; holds?: string[] } = {}): History {
  const policy = samplePolicy()
  const discount = exceptionType('discount', {
    name: 'Discount over the limit',
    holds: ['invoicing'],
    actions: ['APPROVE', 'REJECT', 'STOP'],
    ...own,
  })
  const policies = [{ ...policy, types: new Map([['discount', discount], ...policy.types]) }]
  const found = { ...finding('discount', '35'), basis: 'STANDING' as const }
  return given({ policies }).revised({ findings: [found] })
}

describe('a no to what holds one stage', () => {
  test('stops all of them together, so that no goods leave that nobody bills', () => {
    const order = discounted()
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'PROCEED' })
    order.acts(fiona, 'REJECT', 'discount')
    expect(order.verdicts).toEqual(all)
    expect(order.published('orders.decisions.v1')[0]?.value?.verdicts).toMatchObject([
      { stage: 'invoicing', recall: false },
      { stage: 'shipping', recall: true },
    ])
  })

  test('stops them also when the case holds nothing', () => {
    expect(discounted({ holds: [] }).acts(fiona, 'REJECT', 'discount').verdicts).toEqual(all)
  })

  test('stops only the stages that the type names', () => {
    const order = discounted({ stops: ['invoicing'] }).acts(fiona, 'REJECT', 'discount')
    expect(order.verdicts).toEqual({ invoicing: 'STOP', shipping: 'PROCEED' })
    expect(order.caseOf('stopped').status).toBe('OPEN')
  })

  test('is too late for a stage that has started, and somebody is told', () => {
    const order = given()
      .revised()
      .revised({ stages: { invoicing: 'DONE' } })
    order.revised({ set: { 'lines.1.quantity': '9' }, findings: [finding('large-order')] })
    order.acts(fiona, 'REJECT', 'large-order')
    expect(order.state.verdicts).toMatchObject([
      { stage: 'invoicing', verdict: 'STOP', tooLate: true },
      { stage: 'shipping', verdict: 'STOP', tooLate: false },
    ])
    expect(order.caseOf('too-late').status).toBe('OPEN')
  })

  test('lets all of them go on when the values changed', () => {
    const order = discounted().acts(fiona, 'REJECT', 'discount')
    expect(order.revised({ set: { 'lines.1.discountPercent': '5' } }).verdicts).toEqual(free)
  })

  test('taken back, keeps all of them waiting until it is decided again', () => {
    const order = discounted().acts(fiona, 'REJECT', 'discount').acts(fiona, 'REOPEN', 'discount')
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'HOLD' })
    expect(order.acts(fiona, 'APPROVE', 'discount').verdicts).toEqual(free)
  })
})

describe('a stopped order', () => {
  test('is a case of the order owner with a deadline, which says who stopped it and why', () => {
    const order = discounted().acts(fiona, 'REJECT', 'discount', { reason: 'Nobody gets 35 percent' })
    expect(order.caseOf('stopped')).toMatchObject({ owner: 'order-manager', holds: [], status: 'OPEN' })
    expect(order.caseOf('stopped').clock.deadline).toBeGreaterThan(order.now)
    expect(order.last.events.at(-1)).toMatchObject({
      reason:
        'invoicing and shipping stopped, as "Discount over the limit" was rejected: Nobody gets 35 percent',
    })
  })

  test('stays with them whatever they do about it, and whoever stops it once more', () => {
    const order = given().revised({ findings: [finding('large-order'), finding('late-change')] })
    order.acts(fiona, 'STOP', 'late-change')
    for (const action of ['APPROVE', 'REJECT', 'STOP', 'CLEAR'] as const)
      expect(order.acts(olga, action, 'stopped').refusal).toBe('ACTION_NOT_ALLOWED')
    order.acts(olga, 'ASK', 'stopped', { to: 'sales', reason: 'Will they order anew?' })
    order.acts(fiona, 'STOP', 'large-order')
    expect(order.state.cases.filter(({ type }) => type === 'stopped')).toMatchObject([{ status: 'WAITING' }])
  })

  test('leaves their list when its source cancels it', () => {
    const order = discounted().acts(fiona, 'REJECT', 'discount').revised({ cancelled: true })
    expect(order.caseOf('stopped')).toMatchObject({
      outcome: 'OBSOLETE',
      closedReason: 'The order was cancelled.',
    })
  })

  test('whose stop the cancellation ends is told of that, and not that values changed', () => {
    const order = discounted().acts(fiona, 'REJECT', 'discount')
    const caseId = order.caseId('discount')
    expect(order.state.verdicts).toMatchObject([{ caseIds: [caseId] }, { caseIds: [caseId] }])
    order.revised({ cancelled: true })
    expect(order.last.events[0]).toMatchObject({
      type: 'STOP_LIFTED',
      reason: 'The order was cancelled in revision 2: that stops it now, and no longer what was rejected.',
    })
    expect(order.published('orders.decisions.v1')).toMatchObject([
      {
        value: {
          cancelled: true,
          verdicts: [
            { verdict: 'STOP', caseIds: [] },
            { verdict: 'STOP', caseIds: [] },
          ],
        },
      },
    ])
    expect(order.revised({ cancelled: true }).published('orders.decisions.v1')).toEqual([])
  })

  test('whose rule holds no more although no value changed is told of that', () => {
    const order = discounted().acts(fiona, 'REJECT', 'discount').revised()
    expect(order.last.events[0]).toMatchObject({
      type: 'STOP_LIFTED',
      reason: 'The rule no longer matches with these values since revision 2: its stages are judged afresh.',
    })
  })

  test.each([
    ['nobody decided on', undefined],
    ['somebody rejected', 'REJECT'],
    ['somebody stopped', 'STOP'],
  ] as const)(
    'that %s and its source then cancels asks finance what its cancellation asks for',
    (_, action) => {
      const order = discounted()
      if (action) order.acts(fiona, action, 'discount')
      const evidence = [{ expression: 'cancelled', value: 'true' }]
      const atTheEnd = { ...finding('late-change'), evidence, evidenceDigest: evidenceDigest(evidence) }
      order.revised({ cancelled: true, findings: [atTheEnd] })
      expect(order.caseOf('late-change').status).toBe('OPEN')
      expect(order.verdicts).toEqual(all)
      order.acts(fiona, 'APPROVE', 'late-change').revised({ findings: [atTheEnd] })
      expect(order.state.cases.filter(({ type }) => type === 'late-change')).toHaveLength(1)
    },
  )

  test('leaves it when nothing stops the order any more, and comes again when something does', () => {
    const order = discounted().acts(fiona, 'REJECT', 'discount').acts(olga, 'REOPEN', 'discount')
    expect(order.caseOf('stopped')).toMatchObject({
      outcome: 'OBSOLETE',
      closedReason: 'Nothing stops the order any more.',
    })
    order.acts(fiona, 'STOP', 'discount')
    expect(order.caseOf('stopped').status).toBe('OPEN')
    expect(order.state.cases.filter(({ type }) => type === 'stopped')).toHaveLength(2)
  })

  test('that its source changes stays stopped for good when somebody stopped it, and the card says so', () => {
    const order = given().revised({ findings: [finding('shipping-address')] })
    order.acts(sam, 'STOP', 'shipping-address').revised({ set: { 'customer.phone': '1' } })
    expect(order.verdicts).toEqual(all)
    expect(order.last.events).toMatchObject([
      {
        type: 'ORDER_CHANGED',
        caseId: order.caseId('stopped'),
        reason: 'Revision 2 changed customer.phone.',
      },
    ])
  })
})
