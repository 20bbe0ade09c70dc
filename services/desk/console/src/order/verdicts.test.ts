import type { CaseSummary, StageVerdict } from '@holdpoint/desk-contract'
import { describe, expect, it } from 'vitest'
import { explainVerdict } from './verdicts.ts'

const cases = ['A', 'B', 'C'].map(
  (caseId) =>
    ({
      caseId,
      name: `Case ${caseId}`,
      status: 'OPEN',
      decider: 'finance',
      holds: ['shipping'],
    }) as CaseSummary,
)
const explain = (part: Partial<StageVerdict>, state?: string, cancelled = false) =>
  explainVerdict(
    { stage: 'shipping', verdict: 'HOLD', caseIds: [], recall: false, tooLate: false, ...part },
    state,
    cases,
    cancelled,
  )

describe('why a stage has its verdict', () => {
  it('names the case and who decides it', () =>
    expect(explain({ caseIds: ['A'] }).reasons).toEqual([{ text: 'Case A', role: 'finance', outcome: '' }]))
  it('says that it waits for the clearance where no case holds it by itself', () =>
    expect(explain({ stage: 'invoicing', caseIds: ['A'] }).reasons[0]?.text).toBe(
      'Clearance of the order, after “Case A”',
    ))
  it('tells many cases in one sentence', () =>
    expect(explain({ caseIds: ['A', 'B', 'C'] }).reasons.map(({ text }) => text)).toEqual([
      '3 cases: Case A, Case B and Case C',
    ]))
  it('warns that a stage was called back', () =>
    expect(explain({ recall: true }).warning).toMatch(/^Called back/))
  it('warns above all that it was too late', () =>
    expect(explain({ recall: true, tooLate: true }, 'STARTED').warning).toMatch(/^Too late/))
  it('says that the order was cancelled', () =>
    expect(explain({ verdict: 'STOP' }, undefined, true).reasons[0]?.text).toMatch(/cancelled/))
  it.each([
    [undefined, 'Nothing holds it.'],
    ['STARTED', 'Shipping has started.'],
    ['DONE', 'Shipping is done.'],
  ])('says how far a stage is that goes on (%s)', (state, text) =>
    expect(explain({ verdict: 'PROCEED' }, state).reasons[0]?.text).toBe(text),
  )
})
