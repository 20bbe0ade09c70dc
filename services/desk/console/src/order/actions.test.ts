import type { ActionName, CaseDetail } from '@holdpoint/desk-contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actionsOf, byUrgency, closedMeanwhile, describeAction, describeOutcome } from './actions.ts'

const one = (part: Partial<CaseDetail>) =>
  ({
    caseId: 'C-1',
    name: 'Large order',
    kind: 'APPROVAL',
    status: 'OPEN',
    outcome: 'NONE',
    owner: 'finance',
    decider: 'finance',
    level: 0,
    assignee: null,
    deadline: null,
    lateSince: null,
    question: null,
    proposal: null,
    closedAt: null,
    holds: ['invoicing', 'shipping'],
    mayDo: ['APPROVE', 'REJECT', 'STOP'],
    mayAct: true,
    requestId: '',
    stops: { reject: ['invoicing', 'shipping'], stop: ['invoicing', 'shipping'], wholeOrder: [] },
    ...part,
  }) as CaseDetail

describe('the link of an older message', () => {
  const closed = one({
    status: 'CLOSED',
    outcome: 'APPROVED',
    closedBy: 'Fiona Walsh',
    closedAt: '2026-03-02T09:00:00Z',
  })
  it('says that the case was closed meanwhile, by whom, when and how', () =>
    expect(closedMeanwhile('approve', closed)).toMatch(
      /^Your link was to approve this case, which is not open any more: it was approved by Fiona Walsh, .*2026.*\.$/,
    ))
  it.each([
    ['approve', one({})],
    ['note', closed],
    ['reopen', closed],
    [undefined, closed],
    ['toString', closed],
  ])('says nothing where %s can be done still, or is nothing', (wanted, about) =>
    expect(closedMeanwhile(wanted, about)).toBe(''),
  )
})

describe('what may be done', () => {
  const onward = (part: Partial<CaseDetail>) => actionsOf(one(part)).onward
  it('offers to correct first where data has to be put right', () =>
    expect(onward({ kind: 'CORRECTION', mayDo: ['APPROVE', 'CORRECT', 'STOP'] })).toEqual([
      'correct',
      'approve',
    ]))
  it('offers the answer first while the case waits for it', () =>
    expect(onward({ mayDo: ['APPROVE', 'ANSWER'] })).toEqual(['answer', 'approve']))
  it('has what stops the order apart, whatever else there is', () => {
    const all: ActionName[] = [
      'approve',
      'correct',
      'clear',
      'answer',
      'reject',
      'stop',
      'ask',
      'note',
      'claim',
    ]
    fc.assert(
      fc.property(fc.subarray(all), fc.constantFrom('APPROVAL', 'CORRECTION', 'EXCEPTION'), (some, kind) => {
        const mayDo = some.toReversed().map((action) => action.toUpperCase())
        const { onward, stopping, around } = actionsOf(one({ kind, mayDo }))
        expect(stopping).toEqual(some.filter((action) => action === 'reject' || action === 'stop'))
        expect([...onward, ...stopping, ...around].toSorted()).toEqual(some.toSorted())
      }),
    )
    expect(onward({ mayDo: ['STOP', 'CLEAR'] })).toEqual(['clear'])
  })
  it('has what goes around a decision apart', () =>
    expect(actionsOf(one({ mayDo: ['NOTE', 'ASK', 'APPROVE', 'CLAIM'] })).around).toEqual([
      'ask',
      'note',
      'claim',
    ]))
  it('leaves out what it has no form for', () =>
    expect(onward({ mayDo: ['DANCE', 'APPROVE'] })).toEqual(['approve']))
  it('says before a no which stages it stops', () =>
    expect(describeAction('reject', one({}))).toContain('Invoicing and shipping stop'))
  it('says from whom a case is taken', () =>
    expect(describeAction('claim', one({ assignee: { subject: 'sam', name: 'Sam' } }))).toContain('Sam'))
})

describe('what was done', () => {
  const closed = one({ status: 'CLOSED', outcome: 'APPROVED' })
  it('names what is still open', () =>
    expect(describeOutcome('approve', closed, [closed, one({ caseId: 'C-2', name: 'Abroad' })])).toBe(
      'Approved. Still open on this order: Abroad.',
    ))
  it('says when nothing is', () =>
    expect(describeOutcome('approve', closed, [closed])).toBe(
      'Approved. No other case is open on this order.',
    ))
  it('says that an approval was not the last', () =>
    expect(describeOutcome('approve', one({}), [])).toContain('another approval'))
  it('says whom a question went to', () => {
    const question = { questionId: 'q', to: 'customer', text: 'Which?', answerBy: '' }
    expect(describeOutcome('ask', one({ question }), [])).toBe('Asked: the customer.')
  })
})

describe('the order of cases', () => {
  const ids = (cases: { caseId: string }[]) => cases.map(({ caseId }) => caseId)
  const late = one({ caseId: 'late', deadline: '2026-01-02T00:00:00Z' })
  const soon = one({ caseId: 'soon', deadline: '2026-01-01T00:00:00Z' })
  const none = one({ caseId: 'none' })
  const theirs = one({ caseId: 'theirs', mayAct: false, deadline: '2025-01-01T00:00:00Z' })

  it('is by deadline, without a deadline last', () =>
    expect(ids(byUrgency([none, late, soon]).open)).toEqual(['soon', 'late', 'none']))
  it('has first what the reader may decide', () =>
    expect(ids(byUrgency([theirs, late, soon]).open)).toEqual(['soon', 'late', 'theirs']))
  it('has closed ones apart, the latest first', () => {
    const closed = (caseId: string, closedAt: string) => one({ caseId, status: 'CLOSED', closedAt })
    const { open, closed: ended } = byUrgency([closed('a', '2026-01-01'), soon, closed('b', '2026-01-02')])
    expect([ids(open), ids(ended)]).toEqual([['soon'], ['b', 'a']])
  })
})
