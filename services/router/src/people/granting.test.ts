/** An owner answers with less than was asked for. */
import { describe, expect, test } from 'vitest'
import {
  answerText,
  askedTerms,
  carl,
  finding,
  fiona,
  given,
  type History,
  person,
  termsFinding,
} from '../testing/given.ts'
import { exceptionType, samplePolicy } from '../testing/sample-policy.ts'

const frank = person('frank', 'finance')
const discountPath = 'lines.1.discountPercent'

function discounted(own: Partial<ReturnType<typeof exceptionType>> = {}): History {
  const policy = samplePolicy()
  const discount = exceptionType('discount', {
    name: 'Discount over the limit',
    holds: ['invoicing'],
    actions: ['APPROVE', 'REJECT', 'STOP'],
    mayCorrect: { fields: ['lines.*.discountPercent'], until: 'invoicing' },
    ...own,
  })
  const policies = [{ ...policy, types: new Map([['discount', discount], ...policy.types]) }]
  return given({ policies }).revised({ set: { [discountPath]: '35' }, findings: [found('35')] })
}

const found = (percent: string) => finding('discount', percent, { basis: 'STANDING' })
const less = (value: string) => ({ corrections: [{ path: discountPath, expected: '35', value }] })

describe('an approval with other values', () => {
  test('applies those, says what was asked for, and holds until the order carries them', () => {
    const order = discounted().acts(fiona, 'APPROVE', 'discount', less('20'))
    expect(order.last.events[0]).toMatchObject({
      closed: {
        outcome: 'APPROVED',
        corrections: [{ path: discountPath, expected: '35', value: '20' }],
        asked: [{ path: discountPath, value: '35' }],
      },
    })
    expect(order.verdicts.invoicing).toBe('HOLD')
    expect(order.carriedOut().verdicts.invoicing).toBe('PROCEED')
  })

  test('covers the values that it gave, although the rule still matches, and no others', () => {
    const order = discounted().acts(fiona, 'APPROVE', 'discount', less('20'))
    order.revised({ set: { [discountPath]: '20' }, findings: [found('20')], correctedBy: 'fiona' })
    expect(order.happened).toEqual(['SETTLED', 'EVIDENCE_CHANGED'])
    expect(order.revised({ set: { 'customer.phone': '1' }, findings: [found('20')] }).happened).toEqual([])
    expect(order.revised({ set: { [discountPath]: '25' }, findings: [found('25')] }).happened).toEqual([
      'OPENED',
    ])
  })

  test('of a request grants what it gives instead of what was asked for', () => {
    const order = given().revised({ requests: [askedTerms('r-1', 'NET60')], findings: [termsFinding()] })
    const corrections = [{ path: 'billing.terms', expected: 'NET30', value: 'NET45' }]
    order.acts(fiona, 'APPROVE', 'billing-terms', { corrections })
    expect(order.last.events[0]).toMatchObject({
      closed: { asked: [{ path: 'billing.terms', value: 'NET60' }] },
    })
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { settlement: 'APPROVED', corrections: [{ value: 'NET45' }] } },
    ])
    expect(order.carriedOut().state.order?.billing.terms).toBe('NET45')
  })

  test('of a request that two cases are about is what the other has before it, and gives in the end', () => {
    const findings = [termsFinding(), termsFinding('r-1', 'terms-review')]
    const order = given().revised({ requests: [askedTerms('r-1', 'NET60')], findings })
    const corrections = [{ path: 'billing.terms', expected: 'NET30', value: 'NET45' }]
    order.acts(fiona, 'APPROVE', 'billing-terms', { corrections })
    expect(order.happened).toEqual(['CLOSED', 'PROPOSED'])
    order.acts(carl, 'APPROVE', 'terms-review')
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { corrections: [{ value: 'NET45' }] } },
    ])
  })

  test('says nothing else when it repeats what was asked for', () => {
    const order = given().revised({ requests: [askedTerms('r-1', 'NET60')], findings: [termsFinding()] })
    const corrections = [{ path: 'billing.terms', expected: 'NET30', value: 'NET60' }]
    order.acts(fiona, 'APPROVE', 'billing-terms', { corrections })
    expect(order.last.events[0]).toMatchObject({ closed: { outcome: 'APPROVED', asked: [] } })
  })
})

describe('where several approve', () => {
  test('the others approve the same values, and others begin anew', () => {
    const order = discounted({ approvals: 2 }).acts(fiona, 'APPROVE', 'discount', less('20'))
    expect(order.happened).toEqual(['PROPOSED', 'APPROVAL_GIVEN'])
    expect(order.acts(fiona, 'APPROVE', 'discount').refusal).toBe('FOUR_EYES')
    order.acts(frank, 'APPROVE', 'discount', less('15'))
    expect(order.happened).toEqual(['PROPOSED', 'APPROVAL_GIVEN'])
    order.acts(fiona, 'APPROVE', 'discount', less('15'))
    expect(order.last.events[0]).toMatchObject({
      closed: { outcome: 'APPROVED', corrections: [{ value: '15' }], asked: [{ value: '35' }] },
    })
  })

  test('an approval of what was asked for counts on, and one with other values does not count with it', () => {
    const order = discounted({ approvals: 2 }).acts(fiona, 'APPROVE', 'discount')
    order.acts(frank, 'APPROVE', 'discount', less('20'))
    expect(order.caseOf('discount')).toMatchObject({ status: 'OPEN', approvals: ['frank'] })
    expect(order.acts(fiona, 'APPROVE', 'discount').caseOf('discount').outcome).toBe('APPROVED')
  })

  test('with four eyes, other values wait for somebody else', () => {
    const order = discounted({ fourEyes: true }).acts(fiona, 'APPROVE', 'discount', less('20'))
    expect(order.happened).toEqual(['PROPOSED'])
    expect(order.acts(fiona, 'APPROVE', 'discount').refusal).toBe('FOUR_EYES')
    expect(order.acts(frank, 'APPROVE', 'discount').caseOf('discount').outcome).toBe('APPROVED')
  })
})

describe('what somebody proposes after a case was displayed', () => {
  test('is not approved unseen, nor turned down, and the refusal says what it is', () => {
    const order = discounted({ fourEyes: true })
    const digest = order.seen('discount')
    order.acts(fiona, 'APPROVE', 'discount', less('20'))
    for (const action of ['APPROVE', 'REJECT', 'STOP'] as const)
      expect(order.acts(frank, action, 'discount', { digest }).refusal).toBe('STALE_VIEW')
    expect(answerText(order)).toBe(
      `Since it was displayed, Fiona has proposed that ${discountPath} becomes "20": look at that, then decide.`,
    )
    order.acts(frank, 'APPROVE', 'discount')
    expect(order.last.events[0]).toMatchObject({ closed: { corrections: [{ value: '20' }] } })
  })

  test('nor when it was other values that were displayed', () => {
    const order = discounted({ approvals: 2 }).acts(fiona, 'APPROVE', 'discount', less('20'))
    const digest = order.seen('discount')
    order.acts(frank, 'APPROVE', 'discount', less('15'))
    expect(order.acts(fiona, 'APPROVE', 'discount', { digest }).refusal).toBe('STALE_VIEW')
    expect(answerText(order)).toContain(`Frank has proposed that ${discountPath} becomes "15"`)
  })

  test('is told apart from an order that has changed', () => {
    const order = discounted({ fourEyes: true }).acts(fiona, 'APPROVE', 'discount', less('20'))
    const digest = order.seen('discount')
    order.revised({ set: { 'customer.phone': '1' }, findings: [found('35')] })
    expect(order.acts(frank, 'APPROVE', 'discount', { digest }).refusal).toBe('STALE_VIEW')
    expect(answerText(order)).toContain('The order has changed since it was displayed')
  })
})

describe('more than was asked for', () => {
  const asks = (path: string, value: string, order = given()) => {
    const open = askedTerms()
    const request = { ...open.request, proposes: [{ path, value }] }
    return order.revised({ requests: [{ ...open, request }], findings: [termsFinding()] })
  }
  const grants = (order: History, path: string, expected: string, value: string) =>
    order.acts(fiona, 'APPROVE', 'billing-terms', { corrections: [{ path, expected, value }] })

  test.each([
    ['30', 'FIELD_NOT_CORRECTABLE'],
    ['101', 'FIELD_NOT_CORRECTABLE'],
    ['-1', 'FIELD_NOT_CORRECTABLE'],
    ['20', undefined],
    ['25', undefined],
  ])('is refused where a discount of 25 percent is asked for: %s is %s', (percent, refusal) =>
    expect(grants(asks(discountPath, '25'), discountPath, '', percent).refusal).toBe(refusal),
  )

  test('says what may be granted instead', () =>
    expect(answerText(grants(asks(discountPath, '25'), discountPath, '', '30'))).toBe(
      '"lines.1.discountPercent" cannot become 30: less than was asked for may be granted, not more. Say a value from 0 to 25, or have it asked anew.',
    ))

  test('is anything on the other side of the two values, whichever is higher', () => {
    const order = asks('lines.1.quantity', '4')
    expect(grants(order, 'lines.1.quantity', '6', '3').refusal).toBe('FIELD_NOT_CORRECTABLE')
    expect(grants(order, 'lines.1.quantity', '6', '7').refusal).toBe('FIELD_NOT_CORRECTABLE')
    expect(grants(order, 'lines.1.quantity', '6', '5').refusal).toBeUndefined()
  })

  test.each([['-5'], ['33.16'], ['1500']])('is a refund of %s on an order of 33.15', (amount) => {
    const unpaid = () => given().revised({ set: { 'payment.amount': '' } })
    const asked = asks('payment.amount', amount, unpaid()).acts(fiona, 'APPROVE', 'billing-terms')
    expect(asked.refusal).toBe('FIELD_NOT_CORRECTABLE')
    const order = asks('payment.amount', '10', unpaid())
    expect(grants(order, 'payment.amount', '', amount).refusal).toBe('FIELD_NOT_CORRECTABLE')
    expect(grants(order, 'payment.amount', '', '5').refusal).toBeUndefined()
  })

  test('is no detour by an answer either', () => {
    const order = asks(discountPath, '25').acts(fiona, 'ASK', 'billing-terms', { to: 'requester' })
    const answered = (value: string) =>
      order.acts(fiona, 'ANSWER', 'billing-terms', {
        corrections: [{ path: discountPath, expected: '', value }],
      }).refusal
    expect(answered('30')).toBe('FIELD_NOT_CORRECTABLE')
    expect(answered('20')).toBeUndefined()
  })

  test('is more than the discount that an order came with, and more than what was raised', () => {
    expect(discounted().acts(fiona, 'APPROVE', 'discount', less('40')).refusal).toBe('FIELD_NOT_CORRECTABLE')
    const wish = (value: string) => ({ corrections: [{ path: discountPath, expected: '10', value }] })
    const order = discounted().revised({ set: { [discountPath]: '10' } })
    order.raises(person('sally', 'sales'), 'discount', 'They are good customers', wish('20'))
    expect(order.acts(fiona, 'APPROVE', 'discount', wish('25')).refusal).toBe('FIELD_NOT_CORRECTABLE')
    expect(order.acts(fiona, 'APPROVE', 'discount', wish('15')).refusal).toBeUndefined()
  })

  test('cannot be told of text', () => {
    const corrections = [{ path: 'billing.terms', expected: 'NET30', value: 'NET90' }]
    const order = asks('billing.terms', 'NET60').acts(fiona, 'APPROVE', 'billing-terms', { corrections })
    expect(order.refusal).toBeUndefined()
  })
})

describe('other values are refused', () => {
  const refused = (own: object, order = discounted()) => order.acts(fiona, 'APPROVE', 'discount', own).refusal

  test('in fields that neither the type nor the request is about', () => {
    const corrections = [{ path: 'billing.terms', expected: 'NET30', value: 'NET60' }]
    expect(refused({ corrections })).toBe('FIELD_NOT_CORRECTABLE')
  })

  test('when the order has another value than the approver saw, or cannot take theirs', () => {
    expect(refused({ corrections: [{ path: discountPath, expected: '30', value: '20' }] })).toBe(
      'VALUE_CHANGED',
    )
    expect(refused(less('much'))).toBe('FIELD_NOT_CORRECTABLE')
  })

  test('when the order has them already', () => {
    const order = discounted().acts(fiona, 'APPROVE', 'discount', less('35'))
    expect(order.refusal).toBe('ACTION_NOT_ALLOWED')
    expect(answerText(order)).toContain('nothing would be granted')
  })

  test('once the stage has started, but for what was asked for', () => {
    const order = discounted().revised({ stages: { invoicing: 'STARTED' }, findings: [found('35')] })
    expect(refused(less('20'), order)).toBe('STAGE_STARTED')
    const late = given().revised({ stages: { invoicing: 'DONE' } })
    late.revised({ requests: [askedTerms('r-1', 'NET60')], findings: [termsFinding()] })
    const corrections = [{ path: 'billing.terms', expected: 'NET30', value: 'NET45' }]
    expect(late.acts(fiona, 'APPROVE', 'billing-terms', { corrections }).refusal).toBeUndefined()
  })

  test('together with a no', () => {
    expect(discounted().acts(fiona, 'REJECT', 'discount', less('20')).refusal).toBe('ACTION_NOT_ALLOWED')
  })
})
