import { describe, expect, it } from 'vitest'
import type { BulkOutcome, CaseSummary } from '../api/types.ts'
import { allToggled, type Chosen, tellOutcomes, toggled } from './bulk.ts'

const one = (caseId: string, own: Partial<CaseSummary> = {}) =>
  ({
    caseId,
    orderId: `SO-${caseId}`,
    name: 'Large order',
    status: 'OPEN',
    digest: 'd-1',
    ...own,
  }) as CaseSummary
const none: Chosen = new Map()

describe('what is ticked', () => {
  it('is taken back by a second tick', () => {
    const chosen = toggled(none, one('A'))
    expect([...chosen.keys()]).toEqual(['A'])
    expect(toggled(chosen, one('A')).size).toBe(0)
  })
  it('are all open ones, then none', () => {
    const shown = [one('A'), one('B', { status: 'CLOSED' }), one('C')]
    const all = allToggled(none, shown)
    expect([...all.keys()]).toEqual(['A', 'C'])
    expect(allToggled(all, shown).size).toBe(0)
  })
  it('keeps the order as it was shown when it was ticked', () => {
    const chosen = toggled(none, one('A'))
    expect(allToggled(chosen, [one('A', { digest: 'd-2' }), one('B')]).get('A')?.digest).toBe('d-1')
  })
  it('are no more than the desk takes at once', () => {
    const shown = Array.from({ length: 300 }, (_, index) => one(`C-${index}`))
    expect(allToggled(none, shown).size).toBe(200)
  })
})

it('tells what became of many, and names what was not done', () => {
  const outcome = (caseId: string, own: Partial<BulkOutcome> = {}): BulkOutcome => ({
    ...{ caseId, status: 'done', code: '', message: '', case: null },
    ...own,
  })
  const told = tellOutcomes(
    [
      outcome('A'),
      outcome('B', { status: 'pending' }),
      outcome('C', { status: 'refused', code: 'NOT_OWNER', message: 'It lies with finance.' }),
    ],
    new Map([['C', one('C')]]),
  )
  expect(told.summary).toBe('1 case done, 1 taken, the answer comes, 1 refused')
  expect(told.left).toEqual([{ caseId: 'C', text: 'Large order, SO-C: It lies with finance. (NOT_OWNER)' }])
})
