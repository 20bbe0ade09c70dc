/** Whatever is asked for is answered: by its owner, by the order owner, or by the policy. */

import type { ExceptionType } from '@holdpoint/policy'
import { compileRoster, parseRoster } from '@holdpoint/policy/duty'
import type { OpenRequest, Request } from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'
import type { Of } from '../record/event.ts'
import {
  answerText,
  askedTerms,
  carl,
  finding,
  fiona,
  given,
  type History,
  olga,
  termsFinding,
} from '../testing/given.ts'
import { samplePolicy } from '../testing/sample-policy.ts'

function asks(own: Partial<Request>): OpenRequest {
  const open = askedTerms()
  return { ...open, request: { ...open.request, proposes: [], ...own } }
}

const found = (type: string) => finding(type, 'asked', { requestId: 'r-1', basis: 'REQUEST' })
const unnamed = (own: Partial<Request> = {}) =>
  given().revised({ requests: [asks({ kind: 'crane', ...own })], findings: [found('unnamed-request')] })
const refund = (own: Partial<Request> = {}) =>
  given().revised({ requests: [asks({ kind: 'refund', ...own })], findings: [found('answered-request')] })

describe('a request that no rule names', () => {
  test('is a case of the order owner that carries its text and holds nothing', () => {
    const order = unnamed({ text: 'We need a crane at the door.' })
    expect(order.caseOf('unnamed-request')).toMatchObject({
      owner: 'order-manager',
      holds: [],
      status: 'OPEN',
    })
    expect(order.last.events[0]).toMatchObject({
      opened: { request: { kind: 'crane', text: 'We need a crane at the door.', by: 'sally' } },
    })
    expect(order.verdicts).toEqual({ invoicing: 'PROCEED', shipping: 'PROCEED' })
  })

  test('is answered by a yes and changes nothing, which the case says', () => {
    const proposes = [{ path: 'shipping.method', value: 'crane' }]
    const order = unnamed({ proposes }).acts(olga, 'APPROVE', 'unnamed-request')
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { settlement: 'APPROVED', requestId: 'r-1', corrections: [] } },
    ])
    expect(order.last.events[1]).toMatchObject({
      type: 'NOTED',
      reason:
        'No rule of the policy names this request, so nothing of it was applied: shipping.method "crane".',
    })
    order.carriedOut()
    expect(order.state.order?.shipping.method).not.toBe('crane')
    expect(order.state.requests).toEqual([])
  })

  test('takes no values, by a yes nor by an answer', () => {
    const proposes = [{ path: 'billing.terms', value: 'NET60' }]
    const corrections = [{ path: 'billing.terms', expected: 'NET30', value: 'NET45' }]
    const order = unnamed({ proposes }).acts(olga, 'APPROVE', 'unnamed-request', { corrections })
    expect(order.refusal).toBe('FIELD_NOT_CORRECTABLE')
    expect(answerText(order)).toContain('No rule of the policy names this request')
    order.acts(olga, 'ASK', 'unnamed-request', { to: 'requester' })
    expect(order.acts(olga, 'ANSWER', 'unnamed-request', { corrections }).refusal).toBe(
      'FIELD_NOT_CORRECTABLE',
    )
  })

  test.each([
    ['Billing_Terms', 'did you mean billing-terms?'],
    ['biling-terms', 'did you mean billing-terms?'],
    ['Gift wrap', 'did you mean gift-wrap?'],
    ['crane', undefined],
  ])('of the kind "%s" says what may have been meant: %s', (kind, hint) => {
    const policy = samplePolicy()
    const terms = policy.types.get('billing-terms') as ExceptionType
    const types = new Map(policy.types).set('billing-terms', {
      ...terms,
      when: 'request.kind == "billing-terms"',
    })
    const order = given({ policies: [{ ...policy, types }] })
    order.revised({ requests: [asks({ kind })], findings: [found('unnamed-request')] })
    const { rule } = (order.last.events[0] as Of<'OPENED'>).opened
    if (hint) expect(rule).toContain(hint)
    else expect(rule).not.toContain('did you mean')
  })

  test('is turned down like any other', () => {
    expect(
      unnamed().acts(olga, 'REJECT', 'unnamed-request').published('orders.corrections.v1'),
    ).toMatchObject([{ value: { settlement: 'REJECTED', requestId: 'r-1' } }])
  })

  test('is asked for once, whatever revisions come', () => {
    const order = unnamed()
    order.revised({ set: { 'shipping.city': 'Hull' }, findings: [found('unnamed-request')] })
    expect(order.happened).toEqual(['ORDER_CHANGED'])
    expect(order.revised({ requests: [] }).caseOf('unnamed-request').outcome).toBe('OBSOLETE')
  })

  test.each([['stopped'], ['cancelled']])('is a case although the order is %s', (state) => {
    const order = given().revised({ findings: [finding('large-order')] })
    if (state === 'stopped') order.acts(fiona, 'STOP', 'large-order')
    else order.revised({ cancelled: true })
    order.revised({ requests: [asks({ kind: 'crane' })], findings: [found('unnamed-request')] })
    expect(order.caseOf('unnamed-request').status).toBe('OPEN')
  })
})

describe('a request that the policy answers', () => {
  test('is taken at once: what it proposes is applied, and the trail says by whose word', () => {
    const order = refund({ proposes: [{ path: 'payment.amount', value: '12.50' }] })
    expect(order.happened).toEqual(['OPENED', 'CLOSED'])
    expect(order.last.events[1]).toMatchObject({
      actor: { subject: 'system:policy' },
      reason: 'The policy accepts a request of the kind "refund" that no rule names.',
      policyVersion: 1,
    })
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { settlement: 'APPROVED', requestId: 'r-1', by: { subject: 'system:policy' } } },
    ])
    order.carriedOut()
    expect(order.happened).toEqual(['SETTLED', 'NOTICE_REQUESTED'])
    expect(order.state.order?.payment.amount).toBe('12.5')
    expect(order.state.requests).toEqual([])
  })

  test('is taken once, also by a revision that does not know of it yet', () => {
    const order = refund({ proposes: [{ path: 'payment.amount', value: '12.50' }] }).revised({
      set: { 'shipping.city': 'Hull' },
      findings: [found('answered-request')],
    })
    expect(order.happened).toEqual([])
  })

  test('is turned down at once when the policy says so', () => {
    const requests = [asks({ kind: 'gift-wrap', proposes: [{ path: 'shipping.method', value: 'wrapped' }] })]
    const order = given().revised({ requests, findings: [found('answered-request')] })
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { settlement: 'REJECTED', corrections: [] } },
    ])
  })

  test('is a case of the order owner when it cannot be granted, and stays one', () => {
    const order = refund({ proposes: [{ path: 'payment.amount', value: 'all of it' }] })
    expect(order.happened).toEqual(['OPENED'])
    expect(order.last.events[0]?.reason).toContain('The request cannot be granted as it stands')
    order.revised({ set: { 'shipping.city': 'Hull' }, findings: [found('answered-request')] })
    expect(order.happened).toEqual(['ORDER_CHANGED'])
    expect(order.caseOf('unnamed-request').status).toBe('OPEN')
  })

  const letters = (order: History) => order.published('notices.requested.v1').map(({ value }) => value)
  const textIn = (order: History) =>
    letters(order)
      .flatMap((one) => one?.paragraphs.map(({ text }) => text) ?? [])
      .join('\n')

  test('is told to the customer once it is carried out, though nothing ever held the order', () => {
    const order = refund({ proposes: [{ path: 'payment.amount', value: '12.50' }] })
    expect(letters(order)).toEqual([])
    order.carriedOut()
    expect(letters(order)).toMatchObject([{ occasion: 'ended', subject: 'News of your order SO-1041' }])
    expect(textIn(order)).toContain(
      'We have looked at what was asked for, and it is agreed.\nThis is what your order says now:\nAmount paid\t£12.50\n' +
        'The invoice and the delivery go on as planned.',
    )
    expect(order.revised({ set: { 'shipping.city': 'Hull' } }).published('notices.requested.v1')).toEqual([])
  })

  test('is told with what still holds the order, and a no as well', () => {
    const requests = [asks({ kind: 'gift-wrap' })]
    const order = given().revised({
      requests,
      findings: [found('answered-request'), finding('shipping-address')],
    })
    expect(letters(order)).toMatchObject([{ occasion: 'held' }])
    order.revised({ requests: [], findings: [finding('shipping-address')] })
    expect(letters(order)).toMatchObject([{ occasion: 'ended' }])
    expect(textIn(order)).toContain('it cannot be done like that.')
    expect(textIn(order)).toContain('The delivery waits meanwhile.')
  })

  test('is not told anew of what an earlier release answered without a word', () => {
    const order = refund().carriedOut()
    const silent = order.state.cases.map((one) => ({ ...one, told: 'NOTHING' as const }))
    order.state = { ...order.state, cases: silent }
    expect(letters(order.revised({ set: { 'shipping.city': 'Hull' } }))).toEqual([])
  })

  test('can be opened again by the order owner', () => {
    const order = refund().carriedOut().acts(olga, 'REOPEN', 'answered-request')
    expect(order.refusal).toBeUndefined()
    expect(order.acts(olga, 'APPROVE', 'answered-request').refusal).toBeUndefined()
  })
})

describe('a type that says who may ask', () => {
  function world() {
    const policy = samplePolicy()
    const terms = { ...policy.types.get('billing-terms') }
    const types = new Map([
      ...policy.types,
      [
        'billing-terms',
        { ...terms, requestedBy: ['sales'] } as NonNullable<ReturnType<typeof policy.types.get>>,
      ],
    ])
    const people = [
      ['fiona', 'Fiona Walsh', 'finance'],
      ['sally', 'Sally Moss', 'sales'],
      ['wanda', 'Wanda Reid', 'warehouse-lead'],
      ['carl', 'Carl Nowak', 'controller'],
      ['olga', 'Olga Petrova', 'order-manager'],
    ].map(
      ([id, name, role]) =>
        `  - { subject: ${id}, name: ${name}, email: ${id}@example.com, roles: [${role}] }`,
    )
    const read = parseRoster(`zone: UTC\npeople:\n${people.join('\n')}\n`)
    if ('errors' in read) throw new Error(JSON.stringify(read.errors))
    return { policies: [{ ...policy, types }], staff: { version: 1, roster: compileRoster(read.roster) } }
  }

  const askedBy = (by: string, role: string) => {
    const requests = [asks({ by, role, proposes: [{ path: 'billing.terms', value: 'NET60' }] })]
    return given(world()).revised({ requests, findings: [termsFinding()] })
  }

  test('has a request from there granted, in whatever words it names who asks', () => {
    for (const by of ['sally', 'SALLY MOSS', 'sally@example.com', 'Moss, Sally', 'mailto:sally@example.com'])
      expect(askedBy(by, 'sales').acts(fiona, 'APPROVE', 'billing-terms').refusal).toBeUndefined()
    expect(askedBy('A CRM', 'sales').acts(fiona, 'APPROVE', 'billing-terms').refusal).toBeUndefined()
  })

  test.each([
    ['wanda', 'sales', '"wanda", of warehouse-lead'],
    ['A CRM', 'support', '"A CRM", whom the roster does not know, as support'],
    ['', '', 'somebody, whom the roster does not know, as nothing'],
  ])('says on the case that %j, as %j, may not, and has it granted by nobody', (by, role, who) => {
    const order = askedBy(by, role)
    const told = `"Billing terms outside the contract" may be asked for by sales only, and ${who}, asks for it.`
    expect(order.last.events[0]?.reason).toContain(told)
    order.acts(fiona, 'APPROVE', 'billing-terms')
    expect(order.refusal).toBe('ACTION_NOT_ALLOWED')
    expect(answerText(order)).toContain(told)
    expect(order.acts(fiona, 'REJECT', 'billing-terms').refusal).toBeUndefined()
  })

  test('lets whoever finds it raise it, and only those who may ask have it granted', () => {
    const raised = (subject: string, role: string) =>
      given(world())
        .revised()
        .raises({ subject, name: subject, roles: [role] }, 'billing-terms', 'NET60, please')
        .acts(fiona, 'APPROVE', 'billing-terms')
    expect(raised('sally', 'sales').refusal).toBeUndefined()
    expect(raised('carl', carl.roles[0] as string).refusal).toBe('ACTION_NOT_ALLOWED')
  })
})
