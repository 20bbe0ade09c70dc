import { describe, expect, test } from 'vitest'
import { office, told } from '../testing/told.ts'
import { dayOf } from '../time/dates.ts'
import { compileCalendar } from './calendar.ts'
import { isOpen, nextOpening, openingsBetween, openTimeBetween } from './open-time.ts'
import type { CalendarDefinition } from './shape.ts'

/** Openings of a date in UTC, `09:00-17:30`. */
function hoursOn(definition: CalendarDefinition, date: string): string[] {
  const openings = compileCalendar(definition).openingsOn(dayOf(date))
  return openings.map(
    ({ open, close }) => `${told(open, 'UTC').slice(11, 16)}-${told(close, 'UTC').slice(11, 16)}`,
  )
}

describe('hours by days', () => {
  const definition: CalendarDefinition = {
    zone: 'UTC',
    open: { 'fri-mon': '10:00-12:00', 'tue,thu': ['13:00-17:00', '08:00-12:00'] },
  }

  test.each([
    ['a range over the end of the week', '2026-03-02', ['10:00-12:00']],
    ['a list of days, several hours in order', '2026-03-03', ['08:00-12:00', '13:00-17:00']],
    ['a day that no key names is closed', '2026-03-04', []],
    ['the first day of a range', '2026-03-06', ['10:00-12:00']],
  ])('%s', (_, date, hours) => {
    expect(hoursOn(definition, date)).toEqual(hours)
  })
})

describe('dates', () => {
  const definition: CalendarDefinition = {
    zone: 'UTC',
    open: { 'mon-fri': '09:00-17:00' },
    holidays: 'GB-ENG',
    closed: ['2026-12-24', '12-31', '2026-12-22'],
    'extra-open': {
      '2026-12-19': '10:00-14:00',
      '12-25': '08:00-09:00',
      '2026-12-22': '10:00-11:00',
      '12-29': '06:00-07:00',
    },
  }

  test.each([
    ['closed in one year', '2026-12-24', []],
    ['open in the next', '2027-12-24', ['09:00-17:00']],
    ['closed in every year', '2026-12-31', []],
    ['closed in every year', '2199-12-31', []],
    ['extra open on a weekend', '2026-12-19', ['10:00-14:00']],
    ['extra open goes before a holiday', '2026-12-25', ['08:00-09:00']],
    ['extra open in every year', '2150-12-25', ['08:00-09:00']],
    ['extra open goes before closed', '2026-12-22', ['10:00-11:00']],
    ['extra open says all hours of its date', '2026-12-29', ['06:00-07:00']],
  ])('%s: %s', (_, date, hours) => {
    expect(hoursOn(definition, date)).toEqual(hours)
  })

  test('a date with a year goes before one for every year', () => {
    const both = { ...definition, 'extra-open': { '12-19': '10:00-14:00', '2026-12-19': '10:00-11:00' } }
    expect(hoursOn(both, '2026-12-19')).toEqual(['10:00-11:00'])
  })

  test('29 February comes in leap years', () => {
    const leap: CalendarDefinition = { zone: 'UTC', open: 'always', closed: ['02-29'] }
    expect(hoursOn(leap, '2028-02-29')).toEqual([])
    expect(hoursOn(leap, '2027-03-01')).toHaveLength(1)
  })
})

describe('a closed day drops the openings that begin on it', () => {
  const nights: CalendarDefinition = {
    zone: 'UTC',
    open: { 'mon-sun': '22:00-06:00' },
    closed: ['2026-03-03'],
  }
  const calendar = compileCalendar(nights)

  test('and leaves the one that began the day before', () => {
    expect(isOpen(calendar, Date.parse('2026-03-03T05:59:59.999Z'))).toBe(true)
    expect(isOpen(calendar, Date.parse('2026-03-03T06:00:00Z'))).toBe(false)
    expect(isOpen(calendar, Date.parse('2026-03-03T22:00:00Z'))).toBe(false)
    expect(told(nextOpening(calendar, Date.parse('2026-03-03T06:00:00Z')), 'UTC')).toBe(
      '2026-03-04T22:00:00+00:00',
    )
  })
})

test('an opening can go on for most of the next day', () => {
  const calendar = compileCalendar({ zone: 'America/New_York', open: { mon: '21:00-20:30' } })
  expect(isOpen(calendar, Date.parse('2026-03-03T20:29:59.999-05:00'))).toBe(true)
  expect(isOpen(calendar, Date.parse('2026-03-03T20:30:00-05:00'))).toBe(false)
})

describe('openings are [open, close)', () => {
  const calendar = compileCalendar(office)
  const open = Date.parse('2026-03-02T09:00:00Z')
  const close = Date.parse('2026-03-02T17:30:00Z')

  test('the open instant is open, the close is not', () => {
    expect([open - 1, open, close - 1, close].map((at) => isOpen(calendar, at))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('an open instant is its own next opening', () => {
    expect(nextOpening(calendar, open + 1)).toBe(open + 1)
    expect(nextOpening(calendar, open - 1)).toBe(open)
    expect(told(nextOpening(calendar, close), 'UTC')).toBe('2026-03-03T09:00:00+00:00')
  })

  test('open time between two instants', () => {
    expect(openTimeBetween(calendar, open - 5, close + 5)).toBe(close - open)
    expect(openTimeBetween(calendar, open + 5, open + 12)).toBe(7)
    expect(openTimeBetween(calendar, close, open)).toBe(0)
    const year = openTimeBetween(calendar, Date.parse('2026-01-01'), Date.parse('2027-01-01'))
    // 209 days from Monday to Thursday and 52 Fridays, without 7 and 2 of them that are closed.
    expect(year / 3_600_000).toBe((209 - 7) * 8.5 + (52 - 2) * 7.5)
  })

  test('openings are cut to what was asked for', () => {
    expect(openingsBetween(calendar, open + 5, close - 5)).toEqual([
      { open: open + 5, close: close - 5, day: dayOf('2026-03-02') },
    ])
  })
})
