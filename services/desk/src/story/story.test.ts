import type { CaseEvent, CaseEventType } from '@holdpoint/schemas'
import { describe, expect, it } from 'vitest'
import { asked, caseEvent, decision, fiona, opened, refused, revision, t0 } from '../testing/messages.ts'
import type { StoryRecords, ToldRequest } from './records.ts'
import { storyOf } from './story.ts'

const place = (topic: string, offset = 0) => ({ topic, partition: 1, offset, sha256: 'ab' })
const tell = (more: Partial<StoryRecords>) =>
  storyOf(
    {
      customerName: 'Harbour Lane Gifts',
      revisions: [],
      events: [],
      decisions: [],
      requests: [],
      outcomes: [],
      letters: [],
      forgets: [],
      closedHours: new Map(),
      names: new Map([['sam', 'Sam Okafor']]),
      ...more,
    },
    t0,
  ).steps
const events = (...all: CaseEvent[]) => ({
  events: all.map((event, i) => ({ event, place: place('cases.events.v1', i) })),
})
const textOf = (event: CaseEvent) => tell(events(opened('A', 1), event))[1]?.text

describe('the story of an order', () => {
  it('says which sentence opened a case, with which values, who has it and what it holds', () => {
    const [step] = tell(events(opened('A', 1)))
    expect(step).toMatchObject({
      kind: 'case',
      caseId: 'C-A',
      policyVersion: 1,
      text: 'The case “Billing terms outside the contract” was opened for finance.',
      details: [
        'Why: “Sales asks for payment terms that the order does not have.”',
        'The values: request kind was billing-terms.',
        'Fiona Grant has it, due 2026-03-02 11:00 UTC.',
        'It holds invoicing, by policy version 1.',
      ],
      records: [{ topic: 'cases.events.v1', partition: 1, offset: 0, sha256: 'ab' }],
    })
  })

  it('says who changed what from what to what and why', () => {
    const corrections = [{ path: 'shipping.country', expected: 'US', value: 'GB' }]
    const closed: CaseEvent['closed'] = {
      outcome: 'CORRECTED',
      corrections,
      asked: [],
      stops: [],
      correctionId: 'x',
      endedBy: '',
      forCustomer: '',
    }
    const by = { actor: fiona, reason: 'They have one shop.' }
    expect(textOf(caseEvent('A', 2, { type: 'CLOSED', closed, ...by }))).toBe(
      'Fiona Grant put “Billing terms outside the contract” right and so changed shipping country from US to GB, because “They have one shop.”',
    )
    const corrected = revision('A', 2, {
      changes: [
        {
          path: 'shipping.country',
          from: 'US',
          to: 'GB',
          origin: 'CORRECTION',
          by: 'sam',
          why: 'They have one shop.',
        },
      ],
    })
    expect(tell({ revisions: [{ ...corrected, place: place('orders.revisions.v1') }] })).toMatchObject([
      {
        who: 'Sam Okafor',
        text: 'Revision 2 of the order carries what Sam Okafor changed: shipping country from US to GB.',
      },
    ])
  })

  it('says what came in, what billing and warehouse were told, and by whom the order went on', () => {
    const released = { ...decision('A', 2), by: fiona, reason: 'All is well.' }
    const steps = tell({
      revisions: [{ ...revision('A'), place: place('orders.revisions.v1') }],
      decisions: [decision('A', 1, 'HOLD'), released].map((one) => ({
        decision: one,
        place: place('orders.decisions.v1'),
      })),
    })
    expect(steps.map(({ text }) => text)).toEqual([
      'shop placed the order of Harbour Lane Gifts (event A-1, revision 1).',
      'Decision 1, on revision 1: invoicing waits and shipping may go on.',
      'Decision 2, on revision 1: invoicing may go on and shipping may go on. That came of what Fiona Grant did, because “All is well.”',
    ])
  })

  it('says who was told, by which channel, and whether it was sent', () => {
    const told: Omit<ToldRequest, 'noticeId' | 'to' | 'at'> = {
      attempt: 1,
      caseIds: ['C-A'],
      channel: 'EMAIL',
      message: 'held',
      occasion: '',
      policyVersion: 3,
      toName: '',
      recipient: 'STAFF',
      person: '',
      place: place('notices.requested.v1'),
    }
    const requests: ToldRequest[] = [
      { ...told, noticeId: 'N1', to: 'a@b.example', toName: 'Harbour Lane', recipient: 'CUSTOMER', at: t0 },
      { ...told, noticeId: 'N2', to: 'x', occasion: 'yours', person: 'sam', channel: 'CHAT', at: t0 + 1 },
    ]
    const outcome = {
      noticeId: 'N1',
      attempt: 1,
      status: 'FAILED',
      permanent: true,
      detail: '550 no such box',
      at: t0 + 5,
    }
    const steps = tell({
      requests,
      outcomes: [{ ...outcome, place: place('notices.outcomes.v1') }],
    })
    expect(steps.map(({ text }) => text)).toEqual([
      'The customer Harbour Lane was to be written to by e-mail (a@b.example): held. It could not be sent, and a repeat cannot help: 550 no such box.',
      'Sam Okafor is to be written to by chat (x): a case is theirs to decide. What became of it is not known yet.',
    ])
    expect(steps[0]?.records.map(({ topic }) => topic)).toEqual([
      'notices.requested.v1',
      'notices.outcomes.v1',
    ])
  })

  it('says once that a stage is called back, when it is', () => {
    const place1 = place('orders.decisions.v1')
    const called = (sequence: number) => {
      const made = decision('A', sequence, 'HOLD')
      return {
        ...made,
        verdicts: made.verdicts.map((one) => ({ ...one, recall: one.stage === 'invoicing' })),
      }
    }
    const decisions = [decision('A', 1), called(2), called(3)].map((one) => ({
      decision: one,
      place: place1,
    }))
    expect(tell({ decisions }).map(({ text }) => text)).toEqual([
      'Decision 1, on revision 1: invoicing may go on and shipping may go on.',
      'Decision 2, on revision 1: invoicing waits (it is called back) and shipping may go on.',
      'Decision 3, on revision 1: invoicing waits and shipping may go on.',
    ])
  })

  it('says who was refused, and why', () =>
    expect(textOf(refused('A', 2))).toBe(
      'Fiona Grant wanted to approve “Billing terms outside the contract”, and was refused (NOT_OWNER): finance decides this case; you have the role support.',
    ))

  it('says who asked whom for what', () =>
    expect(textOf(asked('A', 2))).toMatch(
      /^Fiona Grant asked the customer about “Billing terms outside the contract”: “Which colour\?”; an answer was due by 2026-03-03/,
    ))

  it('keeps what comes of something behind it when both have the same millisecond', () => {
    const made = { ...decision('A', 1, 'HOLD'), at: t0 }
    const steps = tell({
      ...events({ ...opened('A', 1), at: t0 }),
      decisions: [{ decision: made, place: place('orders.decisions.v1') }],
      revisions: [{ ...revision('A'), at: t0, place: place('orders.revisions.v1') }],
    })
    expect(steps.map(({ kind }) => kind)).toEqual(['came-in', 'case', 'decided'])
  })

  it('tells every kind of event that a newer router may send', () => {
    const types: CaseEventType[] = ['UNKNOWN', 'NOTED', 'SETTLED', 'STOP_LIFTED', 'ORDER_CHANGED']
    for (const type of types)
      expect(textOf(caseEvent('A', 2, { type, actor: fiona, reason: 'r' }))).toMatch(/\.$|”$/)
  })
})
