/** What a gift wholesaler lives through, by its own policy and roster (infra/samples). */
import { readFileSync } from 'node:fs'
import { parsePolicy } from '@holdpoint/policy'
import { compileRoster, parseRoster } from '@holdpoint/policy/duty'
import { describe, expect, test } from 'vitest'
import {
  askedTerms,
  carl,
  fiona,
  given,
  type History,
  minute,
  olga,
  person,
  sally,
  sam,
  wanda,
} from './testing/given.ts'

const hour = 60 * minute
const day = 24 * hour

const sample = (file: string) =>
  readFileSync(new URL(`../../../infra/samples/${file}`, import.meta.url), 'utf8')

const suzy = person('suzy', 'support')
const free = { invoicing: 'PROCEED', shipping: 'PROCEED' }

/** The company on Monday 2 March 2026, 09:00 in London. `roster`: lines that its roster has besides. */
function company(roster = ''): History {
  const policy = parsePolicy(sample('wholesaler.policy.yaml'))
  const rotas = /^rotas:\n(?: .*\n)*/m
  const text = roster.includes('rotas:') ? sample('roster.yaml').replace(rotas, '') : sample('roster.yaml')
  const read = parseRoster(
    roster.includes('absences:') ? `${text.split('absences:')[0]}${roster}` : text + roster,
  )
  if ('errors' in policy || 'errors' in read) throw new Error(JSON.stringify([policy, read]))
  return given({
    policies: [policy.policy],
    staff: { version: 1, roster: compileRoster(read.roster) },
    judges: true,
  })
}

const due = (order: History, type: string) => {
  const { deadline } = order.caseOf(type).clock
  return deadline === null ? null : new Date(deadline).toISOString()
}

const toBoston = { 'shipping.country': 'US', 'shipping.region': 'MA' }
const toLincolnshire = [
  { path: 'shipping.country', expected: 'US', value: 'GB' },
  { path: 'shipping.region', expected: 'MA', value: 'Lincolnshire' },
]

describe('sales asks for other billing terms', () => {
  test('finance approves, and billing gets the new terms', () => {
    const order = company()
      .revised()
      .revised({ requests: [askedTerms('r-1', 'NET60')] })
    expect(order.caseOf('billing-terms')).toMatchObject({ owner: 'finance', assignee: { subject: 'fiona' } })
    expect(due(order, 'billing-terms')).toBe('2026-03-02T11:00:00.000Z')
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'PROCEED' })
    order.after(hour).acts(fiona, 'APPROVE', 'billing-terms', { reason: 'They have always paid on time' })
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { settlement: 'APPROVED', by: { subject: 'fiona' }, corrections: [{ value: 'NET60' }] } },
    ])
    expect(order.verdicts.invoicing).toBe('HOLD')
    order.carriedOut()
    expect(order.verdicts).toEqual(free)
    expect(order.published('orders.decisions.v1')).toMatchObject([{ value: { terms: 'NET60' } }])
  })
})

describe('the goods would go to another country than the money comes from', () => {
  test('support corrects the address in the case, and warehouse gets the new one', () => {
    const order = company().revised({ set: toBoston })
    expect(order.caseOf('address-country')).toMatchObject({ owner: 'support', assignee: { subject: 'sam' } })
    expect(order.verdicts).toEqual({ invoicing: 'PROCEED', shipping: 'HOLD' })
    const terms = { path: 'billing.terms', expected: 'NET30', value: 'NET60' }
    expect(order.corrects(sam, 'address-country', [terms]).refusal).toBe('FIELD_NOT_CORRECTABLE')
    order.corrects(sam, 'address-country', toLincolnshire)
    expect(order.verdicts.shipping).toBe('HOLD')
    order.carriedOut()
    expect(order.verdicts).toEqual(free)
    expect(order.state.order?.shipping).toMatchObject({ country: 'GB', region: 'Lincolnshire' })
  })
})

describe('a case of a Saturday', () => {
  test('goes to the person on duty, and its time begins on Monday', () => {
    const weekend = `rotas:
  support:
    shifts:
      - { person: sam, from: 2026-03-02T00:00:00Z, to: 2026-03-07T00:00:00Z }
      - { person: suzy, from: 2026-03-07T00:00:00Z, to: 2026-03-09T00:00:00Z }
`
    const order = company(weekend)
      .after(5 * day)
      .revised({ set: toBoston })
    expect(order.caseOf('address-country')).toMatchObject({ assignee: { subject: 'suzy' }, level: 0 })
    expect(due(order, 'address-country')).toBe('2026-03-10T09:00:00.000Z')
    expect(order.acts(suzy, 'APPROVE', 'address-country').refusal).toBeUndefined()
  })
})

describe('the owner is silent', () => {
  test('they are reminded, then the backup may decide too, then the order owner', () => {
    const order = company()
      .revised()
      .revised({ requests: [askedTerms()] })
    expect(order.acts(carl, 'APPROVE', 'billing-terms').refusal).toBe('NOT_OWNER')
    expect(order.waits(2 * hour)).toEqual(['REMINDER', 'DEADLINE', 'SILENCE'])
    expect(order.caseOf('billing-terms')).toMatchObject({ level: 1, assignee: { subject: 'carl' } })
    expect(order.waits(2 * hour)).toEqual(['DEADLINE'])
    expect(order.caseOf('billing-terms')).toMatchObject({ level: 2, assignee: { subject: 'olga' } })
    expect(order.acts(carl, 'REJECT', 'billing-terms').verdicts).toEqual(free)
  })
})

describe('the owner is away', () => {
  const away = (substitute: string) =>
    `absences:\n  - { person: fiona, from: 2026-03-01, to: 2026-03-08${substitute} }\n`

  test('a substitute has the case, and may decide it', () => {
    const order = company(away(', substitute: sally')).revised({ set: { 'lines.1.quantity': '4000' } })
    expect(order.caseOf('large-order')).toMatchObject({ level: 0, assignee: { subject: 'sally' } })
    expect(order.acts(wanda, 'APPROVE', 'large-order').refusal).toBe('NOT_OWNER')
    expect(order.acts(sally, 'APPROVE', 'large-order').refusal).toBeUndefined()
  })

  test('without a substitute the backup has it at once, and the record says why', () => {
    const order = company(away('')).revised({ set: { 'lines.1.quantity': '4000' } })
    expect(order.happened.slice(0, 2)).toEqual(['OPENED', 'ESCALATED'])
    expect(order.last.events[1]?.reason).toBe('Nobody of finance is on duty: controller may decide too.')
    expect(order.caseOf('large-order')).toMatchObject({ level: 1, assignee: { subject: 'carl' } })
    expect(order.acts(carl, 'APPROVE', 'large-order').refusal).toBeUndefined()
  })
})

describe('support asks the customer', () => {
  test('who answers on day three: the clock stood still, and the answer waits for a yes', () => {
    const order = company().revised({ set: toBoston }).after(hour)
    order.acts(sam, 'ASK', 'address-country', {
      to: 'customer',
      within: '3 working days',
      reason: 'Is Boston in Massachusetts or in Lincolnshire?',
    })
    expect(order.caseOf('address-country')).toMatchObject({ status: 'WAITING', clock: { deadline: null } })
    expect(order.published('notices.requested.v1')).toMatchObject([
      {
        value: {
          occasion: 'question',
          paragraphs: expect.arrayContaining([
            expect.objectContaining({
              kind: 'QUOTE',
              text: 'Is Boston in Massachusetts or in Lincolnshire?',
            }),
          ]),
        },
      },
    ])
    expect(order.waits(2 * day)).toEqual(['SILENCE', 'SILENCE'])
    order.acts(sam, 'ANSWER', 'address-country', { reason: 'Lincolnshire', corrections: toLincolnshire })
    expect(due(order, 'address-country')).toBe('2026-03-05T09:00:00.000Z')
    expect(order.verdicts.shipping).toBe('HOLD')
    order.acts(sam, 'APPROVE', 'address-country')
    expect(order.carriedOut().verdicts).toEqual(free)
    expect(order.caseOf('address-country')).toMatchObject({ outcome: 'CORRECTED' })
  })

  test('who does not answer: the case is open again, says so, and goes on with what was left', () => {
    const order = company().revised({ set: toBoston }).after(hour)
    order.acts(sam, 'ASK', 'address-country', { to: 'customer', within: '1 day', reason: 'Which Boston?' })
    expect(order.waits(day)).toEqual(['ANSWER'])
    const unanswered = order.events.find(({ type }) => type === 'UNANSWERED')
    expect(unanswered?.reason).toBe('The customer has not answered in time: the case goes on without.')
    expect(order.caseOf('address-country').status).toBe('OPEN')
    expect(due(order, 'address-country')).toBe('2026-03-04T09:00:00.000Z')
  })
})

describe('two cases on one order', () => {
  test('nothing goes on before both are settled and the order owner has cleared the order', () => {
    const order = company().revised({ set: toBoston })
    order.revised({ requests: [askedTerms()] })
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'HOLD' })
    order.corrects(sam, 'address-country', toLincolnshire).carriedOut()
    expect(order.verdicts).toEqual({ invoicing: 'HOLD', shipping: 'HOLD' })
    order.acts(fiona, 'APPROVE', 'billing-terms')
    expect(order.happened).toEqual(['CLOSED', 'OPENED'])
    expect(order.caseOf('clearance')).toMatchObject({
      owner: 'order-manager',
      holds: ['shipping', 'invoicing'],
    })
    order.carriedOut()
    expect(order.acts(fiona, 'CLEAR', 'clearance').refusal).toBe('NOT_OWNER')
    order.acts(olga, 'CLEAR', 'clearance', { reason: 'Both are as they should be' })
    expect(order.verdicts).toEqual(free)
    const decisions = order.steps.flatMap(({ publish }) =>
      publish.filter(({ topic }) => topic === 'orders.decisions.v1'),
    )
    const proceeding = decisions.filter(({ value }) =>
      (value as { verdicts: { verdict: string }[] }).verdicts.every(({ verdict }) => verdict === 'PROCEED'),
    )
    expect(proceeding).toHaveLength(1)
  })
})

describe('a reviewer', () => {
  test('tries to approve, is told whose decision it is, and leaves a note instead', () => {
    const order = company()
      .revised()
      .revised({ requests: [askedTerms()] })
    order.acts(sally, 'APPROVE', 'billing-terms')
    expect(order.last.events).toMatchObject([
      {
        type: 'REFUSED',
        refused: {
          code: 'REVIEWER_ONLY',
          message: 'Reviewers comment only. The decision lies with finance.',
        },
      },
    ])
    order.acts(sally, 'NOTE', 'billing-terms', { reason: 'They order every month' })
    expect(order.last.events).toMatchObject([{ type: 'NOTED', reason: 'They order every month' }])
    expect(order.verdicts.invoicing).toBe('HOLD')
  })
})

describe('an order that changes while somebody looks at it', () => {
  test('is not decided on what is out of date', () => {
    const order = company().revised({ set: { 'lines.1.quantity': '4000' } })
    const { digest } = order.state
    order.revised({ set: { 'lines.1.quantity': '5000' } })
    expect(order.happened).toEqual(['EVIDENCE_CHANGED'])
    expect(order.acts(fiona, 'APPROVE', 'large-order', { digest }).refusal).toBe('STALE_VIEW')
    expect(order.acts(fiona, 'APPROVE', 'large-order').refusal).toBeUndefined()
  })
})

describe('a split delivery after payment', () => {
  test('holds shipping only, goes to the warehouse lead, and reaches warehouse as one order', () => {
    const order = company().revised({ set: { 'payment.status': 'paid' }, stages: { invoicing: 'DONE' } })
    const request = {
      requestId: 'r-2',
      kind: 'split-delivery',
      text: 'Send what is there now, the rest in April.',
      by: 'sally',
      role: 'sales',
      proposes: [{ path: 'shipping.splitDeliveries', value: 'true' }],
    }
    order.revised({ requests: [{ request, openedAt: order.now, revision: 2 }] })
    expect(order.caseOf('split-delivery')).toMatchObject({ owner: 'warehouse-lead' })
    expect(order.verdicts).toEqual({ invoicing: 'PROCEED', shipping: 'HOLD' })
    expect(order.acts(fiona, 'REJECT', 'split-delivery').refusal).toBe('REVIEWER_ONLY')
    order.acts(wanda, 'APPROVE', 'split-delivery').carriedOut()
    expect(order.verdicts).toEqual(free)
    expect(order.state.order?.shipping.splitDeliveries).toBe(true)
  })
})
