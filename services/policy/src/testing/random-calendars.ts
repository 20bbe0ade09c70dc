import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { calendarProblems } from '../calendar/calendar.ts'
import type { Pause } from '../calendar/pauses.ts'
import type { CalendarDefinition } from '../calendar/shape.ts'
import type { Within } from '../calendar/within.ts'

/** Zones whose clocks did something unusual between 2009 and 2018. */
export const zones = [
  'Europe/London',
  'America/New_York',
  // Half an hour.
  'Australia/Lord_Howe',
  // Midnight is skipped.
  'America/Sao_Paulo',
  'Asia/Beirut',
  // A whole day is skipped.
  'Pacific/Apia',
  // Nothing ever happens, at five hours and three quarters.
  'Asia/Kathmandu',
  // Back for the month of Ramadan.
  'Africa/Casablanca',
  // At one minute past midnight, back into the day before.
  'America/St_Johns',
  // Midnight is repeated.
  'America/Havana',
] as const

const firstMinute = Date.UTC(2009, 0, 1) / 60_000
const lastMinute = Date.UTC(2019, 0, 1) / 60_000

/** Minutes since 1970 UTC at which the clock of a zone was set. */
function changesOf(zone: string): number[] {
  const changes: number[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(firstMinute * 60_000).toZonedDateTimeISO(zone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (!next || next.epochMilliseconds >= lastMinute * 60_000) return changes
    changes.push(next.epochMilliseconds / 60_000)
    at = next
  }
}
const changes = new Map<string, number[]>(zones.map((zone) => [zone, changesOf(zone)]))

/** Minutes since 1970 UTC, every other within three days of a change of the clock. */
export function startIn(zone: string): fc.Arbitrary<number> {
  const anywhere = fc.integer({ min: firstMinute, max: lastMinute })
  const near = changes.get(zone) ?? []
  if (near.length === 0) return anywhere
  return fc.oneof(
    anywhere,
    fc.tuple(fc.constantFrom(...near), fc.integer({ min: -4_320, max: 1_440 })).map(([at, by]) => at + by),
  )
}

/** Clock times in minutes, half of them in the hours in which clocks are set. */
const clockTime = fc.oneof(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 0, max: 200 }))

const hours = fc
  .tuple(fc.uniqueArray(clockTime, { minLength: 2, maxLength: 6 }), fc.boolean())
  .map(([times, overMidnight]) => {
    const sorted = times.toSorted((a, b) => a - b).slice(0, times.length - (times.length % 2))
    // Beginning with the second, the last interval ends at the first: on the next day.
    const turned = overMidnight ? [...sorted.slice(1), sorted[0] as number] : sorted
    return Array.from({ length: turned.length / 2 }, (_, index) => inWords(turned.slice(index * 2)))
  })

const inWords = ([open = 0, close = 0]: number[]): string => `${clock(open)}-${clock(close)}`
const clock = (minutes: number): string => new Date(minutes * 60_000).toISOString().slice(11, 16)

const keys = fc.constantFrom(
  ['mon-fri'],
  ['mon-sun'],
  ['mon-thu', 'fri'],
  ['fri-mon', 'tue,thu'],
  ['mon,wed', 'sat-sun'],
)
const open = fc.oneof(
  { arbitrary: fc.constant('always' as const), weight: 1 },
  {
    arbitrary: keys.chain((names) =>
      fc
        .tuple(...names.map(() => hours))
        .map((all) => Object.fromEntries(names.map((name, i) => [name, all[i] ?? []]))),
    ),
    weight: 9,
  },
)

const date = fc
  .tuple(fc.integer({ min: firstMinute, max: lastMinute }), fc.boolean())
  .map(([minute, yearly]) => new Date(minute * 60_000).toISOString().slice(yearly ? 5 : 0, 10))

/** Sound definitions of a zone. */
export function definitionIn(zone: string): fc.Arbitrary<CalendarDefinition> {
  return fc
    .record({
      zone: fc.constant(zone),
      open,
      closed: fc.uniqueArray(date, { maxLength: 20 }),
      'extra-open': fc.dictionary(date, hours, { maxKeys: 5 }),
    })
    .filter((definition) => calendarProblems(definition).length === 0)
}

export const within: fc.Arbitrary<Within> = fc.oneof(
  fc.record({
    kind: fc.constant('elapsed'),
    count: fc.integer({ min: 1, max: 4_000 }),
    unit: fc.constant('minute'),
  }),
  fc.record({
    kind: fc.constant('open'),
    count: fc.integer({ min: 1, max: 900 }),
    unit: fc.constant('minute'),
  }),
  fc.record({ kind: fc.constant('working-days'), count: fc.integer({ min: 1, max: 4 }) }),
)

/** Pauses in minutes, in any order, also before the start, over each other, and without length. */
export function pausesAround(start: number): fc.Arbitrary<Pause[]> {
  const pause = fc
    .tuple(fc.integer({ min: -600, max: 6_000 }), fc.integer({ min: 0, max: 3_000 }))
    .map(([after, length]) => ({ from: start + after, to: start + after + length }))
  return fc.array(pause, { maxLength: 4 })
}

/** A calendar, a start near a change of its clock, a time, and pauses; in minutes. */
export const situation = fc.constantFrom(...zones).chain((zone) =>
  startIn(zone).chain((start) =>
    fc.record({
      definition: definitionIn(zone),
      start: fc.constant(start),
      within,
      pauses: pausesAround(start),
    }),
  ),
)
