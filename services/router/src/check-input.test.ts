import type { Findings, TimerFired } from '@holdpoint/schemas'
import { orderDigest } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { describe, expect, test } from 'vitest'
import { checkInput } from './check-input.ts'
import { pendingTimers } from './messages/timers.ts'
import { withMissed } from './revisions/missed-revisions.ts'
import { finding, given, minute, orderId, start } from './testing/given.ts'

function findings(own: Partial<Findings> = {}): Findings {
  const order = sampleOrder()
  const about = { changes: [], stages: {}, requests: [], cancelled: false, overridden: [], findings: [] }
  return {
    orderId,
    revision: 4,
    digest: orderDigest(order),
    policyVersion: 1,
    order,
    ...about,
    at: 0,
    ...own,
  }
}

/** An order of which revision 3 was judged, with a case that is open. */
const before = () =>
  given()
    .revised({ revision: 3, findings: [finding('large-order')] })
    .after(minute).state

const check = (own: Partial<Findings>, state = before()) =>
  checkInput(state, { kind: 'findings', findings: findings(own) }, start)

const paths = (checked: ReturnType<typeof check>) =>
  typeof checked === 'string' ? checked : checked.problems.map(({ path }) => path)

describe('findings', () => {
  test('of the next revision are sound, and so are the first ones of an order at whatever revision it is', () => {
    expect(check({})).toBe('sound')
    expect(check({ revision: 57 }, given().state)).toBe('sound')
  })

  test('of a revision that was judged are out of date', () => {
    expect(check({ revision: 3, digest: before().digest })).toBe('outOfDate')
    expect(check({ revision: 1 })).toBe('outOfDate')
  })

  test.each([2_147_483_647, 104, 0, -1])('of revision %d cannot be after revision 3', (revision) => {
    expect(paths(check({ revision }))).toEqual(['revision'])
  })

  test('of a first revision that no order reaches are none', () => {
    expect(paths(check({ revision: 2_147_483_647 }, given().state))).toEqual(['revision'])
  })

  test('that say something else of a revision than before do not hold', () => {
    expect(paths(check({ revision: 3, digest: 'another' }))).toEqual(['digest'])
  })

  test('whose digests are not those of order and evidence do not hold', () => {
    const forged = finding('large-order', 'true', { evidenceDigest: 'x' })
    const order = { ...sampleOrder(), currency: 'USD' }
    expect(paths(check({ order, findings: [finding('late-change'), forged] }))).toEqual([
      'digest',
      'findings.1.evidenceDigest',
    ])
  })

  test('behind revisions that nobody judged are a case of the order owner, and say which', () => {
    const late = withMissed(before(), findings({ revision: 6, findings: [finding('late-change')] }))
    expect(check(late)).toBe('sound')
    const order = given().revised({ revision: 3 }).take({ kind: 'findings', findings: late })
    expect(order.caseOf('cannot-classify')).toMatchObject({ status: 'OPEN', owner: 'order-manager' })
    expect(order.last.events[1]?.reason).toContain('Revisions 4 to 5 were never judged')
    expect(withMissed(before(), findings()).findings).toEqual([])
  })
})

describe('a fire', () => {
  const timerOf = () => {
    const [timer] = pendingTimers(before()).values()
    if (!timer) throw new Error('The case has a deadline.')
    return timer
  }
  const fire = (own: Partial<TimerFired> = {}, now?: number) => {
    const timer = timerOf()
    const fired = { ...timer, firedAt: timer.dueAt, ...own }
    return paths(checkInput(before(), { kind: 'timer', fired }, now ?? timer.dueAt))
  }

  test('of the timer that the order waits for, at its time or later, is sound', () => {
    expect(fire()).toBe('sound')
    expect(fire({ firedAt: timerOf().dueAt + 1 })).toBe('sound')
  })

  test('before its due time, or at a time that has not come, does not hold', () => {
    expect(fire({ firedAt: timerOf().dueAt - 1 })).toEqual(['firedAt'])
    expect(fire({}, timerOf().dueAt - 6 * minute)).toEqual(['firedAt'])
    expect(fire({ dueAt: 0, firedAt: 0 }, start)).toEqual(['dueAt'])
  })

  test.each([
    ['version', { version: 2_147_483_647 }],
    ['kind', { kind: 'REMINDER' }],
    ['caseId', { caseId: 'C-OTHER' }],
  ] as const)('with another %s than the timer does not hold', (path, own) => {
    expect(fire(own)).toEqual([path])
  })

  test('of an older version, or of a timer that nobody waits for, is out of date', () => {
    expect(fire({ version: 0 })).toBe('outOfDate')
    expect(fire({ version: -1 })).toBe('outOfDate')
    expect(fire({ timerId: 'another' })).toBe('outOfDate')
  })
})
