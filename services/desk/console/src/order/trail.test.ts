import type { CaseEvent, OrderView } from '@holdpoint/desk-contract'
import { oneEvent } from '@holdpoint/desk-contract/testing'
import { describe, expect, it } from 'vitest'
import { trailOf } from './trail.ts'

const person = { subject: 'sam', name: 'Sam', roles: ['support'] }
const router = { subject: 'system:router', name: 'Router', roles: [] }
const event = {
  commandId: '',
  reason: '',
  opened: null,
  escalated: null,
  closed: null,
  refused: null,
  notice: null,
  clock: null,
  assigned: null,
  question: null,
  proposal: null,
  approval: null,
  reopened: null,
}

const view = {
  cases: [
    { caseId: 'C-1', name: 'Wrong address' },
    { caseId: 'C-2', name: 'Large order' },
  ],
  deadLetters: [],
  revisions: [
    {
      revision: 1,
      at: '2026-01-01T10:00:00Z',
      cause: { kind: 'PLACED', source: 'shop', eventId: '1' },
      changes: [{ path: 'x', from: '', to: 'y', origin: 'UPSTREAM', by: 'shop', why: '' }],
    },
    {
      revision: 2,
      at: '2026-01-01T10:05:00Z',
      cause: { kind: 'UNKNOWN', source: 'correction', eventId: 'c' },
      changes: [
        { path: 'shipping.city', from: 'Leds', to: 'Leeds', origin: 'CORRECTION', by: 'sam', why: 'typo' },
      ],
    },
  ],
  events: [
    {
      ...event,
      eventId: 'e2',
      caseId: 'C-1',
      sequence: 2,
      type: 'CLOSED',
      actor: person,
      reason: 'typo',
      at: '2026-01-01T10:04:00Z',
      closed: {
        outcome: 'CORRECTED',
        corrections: [{ path: 'shipping.city', expected: 'Leds', value: 'Leeds' }],
        asked: [{ path: 'shipping.city', value: 'London' }],
        stops: [],
      },
    },
  ],
  decisions: [
    {
      decisionId: 'd1',
      sequence: 1,
      revision: 1,
      verdicts: [{ stage: 'shipping', verdict: 'HOLD', caseIds: ['C-1'], recall: false, tooLate: false }],
      by: person,
      reason: '',
      at: '2026-01-01T10:01:00Z',
    },
  ],
} as unknown as OrderView

describe('the story of an order', () => {
  it('runs from the newest to the oldest over all three sources', () => {
    expect(trailOf(view).map((step) => step.key)).toEqual([
      'revision-2',
      'event-e2',
      'decision-d1',
      'revision-1',
    ])
  })

  it('tells apart a decision and an event that are numbered alike', () => {
    const alike = { ...view, decisions: view.decisions.map((one) => ({ ...one, decisionId: 'e2' })) }
    const keys = trailOf(alike).map((step) => step.key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('tells who changed what and why', () => {
    const [changed, closed] = trailOf(view)
    expect(closed).toMatchObject({
      who: 'Sam',
      what: 'Wrong address: corrected',
      details: ['typo', 'Shipping city: Leeds was given, London asked for'],
    })
    expect(changed).toMatchObject({ who: 'Sam', details: ['Shipping city: Leds → Leeds'] })
  })

  it('does not list every field of an order that just came in as a change', () => {
    expect(trailOf(view).at(-1)?.details).toEqual([])
  })

  it('tells an attempt to send a message once, with what became of it and every case it is about', () => {
    const notice = { noticeId: 'N-1', to: 'a@b.example', message: 'm', detail: '250 ok', attempt: 1 }
    const about = (type: string, caseId: string, at: string) =>
      ({
        ...event,
        eventId: `${type}-${caseId}`,
        caseId,
        type,
        actor: router,
        at,
        notice,
      }) as unknown as CaseEvent
    const events = [
      about('NOTICE_REQUESTED', 'C-1', '2026-01-01T10:00:01Z'),
      about('NOTICE_REQUESTED', 'C-2', '2026-01-01T10:00:01Z'),
      about('NOTICE_SENT', 'C-1', '2026-01-01T10:00:02Z'),
      about('NOTICE_SENT', 'C-2', '2026-01-01T10:00:02Z'),
    ]
    const steps = trailOf({ ...view, revisions: [], decisions: [], events })
    expect(steps).toMatchObject([
      { what: 'Message sent to a@b.example', details: ['About: Wrong address and Large order', '250 ok'] },
    ])
  })

  it('tells of messages that could not be used', () => {
    const at = '2026-01-01T11:00:00Z'
    const place = { topic: 't', partition: 0, offset: 5 }
    const known = { letter: place, orderId: 'o', timestamp: at, attempt: 0, replay: null }
    const letter = { ...place, ...known, code: 'INVALID', service: 'intake' }
    const problems = [{ path: 'order.lines', message: 'is missing' }]
    const steps = trailOf({ ...view, deadLetters: [{ ...letter, problems, at }] })
    expect(steps[0]).toMatchObject({
      what: expect.stringContaining('INVALID'),
      details: ['order.lines: is missing'],
    })
  })

  it('tells what goes around a decision: who asked whom, who has it, what is proposed', () => {
    const corrections = [{ path: 'shipping.city', expected: 'Leds', value: 'Leeds' }]
    const proposal = { corrections, by: person }
    const question = {
      questionId: 'q',
      to: 'customer',
      text: 'Which town?',
      answerBy: '2026-01-02T10:00:00Z',
    }
    const clock = { startedAt: '2026-01-01T11:00:00Z', deadline: null, policyVersion: 1 }
    const assigned = { subject: '', name: '' }
    const told = (own: Partial<CaseEvent>) => {
      const at = '2026-01-01T12:00:00Z'
      const one = { ...oneEvent, eventId: 'e', caseId: 'C-1', actor: person, at, clock, assigned, ...own }
      const [step] = trailOf({ ...view, events: [one] })
      return [step?.what, ...(step?.details ?? [])]
    }
    expect(told({ type: 'ASKED', question, reason: 'Which town?' })).toEqual([
      expect.stringMatching(/^Wrong address: the customer is asked, and has until /),
      'Which town?',
    ])
    expect(told({ type: 'ANSWERED', question, proposal, reason: 'Leeds' })).toEqual([
      'Wrong address: the answer of the customer',
      'Leeds',
      'Shipping city: Leds → Leeds',
    ])
    expect(told({ type: 'ASSIGNED' })).toEqual(['Wrong address: is with nobody now'])
    expect(told({ type: 'APPROVAL_GIVEN', approval: { given: 1, needed: 2 } })).toEqual([
      'Wrong address: approved, 1 of 2',
    ])
    expect(told({ type: 'REOPENED', reopened: { holds: ['shipping'] }, reason: 'wrong order' })).toEqual([
      'Wrong address: open again, holds shipping',
      'wrong order',
    ])
    expect(told({ type: 'NOTED', reason: 'rang twice' })).toEqual(['Wrong address: a note', 'rang twice'])
  })

  it('tells the last thing first when two happened in the same millisecond', () => {
    const at = '2026-01-01T10:01:00Z'
    const opened = { name: 'Large order', owner: 'finance', earlierCase: '', raisedBy: '' }
    const twin = { ...event, caseId: 'C-2', type: 'OPENED', actor: router, at, opened }
    const events = [
      { ...twin, eventId: 'e1' },
      { ...twin, eventId: 'e2' },
    ] as unknown as CaseEvent[]
    expect(trailOf({ ...view, revisions: [], events }).map((step) => step.key)).toEqual([
      'decision-d1',
      'event-e2',
      'event-e1',
    ])
  })
})
