import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rosterWith } from '../testing/sample-roster.ts'
import { compileRoster } from './compile-roster.ts'
import { sameDuty } from './duty.ts'
import { nextDutyChange } from './next-change.ts'
import { whoIsOnDuty } from './who-is-on-duty.ts'

const roster = compileRoster(
  rosterWith(
    'absences:\n  - { person: sam, from: 2026-03-03, to: 2026-03-20, substitute: suzy }\n',
    'overrides:\n  - { role: support, from: 2026-05-01T09:00:00Z, to: 2026-05-01T17:00:00Z, add: sid }\n',
  ),
)
const hour = 3_600_000

test('nobody’s duty changes before the next change', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
      fc.nat(999),
      (at, part) => {
        const next = nextDutyChange(roster, at)
        expect(next).toBeGreaterThan(at)
        const between = at + Math.floor(((next - 1 - at) * part) / 999)
        for (const role of roster.duties.keys())
          expect(sameDuty(whoIsOnDuty(roster, role, at), whoIsOnDuty(roster, role, between))).toBe(true)
      },
    ),
  )
})

test('without anything to come it is asked again in 40 days', () => {
  const quiet = compileRoster({
    zone: 'UTC',
    people: [],
    rotas: [],
    absences: [],
    overrides: [],
    channels: new Map(),
  })
  expect(nextDutyChange(quiet, 0)).toBe(40 * 24 * hour)
})
