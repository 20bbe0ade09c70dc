import type { StageVerdict } from '@holdpoint/schemas'
import { expect, test } from 'vitest'
import { behindNow } from './behind-now.ts'

const held = (stage: string, caseIds: string[]): StageVerdict => ({
  ...{ stage, verdict: 'HOLD', caseIds },
  ...{ recall: false, tooLate: false },
})
const open = (case_id: string, ...holds: string[]) => ({ case_id, status: 'OPEN' as const, holds })
const closed = (case_id: string, ...holds: string[]) => ({ case_id, status: 'CLOSED' as const, holds })
const event = (caseId: string, type: string, corrections?: unknown[]) => ({
  ...{ caseId, type },
  closed: corrections ? { corrections } : null,
})
const behind = (...given: Parameters<typeof behindNow>) => behindNow(...given).map(({ caseIds }) => caseIds)

test('of two that held a stage, one is over: only the other is named', () => {
  const cases = [closed('A', 'shipping'), open('B', 'shipping')]
  expect(behind([held('shipping', ['A', 'B'])], cases, [event('A', 'CLOSED', [])])).toEqual([['B']])
})

test('one that came behind the decision is named too, and one that holds another stage is not', () => {
  const cases = [open('A', 'shipping'), open('B', 'shipping'), open('C', 'invoicing'), open('D')]
  expect(behind([held('shipping', ['A'])], cases, [])).toEqual([['A', 'B']])
})

test('a closed one is named until a revision carries what it put right', () => {
  const cases = [closed('A', 'shipping')]
  const over = event('A', 'CLOSED', [{}])
  expect(behind([held('shipping', ['A'])], cases, [over])).toEqual([['A']])
  expect(behind([held('shipping', ['A'])], cases, [over, event('A', 'SETTLED')])).toEqual([[]])
})

test('a stage that waits for the clearance alone names those that are still to be decided', () => {
  const cases = [closed('A', 'invoicing'), open('B', 'shipping')]
  const verdicts = [held('invoicing', ['A']), held('shipping', ['B'])]
  expect(behind(verdicts, cases, [event('A', 'CLOSED', [])])).toEqual([['B'], ['B']])
})

test('what is stopped, or goes on, is as it was decided', () => {
  const stopped = { ...held('shipping', ['A']), verdict: 'STOP' as const }
  expect(behindNow([stopped], [closed('A', 'shipping'), open('B', 'shipping')], [])).toEqual([stopped])
})
