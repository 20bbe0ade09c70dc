import { describe, expect, it } from 'vitest'
import type { CaseDetail } from '../api/types.ts'
import { actionsOf, byUrgency, describeAction, describeOutcome } from './actions.ts'

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
    deadline: null,
    closedAt: null,
    holds: ['invoicing', 'shipping'],
    actions: ['APPROVE', 'REJECT', 'STOP'],
    requestId: '',
    ...part,
  }) as CaseDetail

describe('what may be done', () => {
  it('offers to correct first where data has to be put right', () =>
    expect(actionsOf(one({ kind: 'CORRECTION', actions: ['APPROVE', 'CORRECT', 'STOP'] }))).toEqual([
      'correct',
      'approve',
      'stop',
    ]))
  it('leaves out what it has no form for', () =>
    expect(actionsOf(one({ actions: ['ASK', 'APPROVE'] }))).toEqual(['approve']))
  it('says before a no that it stops the stages', () =>
    expect(describeAction('reject', one({}))).toContain('invoicing and shipping'))
  it('says before a no to a request that the order stays as it was', () =>
    expect(describeAction('reject', one({ requestId: 'r' }))).toBe('The order stays as it was.'))
})

describe('what was done', () => {
  const closed = one({ status: 'CLOSED', outcome: 'APPROVED' })
  it('names what is still open', () =>
    expect(describeOutcome(closed, [closed, one({ caseId: 'C-2', name: 'Abroad' })])).toBe(
      'Approved. Still open on this order: Abroad.',
    ))
  it('says when nothing is', () =>
    expect(describeOutcome(closed, [closed])).toBe('Approved. No other case is open on this order.'))
})

describe('the order of cases', () => {
  const ids = (cases: { caseId: string }[]) => cases.map(({ caseId }) => caseId)
  const late = one({ caseId: 'late', deadline: '2026-01-02T00:00:00Z' })
  const soon = one({ caseId: 'soon', deadline: '2026-01-01T00:00:00Z' })
  const none = one({ caseId: 'none' })
  const theirs = one({
    caseId: 'theirs',
    owner: 'support',
    decider: 'support',
    deadline: '2025-01-01T00:00:00Z',
  })

  it('is by deadline, without a deadline last', () =>
    expect(ids(byUrgency([none, late, soon], []).open)).toEqual(['soon', 'late', 'none']))
  it("has the reader's own first", () =>
    expect(ids(byUrgency([theirs, late, soon], ['finance']).open)).toEqual(['soon', 'late', 'theirs']))
  it("counts an escalated case as the backup's own", () => {
    const escalated = { ...theirs, level: 1, decider: 'controller' }
    expect(ids(byUrgency([soon, escalated], ['controller']).open)).toEqual(['theirs', 'soon'])
  })
  it('has closed ones apart, the latest first', () => {
    const closed = (caseId: string, closedAt: string) => one({ caseId, status: 'CLOSED', closedAt })
    const { open, closed: ended } = byUrgency(
      [closed('a', '2026-01-01'), soon, closed('b', '2026-01-02')],
      [],
    )
    expect([ids(open), ids(ended)]).toEqual([['soon'], ['b', 'a']])
  })
})
