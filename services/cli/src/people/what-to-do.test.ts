import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseDetail, CaseEvent } from '@holdpoint/desk-contract'
import { oneCase, oneEvent } from '@holdpoint/desk-contract/testing'
import { loadFakers } from '@holdpoint/orders/made/customers'
import { lifeOfOrder } from '@holdpoint/orders/made/life-of-order'
import { judge, type Policy, parsePolicy, revisionsOf } from '@holdpoint/policy'
import { fieldMatches, type Order, type Revision, readField, toJson, writeField } from '@holdpoint/schemas'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Desktop } from './deed.ts'
import { whatToDo } from './what-to-do.ts'

const samplePolicy = join(import.meta.dirname, '../../../../infra/samples/wholesaler.policy.yaml')
const day = Date.parse('2026-03-02T00:00:00Z')

/** A case that a rule of the sample policy opens on a made-up order, before whoever decides it. */
interface Met {
  desktop: Desktop
  revision: Revision
}

let policy: Policy
let met: Met[]

beforeAll(async () => {
  const read = parsePolicy(readFileSync(samplePolicy, 'utf8'))
  if (!('policy' in read)) throw new Error('The sample policy has errors.')
  policy = read.policy
  const fakers = await loadFakers()
  const series = { seed: 1, day, mix: 'real' } as const
  const lives = Array.from({ length: 800 }, (_, index) => lifeOfOrder(fakers, series, index))
  met = lives.flatMap(({ first, later }) => [...revisionsOf([first, ...later])].flatMap(casesOf))
}, 60_000)

function casesOf(revision: Revision): Met[] {
  return judge(policy, revision).map(({ type }) => ({ revision, desktop: desktopOf(type, revision) }))
}

function desktopOf(type: string, revision: Revision): Desktop {
  const { actions = [], mayCorrect } = policy.types.get(type) ?? {}
  const caseId = `C-${type}-${revision.orderId}-${revision.revision}`
  const { order } = toJson('orders.revisions.v1', revision) as { order: Order }
  const mayDo = [...actions].map((action) => action.toUpperCase())
  const fields = mayCorrect?.fields ?? []
  return { case: { ...oneCase, type, caseId, mayDo, mayCorrect: [...fields] }, events: [], order }
}

const event = (type: CaseEvent['type']): CaseEvent => ({ ...oneEvent, sequence: 2, type })

test('of every type that made-up orders have, people know what to do, and they have a reason', () => {
  expect(new Set(met.map(({ desktop }) => desktop.case.type)).size).toBeGreaterThan(14)
  for (const { desktop } of met) {
    const deed = whatToDo(desktop)
    expect(deed, desktop.case.caseId).toBeDefined()
    expect(deed?.reason.length).toBeGreaterThan(10)
    expect(desktop.case.mayDo).toContain(deed?.action.toUpperCase())
  }
})

test('what is corrected is correctable, replaces what is there, and cures the case', () => {
  const cured = new Set<string>()
  for (const { desktop, revision } of met) {
    const deed = whatToDo({ ...desktop, events: [event('ASKED'), event('ANSWERED')] })
    if (deed?.action !== 'correct') continue
    let { order } = revision
    for (const { path, expected, value } of deed.corrections) {
      expect(desktop.case.mayCorrect.some((pattern) => fieldMatches(pattern, path))).toBe(true)
      expect(readField(order, path)).toBe(expected)
      const written = writeField(order, path, value)
      if ('problem' in written) throw new Error(written.problem)
      order = written.order
    }
    const types = judge(policy, { ...revision, order }).map(({ type }) => type)
    const others = met.filter(
      (one) => one.revision === revision && one.desktop.case.type === desktop.case.type,
    )
    if (others.length === 1) expect(types).not.toContain(desktop.case.type)
    cured.add(desktop.case.type)
  }
  expect([...cured].sort()).toEqual(
    expect.arrayContaining([
      'address-country',
      'missing-contract',
      'missing-purchase-order',
      'missing-tax-id',
    ]),
  )
})

test('some wishes and few discounts are refused; nobody is asked twice', () => {
  const deeds = (type: string) => met.filter(({ desktop }) => desktop.case.type === type)
  const refused = (type: string) =>
    deeds(type).filter(({ desktop }) => whatToDo(desktop)?.action === 'reject')
  expect(refused('billing-terms').length).toBeGreaterThan(0)
  expect(refused('billing-terms').length).toBeLessThan(deeds('billing-terms').length / 2)
  for (const { desktop } of met)
    expect(whatToDo({ ...desktop, events: [event('ASKED')] })?.action).not.toBe('ask')
})

describe('whoever has a case', () => {
  const order = { lines: [], customer: { email: '' }, payment: { status: 'authorised' } } as unknown as Order
  const desktop = (own: Partial<CaseDetail>): Desktop => ({ case: { ...oneCase, ...own }, events: [], order })
  const question = {
    questionId: 'q',
    to: 'customer',
    text: 'Which number?',
    answerBy: '2026-03-03T09:00:00Z',
  }

  test('writes down the answer to a question', () => {
    const waiting = desktop({ type: 'missing-purchase-order', question, mayDo: ['ANSWER', 'CORRECT'] })
    expect(whatToDo(waiting)).toEqual({
      action: 'answer',
      reason: expect.stringMatching(/^Our number is PO-\d{5}\.$/),
    })
  })
  test('corrects with the number of that answer', () => {
    const type = 'missing-purchase-order'
    const answer = whatToDo(desktop({ type, question, mayDo: ['ANSWER'] }))?.reason
    const deed = whatToDo({ ...desktop({ type, mayDo: ['CORRECT'] }), events: [event('ASKED')] })
    expect(deed).toMatchObject({ corrections: [{ value: answer?.match(/PO-\d+/)?.[0] }] })
  })
  test('clears what is settled', () => {
    expect(whatToDo(desktop({ type: 'clearance', mayDo: ['CLEAR', 'STOP'] }))).toMatchObject({
      action: 'clear',
    })
  })
  test('waits while a correction is on its way into the order', () => {
    const correction = {
      corrections: [],
      by: { subject: 'sam', name: 'Sam Okafor' },
      state: 'UNDER_WAY' as const,
    }
    const type = 'missing-contract'
    expect(whatToDo(desktop({ type, mayDo: ['CORRECT'] }))).toMatchObject({ action: 'correct' })
    expect(whatToDo(desktop({ type, mayDo: ['CORRECT'], correction }))).toBeUndefined()
  })
  test('leaves what they may not do, and what nobody has told them about', () => {
    expect(whatToDo(desktop({ type: 'large-order', mayDo: ['NOTE'] }))).toBeUndefined()
    expect(whatToDo(desktop({ type: 'other', mayDo: ['APPROVE', 'STOP'] }))).toBeUndefined()
  })
})
