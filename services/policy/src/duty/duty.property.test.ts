import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant, roles, roster, yearFrom } from '../testing/random-rosters.ts'
import { type CompiledRoster, compileRoster } from './compile-roster.ts'
import { gaps, type Hole } from './gaps.ts'
import { shifts } from './shifts.ts'
import { whoIsOnDuty } from './who-is-on-duty.ts'

const hourMs = 3_600_000
const role = fc.constantFrom(...roles)
const span = fc
  .tuple(instant, fc.integer({ min: 1, max: 40 * 24 }))
  .map(([fromMs, hours]) => ({ fromMs, toMs: fromMs + hours * hourMs + 1 }))

describe('for every roster', () => {
  test('shifts cover a span exactly, one behind the other, each unlike the one before', () => {
    fc.assert(
      fc.property(roster, role, span, (written, of, { fromMs, toMs }) => {
        const found = shifts(compileRoster(written), of, fromMs, toMs)
        expect(found[0]?.from).toBe(fromMs)
        expect(found.at(-1)?.to).toBe(toMs)
        for (const [index, { from, to, onDuty, why }] of found.entries()) {
          expect(from).toBeLessThan(to)
          const next = found[index + 1]
          if (!next) continue
          expect(next.from).toBe(to)
          expect([next.onDuty, next.why]).not.toEqual([onDuty, why])
        }
      }),
      { numRuns: 100 },
    )
  })

  test('shifts say at every instant what is said of that instant', () => {
    fc.assert(
      fc.property(
        roster,
        role,
        span,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
        (written, of, { fromMs, toMs }, shares) => {
          const compiled = compileRoster(written)
          const found = shifts(compiled, of, fromMs, toMs)
          const random = shares.map((share) =>
            Math.min(toMs - 1, fromMs + Math.floor(share * (toMs - fromMs))),
          )
          const edges = found.slice(0, 100).flatMap(({ from, to }) => [from - 1, from, from + 1, to - 1])
          for (const at of [...random, ...edges.filter((edge) => fromMs <= edge && edge < toMs)]) {
            const [shift, ...others] = found.filter(({ from, to }) => from <= at && at < to)
            expect(others).toEqual([])
            expect({ onDuty: shift?.onDuty, why: shift?.why }).toEqual(whoIsOnDuty(compiled, of, at))
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  test('there is one reason for each person on duty, and nobody is there twice', () => {
    fc.assert(
      fc.property(roster, role, instant, (written, of, at) => {
        const { onDuty, why } = whoIsOnDuty(compileRoster(written), of, at)
        expect(new Set(onDuty).size).toBe(onDuty.length)
        expect(why.kind === 'on-duty' ? why.reasons.length : 0).toBe(onDuty.length)
      }),
      { numRuns: 300 },
    )
  })

  test('nobody is asked to stand in while away', () => {
    fc.assert(
      fc.property(roster, role, instant, (written, of, at) => {
        const compiled = compileRoster({ ...written, overrides: [] })
        const away = compiled.duties.get(of)?.absences
        for (const { subject } of whoIsOnDuty(compiled, of, at).onDuty)
          expect(away?.get(subject)?.at(at) ?? []).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('gaps are where looking at every quarter of an hour finds them', () => {
    fc.assert(
      fc.property(roster, instant, (written, from) => {
        const fromMs = yearFrom + Math.floor((from - yearFrom) / quarterMs) * quarterMs
        const question = { roster: compileRoster(written), types, fromMs, toMs: fromMs + 4 * 24 * hourMs }
        expect(gaps(question)).toEqual(gapsByLooking(question))
      }),
      { numRuns: 40 },
    )
  })
})

const types = [
  { type: 'address', owner: 'support', backup: 'finance' },
  { type: 'terms', owner: 'finance', backup: 'support' },
  { type: 'other', owner: 'controller', backup: 'support' },
]

const quarterMs = 900_000
const kinds = ['no-owner', 'no-backup', 'same-person'] as const

/** One type and one sort of lack after the other, instant by instant. */
function gapsByLooking({
  roster,
  fromMs,
  toMs,
}: {
  roster: CompiledRoster
  fromMs: number
  toMs: number
}): Hole[] {
  const instants = Array.from(
    { length: (toMs - fromMs) / quarterMs },
    (_, index) => fromMs + index * quarterMs,
  )
  const holes = types.flatMap(({ type, owner, backup }) => {
    const lacks = instants.map((at) => lackingAt(roster, owner, backup, at))
    return kinds.flatMap((what) => {
      const lacking = lacks.map((lack) => lack.includes(what))
      const begins = instants.filter((_, index) => lacking[index] && !lacking[index - 1])
      const ends = instants.filter((_, index) => lacking[index] && !lacking[index + 1])
      return begins.map((from, index) => ({ type, from, to: (ends[index] as number) + quarterMs, what }))
    })
  })
  return inOrder(holes)
}

function lackingAt(roster: CompiledRoster, owner: string, backup: string, at: number): string[] {
  const [assignee] = whoIsOnDuty(roster, owner, at).onDuty
  const backups = whoIsOnDuty(roster, backup, at).onDuty
  if (!assignee) return backups.length === 0 ? ['no-owner', 'no-backup'] : ['no-owner']
  if (backups.length === 0) return ['no-backup']
  return backups.length === 1 && backups[0] === assignee ? ['same-person'] : []
}

function inOrder(holes: Hole[]): Hole[] {
  const place = ({ type, what }: Hole) =>
    types.findIndex((one) => one.type === type) * 3 + kinds.indexOf(what)
  return holes.sort((one, other) => one.from - other.from || place(one) - place(other))
}
