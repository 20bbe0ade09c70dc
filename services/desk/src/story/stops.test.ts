import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asked, caseEvent, decision, opened, t0 } from '../testing/messages.ts'
import type { StoryRecords } from './records.ts'
import { stopsOf } from './stops.ts'

const hour = 3_600_000
const place = { topic: 't', partition: 0, offset: 0, sha256: null }
const nothing: StoryRecords = {
  customerName: '',
  revisions: [],
  events: [],
  decisions: [],
  requests: [],
  outcomes: [],
  letters: [],
  forgets: [],
  closedHours: new Map(),
  names: new Map(),
}

type Events = StoryRecords['events'][number]['event'][]
const at = (hours: number) => t0 + hours * hour
const held = (sequence: number, hours: number, caseIds = ['C-A']) => {
  const made = decision('A', sequence, caseIds.length > 0 ? 'HOLD' : 'PROCEED')
  const [invoicing, shipping] = made.verdicts as [(typeof made.verdicts)[0], (typeof made.verdicts)[0]]
  return { decision: { ...made, at: at(hours), verdicts: [{ ...invoicing, caseIds }, shipping] }, place }
}
const stops = (events: Events, decisions: StoryRecords['decisions'], more: Partial<StoryRecords> = {}) =>
  stopsOf({ ...nothing, events: events.map((event) => ({ event, place })), decisions, ...more }, at(48))
const event = (sequence: number, hours: number, more: Parameters<typeof caseEvent>[2]) =>
  caseEvent('A', sequence, { at: at(hours), ...more })

describe('where an order stopped', () => {
  it('is the time from the decision that held a stage to the one that let it go on, and whose time that was', () => {
    const events = [
      { ...opened('A', 1), at: at(0) },
      { ...asked('A', 2), at: at(1) },
      event(3, 3, { type: 'ANSWERED' }),
      event(4, 5, { type: 'ASSIGNED', assigned: { subject: '', name: '' } }),
      event(5, 6, { type: 'CLOSED' }),
    ]
    expect(stops(events, [held(1, 0), held(2, 7, [])])).toEqual([
      {
        stage: 'invoicing',
        from: at(0),
        to: at(7),
        ms: 7 * hour,
        caseIds: ['C-A'],
        shares: [
          { whose: 'somebody', who: 'Fiona Grant', ms: 3 * hour },
          { whose: 'answer', who: '', ms: 2 * hour },
          { whose: 'nobody', who: '', ms: hour },
          { whose: 'holdpoint', who: '', ms: hour },
        ],
      },
    ])
  })

  it('hours in which whoever decides does not work are nobody’s fault', () => {
    const closedHours = new Map([['C-A', [{ from: at(1), to: at(10) }]]])
    const [stop] = stops([{ ...opened('A', 1), at: at(0) }], [held(1, 0)], { closedHours })
    expect(stop).toMatchObject({ to: null, ms: 48 * hour })
    expect(stop?.shares).toEqual([
      { whose: 'somebody', who: 'Fiona Grant', ms: 39 * hour },
      { whose: 'closed', who: '', ms: 9 * hour },
    ])
  })

  it('of two cases the one that somebody could go on with tells', () => {
    const second = { ...opened('A', 2, {}, 'C-B'), at: at(0), assigned: { subject: 'sam', name: 'Sam' } }
    const events = [{ ...opened('A', 1), at: at(0) }, second, { ...asked('A', 3), at: at(0) }]
    const [stop] = stops(events, [held(1, 0, ['C-A', 'C-B'])])
    expect(stop?.shares).toEqual([{ whose: 'somebody', who: 'Sam', ms: 48 * hour }])
  })

  it('an order that went straight through stopped nowhere', () =>
    expect(stops([], [held(1, 0, [])])).toEqual([]))

  it('the shares always sum up to the whole', () => {
    const types = ['OPENED', 'ASKED', 'ANSWERED', 'CLOSED', 'REOPENED', 'ASSIGNED', 'NOTED'] as const
    const anyEvent = fc.record({
      type: fc.constantFrom(...types),
      hours: fc.nat(60),
      caseId: fc.constantFrom('C-A', 'C-B'),
      has: fc.constantFrom('', 'Sam', 'Fiona'),
    })
    const anyDecision = fc.tuple(fc.nat(60), fc.subarray(['C-A', 'C-B']))
    fc.assert(
      fc.property(fc.array(anyEvent), fc.array(anyDecision), fc.nat(40), (happened, decided, closedFrom) => {
        const events = happened
          .toSorted((a, b) => a.hours - b.hours)
          .map(({ type, hours, caseId, has }, i) =>
            event(i + 1, hours, { type, caseId, assigned: { subject: has, name: has } }),
          )
        const decisions = decided
          .toSorted((a, b) => a[0] - b[0])
          .map(([hours, caseIds], i) => held(i + 1, hours, caseIds))
        const closedHours = new Map([['C-A', [{ from: at(closedFrom), to: at(closedFrom + 7) }]]])
        for (const { ms, shares } of stops(events, decisions, { closedHours }))
          expect(shares.reduce((sum, share) => sum + share.ms, 0)).toBe(ms)
      }),
    )
  })
})
