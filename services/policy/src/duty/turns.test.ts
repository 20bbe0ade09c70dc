import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { onDutyAt, turnRoster } from '../testing/sample-roster.ts'
import type { TurnRota } from './roster.ts'

const people = ['ann', 'bob', 'cy', 'dan', 'eve']
const zones = [
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'America/St_Johns',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
]

/** The hand-over of a turn, without the tables of `Zone`. */
function handOverByTemporal(rota: Pick<TurnRota, 'zone' | 'starts' | 'handOver'>, days: number): number {
  const clock = Temporal.PlainDate.from(rota.starts)
    .add({ days })
    .toPlainDateTime({ hour: Math.floor(rota.handOver / 60), minute: rota.handOver % 60 })
  const found = clock.toZonedDateTime(rota.zone, { disambiguation: 'earlier' })
  const isThere = found.toPlainDateTime().equals(clock)
  return (isThere ? found : found.getTimeZoneTransition('next'))?.epochMilliseconds ?? Number.NaN
}

describe('in ten years of ten zones', () => {
  test.each(zones)('turns of days and weeks are handed over at the wall time, in %s', (zone) => {
    for (const [handOver, count, unit] of [
      [150, 3, 'day'],
      [1_410, 5, 'day'],
      [0, 1, 'week'],
      [540, 2, 'week'],
    ] as const) {
      const rota = { zone, handOver, starts: '2020-01-06', turn: { count, unit }, people }
      const roster = turnRoster(rota)
      const days = count * (unit === 'week' ? 7 : 1)
      const step = unit === 'day' ? 7 : 2
      for (let turn = 0; turn * days < 3_653; turn += step) {
        const at = handOverByTemporal(rota, turn * days)
        expect(onDutyAt(roster, at - 1)).toEqual(turn === 0 ? [] : [people[(turn - 1) % 5]])
        expect(onDutyAt(roster, at)).toEqual([people[turn % 5]])
      }
    }
  })

  test.each(zones)('turns of a day are handed over on the days when the clocks change, in %s', (zone) => {
    const rota = { zone, starts: '2020-01-06', turn: { count: 1, unit: 'day' }, people } as const
    for (const handOver of [0, 30, 90, 120, 150, 165, 195, 225]) {
      const roster = turnRoster({ ...rota, handOver })
      for (const day of daysOfChange(zone, rota.starts)) {
        const at = handOverByTemporal({ ...rota, handOver }, day)
        expect(onDutyAt(roster, at - 1)).toEqual([people[(day - 1) % 5]])
        expect(onDutyAt(roster, at)).toEqual([people[day % 5]])
      }
    }
  })

  test.each(zones)('turns of hours last as long on every day, in %s', (zone) => {
    const rota = { zone, handOver: 150, starts: '2020-01-06' }
    const roster = turnRoster({ ...rota, turn: { count: 12, unit: 'hour' }, people })
    const first = handOverByTemporal(rota, 0)
    for (let turn = 0; turn < 7_300; turn += 7) {
      const at = first + turn * 12 * 3_600_000
      expect(onDutyAt(roster, at)).toEqual([people[turn % 5]])
      expect(onDutyAt(roster, at - 1)).toEqual(turn === 0 ? [] : [people[(turn - 1) % 5]])
    }
  })
})

/** The days, counted from a date, on which the clocks of ten years change, and their neighbours. */
function daysOfChange(zone: string, from: string): number[] {
  const first = Temporal.PlainDate.from(from)
  const days = new Set<number>()
  let here: Temporal.ZonedDateTime | null = first.toZonedDateTime(zone)
  while (here && here.year < 2030) {
    const day = first.until(here.toPlainDate()).days
    if (day > 2) for (const near of [day - 1, day, day + 1]) days.add(near)
    here = here.getTimeZoneTransition('next')
  }
  return [...days]
}

describe('a rota', () => {
  test('has nobody on duty before it starts', () => {
    const roster = turnRoster({})
    expect(onDutyAt(roster, '2026-01-05T08:59:59.999Z')).toEqual([])
    expect(onDutyAt(roster, '2026-01-05T09:00Z')).toEqual(['ann'])
    expect(onDutyAt(roster, '1970-01-01T00:00Z')).toEqual([])
  })

  test('begins again with the first when everybody had a turn', () => {
    const roster = turnRoster({})
    expect(['01-12', '01-19', '01-26'].map((day) => onDutyAt(roster, `2026-${day}T09:00Z`)[0])).toEqual([
      'bob',
      'cy',
      'ann',
    ])
  })

  test('gives somebody who is listed twice two turns a round', () => {
    const roster = turnRoster({ turn: { count: 1, unit: 'day' }, people: ['ann', 'ann', 'bob'] })
    const days = ['05', '06', '07', '08', '09', '10']
    expect(days.flatMap((day) => onDutyAt(roster, `2026-01-${day}T12:00Z`))).toEqual([
      'ann',
      'ann',
      'bob',
      'ann',
      'ann',
      'bob',
    ])
  })

  test('keeps the wall time of its hand-over in summer', () => {
    const roster = turnRoster({})
    expect(onDutyAt(roster, '2026-04-06T07:59:59.999Z')).toEqual(['ann'])
    expect(onDutyAt(roster, '2026-04-06T08:00Z')).toEqual(['bob'])
  })

  test('of twelve hours stays twelve hours long when the clocks change', () => {
    const roster = turnRoster({ starts: '2026-03-28', turn: { count: 12, unit: 'hour' } })
    expect(onDutyAt(roster, '2026-03-29T08:59:59.999Z')).toEqual(['bob'])
    expect(onDutyAt(roster, '2026-03-29T09:00Z')).toEqual(['cy'])
  })

  test('hands over at the end of a spring gap, and in the first of two repeated hours', () => {
    const spring = turnRoster({ handOver: 90, starts: '2026-03-28', turn: { count: 1, unit: 'day' } })
    expect(onDutyAt(spring, '2026-03-29T00:59:59.999Z')).toEqual(['ann'])
    expect(onDutyAt(spring, '2026-03-29T01:00Z')).toEqual(['bob'])
    const autumn = turnRoster({ handOver: 90, starts: '2026-10-24', turn: { count: 1, unit: 'day' } })
    expect(onDutyAt(autumn, '2026-10-25T00:29:59.999Z')).toEqual(['ann'])
    expect(onDutyAt(autumn, '2026-10-25T00:30Z')).toEqual(['bob'])
    expect(onDutyAt(autumn, '2026-10-25T01:15Z')).toEqual(['bob'])
  })
})
