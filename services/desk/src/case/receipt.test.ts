import type { Policy } from '@holdpoint/policy'
import { parsePolicy } from '@holdpoint/policy'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { asked, caseEvent, clock, closed, opened, reopened, t0 } from '../testing/messages.ts'
import { receiptFor, runsOf } from './receipt.ts'

const hour = 3_600_000
const minute = 60_000

/** Two working hours, open from 9 to 5 in London; 2 March 2026, 09:00 UTC, is a Monday morning. */
const policy = read(`
title: Receipts
order-owner: boss
stages: [invoicing]
calendars:
  office: { zone: Europe/London, open: { mon-fri: "09:00-17:00" } }
roles:
  finance: { calendar: office, backup: boss }
  boss: { calendar: office, backup: finance }
exceptions:
  billing-terms:
    name: Billing terms
    kind: approval
    rule: The terms are not those of the contract.
    when: order.billing.terms != "NET30"
    owner: finance
    answer-within: 2 working hours
    holds: [invoicing]
    actions: [approve, reject]
    customer: told
messages:
  told: { en: { subject: "Your order", body: "We look at it." } }
`)

function read(text: string): Policy {
  const result = parsePolicy(text)
  if ('policy' in result) return result.policy
  throw new Error(JSON.stringify(result.errors))
}

const receipts = (now: number, ...events: Parameters<typeof runsOf>[0]) =>
  runsOf(events).map((run) => receiptFor('billing-terms', run, policy, now))

it('shows the time that ran, up to now', () => {
  const [receipt] = receipts(t0 + 30 * minute, opened('A', 1))
  expect(receipt).toMatchObject({
    owner: 'finance',
    within: '2 working hours',
    due: t0 + 2 * hour,
    lines: [{ from: t0, to: t0 + 30 * minute, kind: 'ran' }],
    ranMs: 30 * minute,
  })
})

it('is cut at the due instant, however late it is', () => {
  const [receipt] = receipts(t0 + 30 * hour, opened('A', 1))
  expect(receipt?.lines).toEqual([{ from: t0, to: t0 + 2 * hour, kind: 'ran' }])
})

it('tells closed hours apart from what ran', () => {
  const late = { ...opened('A', 1), clock: clock(null, { startedAt: t0 + 7 * hour }) }
  const [receipt] = receipts(t0 + 26 * hour, late)
  expect(receipt?.lines.map(({ kind, from, to }) => [kind, (to - from) / hour])).toEqual([
    ['ran', 1],
    ['closed', 16],
    ['ran', 1],
  ])
  expect(receipt).toMatchObject({ ranMs: 2 * hour, closedMs: 16 * hour, due: t0 + 25 * hour })
})

it('has no due instant while the case waits, and one that is later by the pause afterwards', () => {
  const question = { questionId: 'q', to: 'customer', text: '?', answerBy: 0 }
  const from = t0 + 2 * minute
  const waits = [opened('A', 1), asked('A', 2)]
  expect(receipts(t0 + hour, ...waits)).toMatchObject([
    { due: null, ranMs: 2 * minute, pausedMs: 58 * minute },
  ])
  const pauses = [{ from, to: t0 + hour }]
  const answered = caseEvent('A', 3, { type: 'ANSWERED', question, clock: clock(null, { pauses }) })
  expect(receipts(t0 + 2 * hour, ...waits, answered)).toMatchObject([
    { due: t0 + 2 * hour + 58 * minute, ranMs: hour + 2 * minute, pausedMs: 58 * minute },
  ])
})

it('has a run for each time that the case was opened, each until it was closed', () => {
  const runs = receipts(t0 + hour, opened('A', 1), closed('A', 5), reopened('A', 11))
  expect(runs).toMatchObject([
    { closedAt: t0 + 5 * minute, ranMs: 5 * minute },
    { closedAt: null, ranMs: 49 * minute },
  ])
})

it('sums exactly from the start to the end, whatever the pauses', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 50 * hour }), fc.integer({ min: 0, max: 5 * hour }))
  fc.assert(
    fc.property(fc.array(span, { maxLength: 4 }), fc.integer({ min: 0, max: 80 * hour }), (spans, after) => {
      const pauses = spans.map(([from, length]) => ({ from: t0 + from, to: t0 + from + length }))
      const event = { ...opened('A', 1), clock: clock(null, { pauses }) }
      const [receipt] = receipts(t0 + after, event)
      const end = Math.min(t0 + after, receipt?.due ?? 0)
      const { ranMs = 0, pausedMs = 0, closedMs = 0 } = receipt ?? {}
      expect(ranMs + pausedMs + closedMs).toBe(end - t0)
      expect(ranMs).toBeLessThanOrEqual(2 * hour)
      expect(receipt?.lines.at(0)?.from ?? t0).toBe(t0)
    }),
  )
})
