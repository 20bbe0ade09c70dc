import fc from 'fast-check'
import {
  type Absence,
  type Moment,
  type Override,
  type Period,
  type Roster,
  type Rota,
  type TurnRota,
  usualNotify,
} from '../duty/roster.ts'

/** Random rosters for property tests, of the year 2026. */
export const subjects = ['ann', 'bob', 'cy', 'dan', 'eve']
export const roles = ['support', 'finance', 'controller']

export const yearFrom = Date.UTC(2026, 0, 1)
const quarterHours = 365 * 24 * 4
const zone = fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'UTC')
const subject = fc.constantFrom(...subjects)
const role = fc.constantFrom(...roles)

export const instant = fc
  .integer({ min: 0, max: quarterHours })
  .map((quarter) => yearFrom + quarter * 900_000)

const moment: fc.Arbitrary<Moment> = fc.oneof(
  instant.map((atMs) => ({ kind: 'instant' as const, atMs })),
  instant.map((atMs) => ({ kind: 'date' as const, date: new Date(atMs).toISOString().slice(0, 10) })),
)

/** Up to two months long. */
const period: fc.Arbitrary<Period> = fc
  .tuple(moment, fc.integer({ min: 1, max: 60 * 24 * 4 }))
  .map(([from, quarters]) => ({ from, to: later(from, quarters * 900_000) }))

function later(moment: Moment, byMs: number): Moment {
  if (moment.kind === 'instant') return { kind: 'instant', atMs: moment.atMs + byMs }
  return { kind: 'date', date: new Date(Date.parse(moment.date) + byMs).toISOString().slice(0, 10) }
}

const absence: fc.Arbitrary<Absence> = fc
  .tuple(subject, period, fc.option(subject, { nil: undefined }))
  .map(([person, when, substitute]) => ({
    person,
    ...when,
    ...(substitute === undefined || substitute === person ? {} : { substitute }),
  }))

const override: fc.Arbitrary<Override> = fc
  .tuple(role, period, fc.constantFrom('add', 'remove', 'replace'), subject, subject)
  .map(([of, when, change, person, by]) =>
    change === 'replace'
      ? { role: of, ...when, change, pairs: [{ person, by }] }
      : { role: of, ...when, change: change === 'add' ? 'add' : 'remove', person },
  )

const fiveDays = Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ open: 540, close: 1_020 }] : []))

const hours = fc.constantFrom(
  [],
  fiveDays,
  Array.from({ length: 7 }, (_, day) =>
    day === 6
      ? []
      : [
          { open: 90, close: 150 },
          { open: 1_320, close: 1_500 },
        ],
  ),
)

const turns = (of: string): fc.Arbitrary<TurnRota> =>
  fc.record({
    kind: fc.constant('turns' as const),
    role: fc.constant(of),
    zone,
    handOver: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
    turn: fc.record({
      count: fc.integer({ min: 1, max: 30 }),
      unit: fc.constantFrom('hour' as const, 'day' as const, 'week' as const),
    }),
    starts: fc.constantFrom('2025-11-03', '2026-01-05', '2026-03-29'),
    people: fc.array(subject, { minLength: 1, maxLength: 6 }),
    week: hours,
  })

const rota = (of: string): fc.Arbitrary<Rota> =>
  fc.oneof(
    turns(of),
    turns(of).map((one) => ({
      ...one,
      turn: { ...one.turn, unit: 'working day' as const },
      week: one.week.length > 0 ? one.week : fiveDays,
    })),
    fc.record({
      kind: fc.constant('shifts' as const),
      role: fc.constant(of),
      zone,
      shifts: fc.array(
        fc.tuple(subject, period).map(([person, when]) => ({ person, ...when })),
        { minLength: 1, maxLength: 12 },
      ),
    }),
  )

export const roster: fc.Arbitrary<Roster> = fc.record({
  zone,
  people: fc.constant(
    subjects.map((subject) => ({ subject, name: subject, email: '', roles, notify: usualNotify })),
  ),
  rotas: fc
    .tuple(rota('support'), fc.option(rota('finance'), { nil: undefined }))
    .map((rotas) => rotas.filter((one) => one !== undefined)),
  absences: fc.array(absence, { maxLength: 8 }),
  overrides: fc.array(override, { maxLength: 8 }),
  channels: fc.constant(new Map()),
})
