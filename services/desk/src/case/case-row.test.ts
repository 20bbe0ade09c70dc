import type { CaseEvent } from '@holdpoint/schemas'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  asked,
  caseEvent,
  clock,
  closed,
  escalated,
  fiona,
  opened,
  refused,
  reopened,
  t0,
} from '../testing/messages.ts'
import { type CaseRow, foldCase } from './case-row.ts'

const proposal = {
  corrections: [{ path: 'shipping.city', expected: 'Whitby', value: 'Leeds' }],
  by: { subject: 'sam', name: 'Sam Okafor' },
}
const question = { questionId: 'N-1', to: 'customer', text: 'Which colour?', answerBy: t0 }

const story: CaseEvent[] = [
  opened('A', 1),
  escalated('A', 2),
  refused('A', 3),
  caseEvent('A', 4, {
    type: 'EVIDENCE_CHANGED',
    evidenceChanged: {
      evidence: [{ expression: 'lines.total', value: '7000' }],
      evidenceDigest: 'evidence-2',
    },
  }),
  asked('A', 5),
  caseEvent('A', 6, { type: 'ANSWERED', question, proposal, clock: clock(t0 + 10_900_000) }),
  caseEvent('A', 7, {
    type: 'APPROVAL_GIVEN',
    actor: fiona,
    approval: { given: 1, needed: 2, inPlaceOf: [] },
  }),
  caseEvent('A', 8, { type: 'ASSIGNED', assigned: { subject: 'fiona', name: 'Fiona Grant' } }),
  closed('A', 9),
  caseEvent('A', 10, { type: 'SETTLED' }),
  reopened('A', 11),
]
const fold = (events: readonly CaseEvent[]) =>
  events.reduce<CaseRow | undefined>((row, event) => foldCase(row, event), undefined)

it('goes from its opening over escalation and new evidence to its end', () => {
  expect(fold(story.slice(0, 1))).toMatchObject({ status: 'OPEN', level: 0, decider: 'finance' })
  expect(fold(story.slice(0, 2))).toMatchObject({
    level: 1,
    decider: 'controller',
    deciders: ['controller'],
    owner: 'finance',
    assignee: { subject: 'carl' },
  })
  expect(fold(story.slice(0, 4))).toMatchObject({ evidence: [{ expression: 'lines.total', value: '7000' }] })
  expect(fold(story.slice(0, 10))).toMatchObject({
    status: 'CLOSED',
    outcome: 'APPROVED',
    deadline: null,
    proposal: null,
    approvals: [],
    closed_by: 'Fiona Grant',
    event_sequence: 10,
  })
})

it('waits for an answer without a deadline, and goes on with what the answer proposes', () => {
  expect(fold(story.slice(0, 5))).toMatchObject({
    status: 'WAITING',
    deadline: null,
    question: { text: 'Which colour?' },
    answer_by: t0 + 300_000 + 86_400_000,
    urgent_at: t0 + 300_000 + 86_400_000,
  })
  expect(fold(story.slice(0, 6))).toMatchObject({
    status: 'OPEN',
    deadline: t0 + 10_900_000,
    question: null,
    answer_by: null,
    proposal,
  })
})

it('counts approvals until what they approved is another thing', () => {
  const approved = fold(story.slice(0, 8))
  expect(approved?.approvals).toEqual([{ subject: 'fiona', name: 'Fiona Grant' }])
  const other = caseEvent('A', 9, { type: 'PROPOSED', proposal })
  expect(approved && foldCase(approved, other)?.approvals).toEqual([])
})

it('begins anew with its owner, and with the stages that it still can hold, when it is opened again', () => {
  expect(fold(story)).toMatchObject({
    status: 'OPEN',
    outcome: 'NONE',
    level: 0,
    decider: 'finance',
    deciders: [],
    assignee: null,
    holds: ['shipping'],
    reopened: 1,
    closed_at: null,
    late_since: null,
  })
})

it('is late since its first deadline until it ends, whatever comes after', () => {
  const late = [opened('A', 1, { deadline: t0 + 60_000 }), escalated('A', 2)]
  expect(fold(late)).toMatchObject({ late_since: t0 + 60_000, urgent_at: t0 + 60_000 })
  expect(fold([...late, closed('A', 3)])).toMatchObject({ late_since: null })
  expect(fold(story.slice(0, 2))).toMatchObject({ late_since: null })
})

it('does not change by events that it has seen', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(story.length - 1), { maxLength: 12 }), (repeats) => {
      let row: CaseRow | undefined
      for (const [index, event] of story.entries()) {
        row = foldCase(row, event)
        for (const seen of repeats.filter((one) => one <= index)) {
          const repeated = story[seen]
          if (repeated) expect(foldCase(row, repeated)).toEqual(row)
        }
      }
      expect(row).toEqual(fold(story))
    }),
  )
})

it('is nothing while its opening is not known', () => {
  expect(fold(story.slice(1))).toBeUndefined()
})

it('shows what was put right while the case goes on, and that it did not cure', () => {
  const corrected = caseEvent('A', 2, {
    type: 'CORRECTED',
    actor: fiona,
    corrected: { correctionId: 'C-A:1', corrections: proposal.corrections, forCustomer: '' },
  })
  const evidence = [{ expression: 'lines.total', value: '7000' }]
  const notCured = caseEvent('A', 3, {
    type: 'NOT_CURED',
    evidenceChanged: { evidence, evidenceDigest: 'evidence-2' },
  })
  const by = { subject: 'fiona', name: 'Fiona Grant' }
  const { corrections } = proposal
  const before = fold([opened('A', 1)])
  const underWay = fold([opened('A', 1), corrected])
  expect(underWay).toMatchObject({ status: 'OPEN', correction: { by, corrections, state: 'UNDER_WAY' } })
  const after = fold([opened('A', 1), corrected, notCured])
  expect(after).toMatchObject({ evidence, correction: { by, corrections, state: 'NOT_CURED' } })
  expect(after).toMatchObject({ deadline: before?.deadline, level: before?.level, status: 'OPEN' })
  expect(fold([opened('A', 1), corrected, caseEvent('A', 3, { type: 'SETTLED' })])?.correction).toBeNull()
  expect(fold([opened('A', 1), corrected, closed('A', 3)])?.correction).toBeNull()
})

it('names what was granted otherwise, as far as this case gave it', () => {
  const asked = [
    { path: 'billing.terms', value: 'NET60' },
    { path: 'shipping.city', value: 'Hull' },
  ]
  const corrections = [{ path: 'billing.terms', expected: 'NET30', value: 'NET45' }]
  const ending: CaseEvent['closed'] = {
    ...{
      outcome: 'APPROVED',
      corrections,
      asked,
      stops: [],
      correctionId: 'C-A:1',
      endedBy: '',
      forCustomer: '',
    },
  }
  const row = [opened('A', 1), closed('A', 2, { closed: ending })].reduce<CaseRow | undefined>(
    foldCase,
    undefined,
  )
  expect(row?.granted).toEqual([{ path: 'billing.terms', asked: 'NET60', given: 'NET45' }])
})
