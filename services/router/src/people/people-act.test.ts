import { describe, expect, test } from 'vitest'
import {
  answerText,
  askedTerms,
  carl,
  finding,
  fiona,
  given,
  type History,
  minute,
  olga,
  person,
  sally,
  sam,
  termsFinding,
  wanda,
} from '../testing/given.ts'
import { exceptionType, samplePolicy } from '../testing/sample-policy.ts'

const free = { invoicing: 'PROCEED', shipping: 'PROCEED' }
const city = { path: 'shipping.city', expected: 'Whitby', value: 'Leeds' }
const hour = 60 * minute
const frank = person('frank', 'finance')

/** An order with a case of a type of its own. */
function withType(own: Parameters<typeof exceptionType>[1]): History {
  const policy = samplePolicy()
  const types = new Map(policy.types).set('special', exceptionType('special', own))
  return given({ policies: [{ ...policy, types }] }).revised({ findings: [finding('special')] })
}

describe('four eyes', () => {
  const special = () =>
    withType({
      name: 'Special',
      fourEyes: true,
      holds: ['shipping'],
      actions: ['CORRECT', 'STOP'],
      mayCorrect: { fields: ['shipping.*'], until: 'shipping' },
    })

  test('a correction waits until somebody else approves it', () => {
    const order = special().corrects(fiona, 'special', [city])
    expect(order.happened).toEqual(['PROPOSED'])
    expect(order.published('orders.corrections.v1')).toEqual([])
    expect(order.acts(fiona, 'APPROVE', 'special').refusal).toBe('FOUR_EYES')
    order.acts(frank, 'APPROVE', 'special')
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { corrections: [city], by: frank } },
    ])
    expect(order.carriedOut().verdicts).toEqual(free)
    expect(order.caseOf('special')).toMatchObject({ outcome: 'CORRECTED', closedBy: 'frank' })
  })

  test('another proposal takes the place of the first, and is somebody else’s', () => {
    const order = special().corrects(fiona, 'special', [city])
    order.corrects(frank, 'special', [{ ...city, value: 'Hull' }])
    expect(order.acts(frank, 'APPROVE', 'special').refusal).toBe('FOUR_EYES')
    order.acts(fiona, 'APPROVE', 'special')
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { corrections: [{ value: 'Hull' }] } },
    ])
  })

  test('without a proposal there is nothing to approve', () => {
    expect(special().acts(frank, 'APPROVE', 'special').refusal).toBe('ACTION_NOT_ALLOWED')
  })
})

describe('two approvals', () => {
  const special = () =>
    withType({ name: 'Special', approvals: 2, holds: ['shipping'], actions: ['APPROVE', 'REJECT', 'STOP'] })

  test('release the order when both are given, by two people', () => {
    const order = special().acts(fiona, 'APPROVE', 'special')
    expect(order.last.events).toMatchObject([{ type: 'APPROVAL_GIVEN', approval: { given: 1, needed: 2 } }])
    expect(order.acts(fiona, 'APPROVE', 'special').refusal).toBe('FOUR_EYES')
    expect(order.verdicts.shipping).toBe('HOLD')
    expect(order.acts(frank, 'APPROVE', 'special').verdicts).toEqual(free)
  })

  test('are of the same values: others begin anew', () => {
    const order = special().acts(fiona, 'APPROVE', 'special')
    order.revised({ set: { 'shipping.city': 'Hull' }, findings: [finding('special', 'other')] })
    order.acts(frank, 'APPROVE', 'special')
    expect(order.happened).toEqual(['APPROVAL_GIVEN'])
    expect(order.acts(fiona, 'APPROVE', 'special').verdicts).toEqual(free)
  })

  test('one no is enough', () => {
    const order = special().acts(fiona, 'APPROVE', 'special').acts(frank, 'REJECT', 'special')
    expect(order.verdicts.shipping).toBe('STOP')
  })
})

describe('a case raised by hand', () => {
  test('of the type `other` holds the whole order for the order owner', () => {
    const order = given()
      .revised()
      .raises(sam, 'other', 'The customer says it is a birthday present.', { recall: true })
    expect(order.caseOf('other')).toMatchObject({ owner: 'order-manager', raisedBy: 'sam', basis: 'PERSON' })
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'HOLD' })
    expect(order.revised({ set: { 'customer.phone': '1' } }).caseOf('other').status).toBe('OPEN')
    expect(order.acts(olga, 'APPROVE', 'other').verdicts).toEqual(free)
  })

  test('may propose fields, which somebody else sets', () => {
    const order = given().revised()
    order.raises(sam, 'shipping-address', 'They have moved.', { corrections: [city] })
    expect(order.acts(sam, 'APPROVE', 'shipping-address').refusal).toBe('OWN_REQUEST')
    order.acts(person('suzy', 'support'), 'APPROVE', 'shipping-address')
    expect(order.carriedOut().state.order?.shipping.city).toBe('Leeds')
    expect(order.verdicts).toEqual(free)
  })

  test('tells the customer as any other of its type', () => {
    const order = given().revised().raises(sam, 'shipping-address', 'They have moved.', { recall: true })
    expect(order.happened).toEqual(['OPENED', 'NOTICE_REQUESTED'])
  })

  test.each([
    ['of a type that there is not', 'moon', 'ACTION_NOT_ALLOWED'],
    ['of a type that opens by itself', 'clearance', 'ACTION_NOT_ALLOWED'],
    ['of a type that is open', 'large-order', 'ACTION_NOT_ALLOWED'],
  ])('%s is refused', (_, type, code) => {
    const order = given().revised({ findings: [finding('large-order')] })
    expect(order.raises(sam, type, 'Look at it.').refusal).toBe(code)
  })

  test('without a word, by nobody, on no order, or on a cancelled one is refused', () => {
    expect(given().raises(sam, 'other', 'Look at it.').refusal).toBe('UNKNOWN_ORDER')
    expect(given().revised().raises(sam, 'other', ' ').refusal).toBe('REASON_MISSING')
    expect(given().revised().raises(person('x'), 'other', 'Look at it.').refusal).toBe('NOT_INVOLVED')
    expect(given().revised({ cancelled: true }).raises(sam, 'other', 'Look.').refusal).toBe(
      'ACTION_NOT_ALLOWED',
    )
    const fields = [{ ...city, path: 'billing.terms', expected: 'NET30' }]
    const order = given().revised().raises(sam, 'shipping-address', 'So.', { corrections: fields })
    expect(order.refusal).toBe('FIELD_NOT_CORRECTABLE')
  })

  test('twice by the same command is one', () => {
    const order = given().revised().raises(sam, 'other', 'Look at it.', { commandId: 'once' })
    expect(order.raises(sam, 'other', 'Look at it.', { commandId: 'once' }).refusal).toBe('DUPLICATE_COMMAND')
  })
})

describe('a case that is opened again', () => {
  const rejected = () =>
    given()
      .revised({ findings: [finding('large-order')] })
      .acts(fiona, 'REJECT', 'large-order')

  test('holds what has not started, and its clock starts anew', () => {
    const order = rejected().revised({ stages: { invoicing: 'STARTED' }, findings: [finding('large-order')] })
    order.after(5 * hour).acts(fiona, 'REOPEN', 'large-order', { reason: 'They called.' })
    expect(order.caseOf('large-order')).toMatchObject({
      status: 'OPEN',
      holds: ['shipping'],
      stops: [],
      reopened: 1,
      clock: { startedAt: order.now, deadline: order.now + 2 * hour },
    })
    expect(order.verdicts).toEqual({ invoicing: 'PROCEED', shipping: 'HOLD' })
    expect(order.acts(fiona, 'APPROVE', 'large-order').verdicts).toEqual(free)
  })

  test('ends by a person only', () => {
    const order = rejected().acts(fiona, 'REOPEN', 'large-order')
    expect(order.revised({ set: { 'lines.1.quantity': '1' } }).caseOf('large-order').status).toBe('OPEN')
  })

  test('authorises a correction of its own', () => {
    const order = given().revised({ findings: [finding('shipping-address')] })
    order.corrects(sam, 'shipping-address', [city]).carriedOut()
    order.acts(sam, 'REOPEN', 'shipping-address', { reason: 'Wrong Leeds.' })
    order.corrects(sam, 'shipping-address', [{ ...city, expected: 'Leeds', value: 'Hull' }])
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { correctionId: `${order.caseId('shipping-address')}:2` } },
    ])
    expect(order.carriedOut().verdicts).toEqual(free)
  })

  test('is refused while its decision is on its way, while the rule has opened it anew, and when cancelled', () => {
    const order = given().revised({ findings: [finding('shipping-address')] })
    order.corrects(sam, 'shipping-address', [city])
    expect(order.acts(sam, 'REOPEN', 'shipping-address').refusal).toBe('ACTION_NOT_ALLOWED')
    const { caseId } = order.caseOf('shipping-address')
    order.revised({
      set: { 'shipping.city': 'Leeds' },
      correctedBy: 'sam',
      findings: [finding('shipping-address', '2')],
    })
    expect(order.acts(sam, 'REOPEN', 'shipping-address', { caseId }).refusal).toBe('ACTION_NOT_ALLOWED')
    expect(rejected().revised({ cancelled: true }).acts(fiona, 'REOPEN', 'large-order').refusal).toBe(
      'ACTION_NOT_ALLOWED',
    )
  })

  test('though a later one of its type has closed since keeps the rule from opening a third', () => {
    const order = given().revised({ findings: [finding('large-order', '1')] })
    const { caseId } = order.caseOf('large-order')
    order
      .revised()
      .revised({ findings: [finding('large-order', '2')] })
      .revised()
    order.acts(fiona, 'REOPEN', 'large-order', { caseId })
    expect(order.revised({ findings: [finding('large-order', '3')] }).happened).toEqual(['EVIDENCE_CHANGED'])
  })

  test('about a request that was settled settles nothing again', () => {
    const both = [termsFinding(), termsFinding('r-1', 'terms-review')]
    const order = given().revised({ requests: [askedTerms()], findings: both })
    order.acts(fiona, 'STOP', 'billing-terms')
    expect(order.acts(carl, 'REOPEN', 'terms-review').refusal).toBe('ACTION_NOT_ALLOWED')
    order.revised({ requests: [] }).acts(carl, 'REOPEN', 'terms-review', { reason: 'They asked again.' })
    expect(order.acts(carl, 'APPROVE', 'terms-review').refusal).toBeUndefined()
    expect(order.published('orders.corrections.v1')).toEqual([])
  })

  test('of a whole order that was stopped brings the other cases back', () => {
    const order = given().revised({ findings: [finding('large-order'), finding('shipping-address')] })
    order.acts(fiona, 'STOP', 'large-order')
    expect(order.happened).toEqual(['CLOSED', 'CLOSED', 'OPENED', 'NOTICE_REQUESTED'])
    expect(order.caseOf('shipping-address')).toMatchObject({
      outcome: 'OBSOLETE',
      endedBy: order.caseId('large-order'),
    })
    expect(order.verdicts).toEqual({ invoicing: 'STOP', shipping: 'STOP' })
    expect(order.revised({ findings: [finding('late-change'), finding('large-order')] }).happened).toEqual([])
    order.acts(olga, 'REOPEN', 'large-order')
    expect(order.happened).toEqual(['REOPENED', 'REOPENED', 'CLOSED', 'NOTICE_REQUESTED'])
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'HOLD' })
  })
})

describe('a clearance', () => {
  const settled = () => {
    const order = given().revised({ findings: [finding('large-order'), finding('late-change')] })
    return order.acts(fiona, 'APPROVE', 'large-order').acts(fiona, 'STOP', 'late-change')
  }

  test('holds what the cases held, but for what they stopped', () => {
    const order = settled()
    expect(order.caseOf('clearance')).toMatchObject({ holds: ['invoicing'], status: 'OPEN' })
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'STOP' })
    expect(order.acts(olga, 'CLEAR', 'clearance').verdicts).toEqual({
      invoicing: 'PROCEED',
      shipping: 'STOP',
    })
  })

  test('is not due when every case ended by itself', () => {
    const order = given().revised({ findings: [finding('large-order'), finding('shipping-address')] })
    expect(order.revised({ set: { 'shipping.city': 'York' } }).verdicts).toEqual(free)
    expect(order.happened).toEqual(['CLOSED', 'CLOSED', 'NOTICE_REQUESTED'])
  })

  test('is due after a single case of a type that asks for it', () => {
    const order = withType({
      name: 'Special',
      clearance: true,
      holds: ['shipping'],
      actions: ['APPROVE', 'STOP'],
    })
    expect(order.acts(fiona, 'APPROVE', 'special').verdicts).toEqual({
      invoicing: 'PROCEED',
      shipping: 'HOLD',
    })
    expect(order.acts(olga, 'CLEAR', 'clearance').verdicts).toEqual(free)
  })

  test('is premature when another case opens, and comes again', () => {
    const order = settled().revised({ findings: [finding('large-order'), finding('shipping-address')] })
    expect(order.happened).toEqual(['OPENED', 'CLOSED', 'NOTICE_REQUESTED'])
    expect(order.caseOf('clearance').outcome).toBe('OBSOLETE')
    order.corrects(sam, 'shipping-address', [{ path: 'shipping.city', expected: 'Whitby', value: 'Hull' }])
    order.carriedOut()
    expect(order.caseOf('clearance').status).toBe('OPEN')
    expect(order.acts(olga, 'CLEAR', 'clearance').verdicts.invoicing).toBe('PROCEED')
  })

  test('of one order is forgotten with it: a later case alone needs none', () => {
    const order = settled().acts(olga, 'CLEAR', 'clearance')
    order.revised({ set: { 'customer.phone': '1' }, findings: [finding('large-order', 'other')] })
    expect(order.acts(fiona, 'APPROVE', 'large-order').verdicts.invoicing).toBe('PROCEED')
  })
})

describe('what comes too late', () => {
  const started = { shipping: 'STARTED' as const }

  test('is a case of its own for the order owner', () => {
    const order = given().revised().revised({ stages: started })
    order.revised({ set: { 'shipping.city': 'York' }, findings: [finding('late-change')] })
    expect(order.happened).toEqual(['OPENED', 'OPENED'])
    expect(order.caseOf('too-late')).toMatchObject({ owner: 'order-manager', holds: [] })
    expect(order.published('orders.decisions.v1')[0]?.value?.verdicts).toMatchObject([
      { verdict: 'PROCEED' },
      { verdict: 'HOLD', recall: true, tooLate: true },
    ])
    order.acts(olga, 'APPROVE', 'too-late', { reason: 'The van came back.' })
    expect(order.revised({ findings: [finding('late-change')] }).happened).toEqual([])
  })

  test('is told of a cancellation too', () => {
    const order = given().revised().revised({ stages: started }).revised({ cancelled: true })
    expect(order.caseOf('too-late').status).toBe('OPEN')
    expect(order.verdicts).toEqual({ invoicing: 'STOP', shipping: 'STOP' })
  })

  test('is told when a stage starts although it is held', () => {
    const order = given().revised({ findings: [finding('shipping-address')] })
    order.revised({ stages: started, findings: [finding('shipping-address')] })
    expect(order.caseOf('too-late').status).toBe('OPEN')
    expect(order.published('orders.decisions.v1')).toHaveLength(1)
  })
})

describe('a cancelled order', () => {
  test('closes its cases and stops its stages; only what is said of cancelled orders opens', () => {
    const order = given().revised({ findings: [finding('large-order')], requests: [askedTerms()] })
    const about = finding('late-change', 'x', { evidence: [{ expression: 'cancelled', value: 'true' }] })
    order.revised({ cancelled: true, findings: [finding('large-order'), termsFinding(), about] })
    expect(order.happened).toEqual(['CLOSED', 'OPENED'])
    expect(order.caseOf('large-order')).toMatchObject({
      outcome: 'OBSOLETE',
      closedReason: 'The order was cancelled.',
    })
    expect(order.verdicts).toEqual({ invoicing: 'STOP', shipping: 'STOP' })
    expect(order.state.cases.map(({ type }) => type)).toEqual(['large-order', 'late-change'])
  })
})

test('an order that comes in cancelled, as a credit note, is judged as it is', () => {
  const order = given().revised({ cancelled: true, findings: [finding('large-order')] })
  expect(order.happened).toEqual(['OPENED'])
  order.revised({ set: { 'customer.phone': '1' }, findings: [finding('large-order')] })
  expect(order.happened).toEqual(['ORDER_CHANGED'])
  expect(order.verdicts).toEqual({ invoicing: 'STOP', shipping: 'STOP' })
})

describe('a correction that upstream overwrites', () => {
  const corrected = () => {
    const order = given().revised({ findings: [finding('shipping-address')] })
    return order.corrects(sam, 'shipping-address', [city]).carriedOut()
  }
  const overridden = (order: History) => [
    {
      path: 'shipping.city',
      corrected: 'Leeds',
      upstream: 'Hull',
      correctionId: `${order.caseId('shipping-address')}:1`,
    },
  ]

  test('is a case for the order owner', () => {
    const order = corrected()
    order.revised({ set: { 'shipping.city': 'Hull' }, overridden: overridden(order) })
    expect(order.caseOf('correction-overridden')).toMatchObject({ owner: 'order-manager', status: 'OPEN' })
    expect(order.last.events[0]).toMatchObject({
      opened: { evidence: [{ expression: 'shipping.city', value: 'decided "Leeds", upstream says "Hull"' }] },
    })
  })

  test('is left to the rule behind it when that matches again', () => {
    const order = corrected()
    order.revised({
      set: { 'shipping.city': 'Hull' },
      overridden: overridden(order),
      findings: [finding('shipping-address', 'Hull')],
    })
    expect(order.state.cases.map(({ type }) => type)).toEqual(['shipping-address', 'shipping-address'])
  })
})

describe('a running deadline', () => {
  const faster = () => {
    const policy = samplePolicy()
    const type = exceptionType('large-order', {
      name: 'Large order',
      holds: ['shipping'],
      actions: ['APPROVE', 'STOP'],
      answerWithin: { kind: 'elapsed', count: 30, unit: 'minute' },
    })
    return { ...policy, types: new Map(policy.types).set('large-order', type) }
  }

  test('is not moved by a policy that is published later, but by an owner who says why', () => {
    const order = given().revised({ findings: [finding('large-order')] })
    const { startedAt, deadline } = order.caseOf('large-order').clock
    order.with({ policies: [samplePolicy(), faster()] }).after(10 * minute)
    order.revised({ set: { 'customer.phone': '1' }, findings: [finding('large-order')] })
    expect(order.happened).toEqual(['ORDER_CHANGED'])
    expect(order.caseOf('large-order').clock.deadline).toBe(deadline)
    order.acts(fiona, 'REPLAN', 'large-order', { reason: 'It is a rush.' })
    expect(order.caseOf('large-order').clock).toMatchObject({
      deadline: startedAt + 30 * minute,
      policyVersion: 2,
    })
    expect(order.caseOf('large-order').policyVersion).toBe(1)
    expect(order.acts(fiona, 'REPLAN', 'large-order').refusal).toBe('ACTION_NOT_ALLOWED')
  })

  test('that has passed, or stands still, is not replanned', () => {
    const order = given().revised({ findings: [finding('large-order')] })
    order.with({ policies: [samplePolicy(), faster()] })
    order.acts(fiona, 'ASK', 'large-order', { to: 'sales', reason: 'Why so many?' })
    expect(order.acts(fiona, 'REPLAN', 'large-order').refusal).toBe('ACTION_NOT_ALLOWED')
    order.acts(sally, 'ANSWER', 'large-order', { reason: 'A fair.' }).waits(3 * hour)
    expect(order.acts(fiona, 'REPLAN', 'large-order').refusal).toBe('ACTION_NOT_ALLOWED')
  })
})

describe('a question', () => {
  const large = () => given().revised({ findings: [finding('large-order')] })
  const asks = (order: History, own: object = {}) =>
    order.acts(fiona, 'ASK', 'large-order', { to: 'sales', reason: 'Why so many?', ...own })

  test('is one at a time, and what was left stays', () => {
    const order = asks(large().after(hour)).after(hour)
    expect(asks(order, { to: 'customer', reason: 'And for when?' }).refusal).toBe('ACTION_NOT_ALLOWED')
    expect(answerText(order)).toBe(
      '"Large order" waits for an answer of sales already, until 2026-03-02T12:00:00.000Z: "Why so many?". Wait for it, write it down as the answer, or decide the case without it.',
    )
    expect(order.caseOf('large-order').question?.to).toBe('sales')
    order.after(hour).acts(sally, 'ANSWER', 'large-order', { reason: 'A fair in May.' })
    const { clock } = order.caseOf('large-order')
    expect(clock.deadline).toBe(order.now + hour)
    expect(clock.pauses).toEqual([{ from: order.now - 2 * hour, to: order.now }])
  })

  test('is answered by whoever is asked, or written down by who decides', () => {
    expect(asks(large()).acts(wanda, 'ANSWER', 'large-order').refusal).toBe('NOT_INVOLVED')
    expect(asks(large()).acts(fiona, 'ANSWER', 'large-order').refusal).toBeUndefined()
    expect(asks(large()).acts(sally, 'ANSWER', 'large-order').refusal).toBeUndefined()
  })

  test.each([
    ['to nobody', { to: 'the moon' }, 'NO_SUCH_PERSON'],
    ['to the requester of what a rule opened', { to: 'requester' }, 'NO_SUCH_PERSON'],
    ['with a time that is none', { within: '2 hrs' }, 'ACTION_NOT_ALLOWED'],
    ['without words', { reason: '' }, 'REASON_MISSING'],
  ])('%s is refused', (_, own, code) => {
    expect(asks(large(), own).refusal).toBe(code)
  })

  test('to a customer without an address is refused: nobody would ever answer', () => {
    const order = given().revised({ set: { 'customer.email': '' }, findings: [finding('large-order')] })
    asks(order, { to: 'customer' })
    expect(order.last.events).toMatchObject([
      { refused: { code: 'NO_SUCH_PERSON', message: expect.stringContaining('no e-mail address') } },
    ])
  })

  test('to the requester is theirs to answer', () => {
    const order = given().revised({ requests: [askedTerms()], findings: [termsFinding()] })
    order.acts(fiona, 'ASK', 'billing-terms', { to: 'requester', reason: 'For how long?' })
    expect(order.acts(wanda, 'ANSWER', 'billing-terms').refusal).toBe('NOT_INVOLVED')
    order.acts(sally, 'ANSWER', 'billing-terms', {
      reason: 'NET45 would do.',
      corrections: [{ path: 'billing.terms', expected: 'NET30', value: 'NET45' }],
    })
    order.acts(fiona, 'APPROVE', 'billing-terms')
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { corrections: [{ path: 'billing.terms', value: 'NET45' }], settlement: 'APPROVED' } },
    ])
  })

  test('to the customer is theirs to answer, and nothing else is', () => {
    const customer = person('customer:SO-1041')
    const order = given().revised({ findings: [finding('shipping-address')] })
    expect(order.acts(customer, 'ANSWER', 'shipping-address').refusal).toBe('ACTION_NOT_ALLOWED')
    order.acts(sam, 'ASK', 'shipping-address', { to: 'customer', reason: 'Which Whitby?' })
    for (const action of ['NOTE', 'CORRECT', 'APPROVE', 'STOP', 'CLAIM', 'REOPEN', 'RAISE'] as const)
      expect(order.acts(customer, action, 'shipping-address').refusal).not.toBeUndefined()
    order.acts(customer, 'ANSWER', 'shipping-address', {
      reason: 'The one in Yorkshire.',
      corrections: [{ path: 'shipping.city', expected: 'Whitby', value: 'York' }],
    })
    expect(order.happened).toContain('ANSWERED')
    expect(order.caseOf('shipping-address').proposal).toMatchObject({ by: { subject: 'customer:SO-1041' } })
  })

  test('that goes to others is not theirs to answer', () => {
    const order = asks(large())
    expect(order.acts(person('customer:SO-1041'), 'ANSWER', 'large-order').refusal).toBe('NOT_INVOLVED')
  })

  test('that is decided meanwhile waits for nothing', () => {
    const order = asks(large()).acts(fiona, 'APPROVE', 'large-order')
    expect(order.verdicts).toEqual(free)
    expect(order.waits(30 * hour)).toEqual([])
  })

  test('is asked so many times only', () => {
    const order = large()
    for (let i = 0; i < 50; i++) asks(order.after(1)).after(1).acts(sally, 'ANSWER', 'large-order')
    expect(asks(order).refusal).toBe('ACTION_NOT_ALLOWED')
  })
})

describe('the customer of a held order', () => {
  const silent = () => {
    const policy = { ...samplePolicy(), customerSilence: { kind: 'elapsed', count: 1, unit: 'day' } as const }
    return given({ policies: [policy] })
  }

  test('hears from us again and again, and no more once it goes on', () => {
    const order = silent().revised({ findings: [finding('large-order')] })
    expect(order.waits(50 * hour).filter((kind) => kind === 'SILENCE')).toHaveLength(2)
    expect(order.events.filter(({ type }) => type === 'NOTICE_REQUESTED')).toHaveLength(2)
    order.acts(fiona, 'APPROVE', 'large-order')
    expect(order.waits(100 * hour)).toEqual([])
  })

  test('is counted from the last message', () => {
    const order = silent()
      .revised({ findings: [finding('large-order')] })
      .after(20 * hour)
    order.acts(fiona, 'ASK', 'large-order', { to: 'customer', within: '10 days', reason: 'Why so many?' })
    expect(order.state.silence?.dueAt).toBe(order.now + 24 * hour)
  })

  test('without an address is not written to, and the record says so', () => {
    const order = silent().revised({ set: { 'customer.email': '' }, findings: [finding('large-order')] })
    order.waits(25 * hour)
    expect(order.events.filter(({ type }) => type === 'NOTICE_FAILED')).toHaveLength(1)
    expect(order.state.silence).not.toBeNull()
  })
})

test('a case is handed on within those who decide it', () => {
  const order = given().revised({ findings: [finding('large-order')] })
  order.acts(fiona, 'CLAIM', 'large-order')
  expect(order.caseOf('large-order').assignee).toEqual({ subject: 'fiona', name: 'Fiona' })
  expect(order.acts(fiona, 'CLAIM', 'large-order').refusal).toBe('ACTION_NOT_ALLOWED')
  expect(order.acts(carl, 'CLAIM', 'large-order').refusal).toBe('NOT_OWNER')
  expect(order.acts(fiona, 'REASSIGN', 'large-order', { to: 'carl' }).refusal).toBe('NO_SUCH_PERSON')
})

test('a command waits for the roster that the desk knew', () => {
  const order = given().revised({ findings: [finding('large-order')] })
  expect(() => order.acts(fiona, 'APPROVE', 'large-order', { rosterVersion: 3 })).toThrow(
    'Version 3 has not arrived from duty.roster.v1 yet.',
  )
})
