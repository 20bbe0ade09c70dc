import type { BulkOutcome, ListedCase } from '@holdpoint/desk-contract'
import { describe, expect, it } from 'vitest'
import {
  allToggled,
  type Chosen,
  canChoose,
  describeMany,
  followed,
  meantBy,
  notDone,
  summarise,
  toggled,
  withAnswers,
} from './bulk.ts'

const one = (caseId: string, own: Partial<ListedCase> = {}) =>
  ({
    caseId,
    orderId: `SO-${caseId}`,
    name: 'Large order',
    status: 'OPEN',
    digest: 'd-1',
    mayDo: ['APPROVE', 'STOP', 'NOTE'],
    stops: { reject: [], stop: ['invoicing'], wholeOrder: ['invoicing', 'shipping'] },
    ...own,
  }) as ListedCase
const none: Chosen = new Map()
const ticked = (...cases: ListedCase[]): Chosen => new Map(cases.map((each) => [each.caseId, each]))

describe('what is ticked', () => {
  it('is taken back by a second tick', () => {
    const chosen = toggled(none, one('A'))
    expect([...chosen.keys()]).toEqual(['A'])
    expect(toggled(chosen, one('A')).size).toBe(0)
  })
  it('are all that the reader may do something about, then none', () => {
    const shown = [one('A'), one('B', { status: 'CLOSED' }), one('C'), one('D', { mayDo: ['NOTE', 'ASK'] })]
    expect(shown.map(canChoose)).toEqual([true, false, true, false])
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

describe('an action for many', () => {
  const chosen = ticked(one('A'), one('B', { mayDo: ['CLEAR'] }), one('C'))
  it('is for those that the reader may do it about', () => {
    expect(meantBy('approve', chosen).map(({ caseId }) => caseId)).toEqual(['A', 'C'])
    expect(meantBy('reject', chosen)).toEqual([])
  })
  it('says beforehand which stages it stops', () => {
    const all = { reject: [], stop: ['invoicing', 'shipping'], wholeOrder: [] }
    const cases = [one('A'), one('B'), one('C', { stops: all })]
    expect(describeMany('stop', cases)).toBe(
      'Invoicing stops for 2 cases and invoicing and shipping stop for 1 case.',
    )
    expect(describeMany('reject', cases)).toBe('Nothing stops, for each of them.')
    expect(describeMany('approve', cases)).toBe('')
  })
})

describe('what became of many', () => {
  const outcome = (caseId: string, own: Partial<BulkOutcome> = {}): BulkOutcome => ({
    ...{ caseId, commandId: `k-${caseId}`, status: 'done', code: '', message: '', case: null },
    ...own,
  })
  const no = {
    status: 'refused',
    code: 'NOT_OWNER',
    message: 'The decision on "Large order" lies with finance.',
  } as const
  const cases = [one('A'), one('B'), one('C'), one('D')]
  const sent = followed(cases, [
    outcome('A'),
    outcome('B', { status: 'pending' }),
    outcome('C', no),
    outcome('D', { status: 'failed', code: 'KAFKA_AWAY', message: 'Kafka is away.' }),
  ])

  it('is told in one sentence', () =>
    expect(summarise(sent)).toBe('1 case done, 1 taken, the answer comes, 1 refused, 1 not sent'))

  it('is followed to its end', () => {
    const later = withAnswers(sent, [outcome('B', no)])
    expect(later.map(({ status }) => status)).toEqual(['done', 'refused', 'refused', 'failed'])
    expect(withAnswers(later, [outcome('B', { commandId: 'another' })])).toEqual(later)
  })

  it('is grouped by the reason why it was not done', () => {
    const told = notDone(withAnswers(sent, [outcome('B', no)]))
    expect(told.map(({ reason, cases }) => [reason, cases.map(({ caseId }) => caseId)])).toEqual([
      ['The decision on the case lies with finance. (NOT_OWNER)', ['B', 'C']],
      ['Kafka is away. (KAFKA_AWAY)', ['D']],
    ])
  })
})
