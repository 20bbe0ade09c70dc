import { describe, expect, test } from 'vitest'
import { due, told } from '../testing/told.ts'
import { dateOf } from '../time/dates.ts'
import { compileCalendar } from './calendar.ts'
import { dayAt, openingsBetween, openTimeBetween } from './open-time.ts'
import type { CalendarDefinition } from './shape.ts'

const hourMs = 3_600_000
const daily = (zone: string, hours: string | string[]): CalendarDefinition => ({
  zone,
  open: { 'mon-sun': hours },
})

/** Openings that begin on a local date, as the clock shows them. */
function openings(definition: CalendarDefinition, date: string): string[] {
  const day = Date.parse(date) / 86_400_000
  return compileCalendar(definition)
    .openingsOn(day)
    .map(({ open, close }) => `${told(open, definition.zone)} ${told(close, definition.zone)}`)
}

describe('a wall time in a spring gap is the first instant after it', () => {
  test.each([
    [
      'London',
      daily('Europe/London', '01:30-04:00'),
      '2026-03-29',
      ['2026-03-29T02:00:00+01:00 2026-03-29T04:00:00+01:00'],
    ],
    [
      'New York',
      daily('America/New_York', '02:30-04:00'),
      '2026-03-08',
      ['2026-03-08T03:00:00-04:00 2026-03-08T04:00:00-04:00'],
    ],
    [
      'Lord Howe, half an hour',
      daily('Australia/Lord_Howe', '02:15-04:00'),
      '2026-10-04',
      ['2026-10-04T02:30:00+11:00 2026-10-04T04:00:00+11:00'],
    ],
    [
      'São Paulo, at midnight',
      daily('America/Sao_Paulo', '00:00-02:00'),
      '2018-11-04',
      ['2018-11-04T01:00:00-02:00 2018-11-04T02:00:00-02:00'],
    ],
    [
      'São Paulo, up to midnight',
      daily('America/Sao_Paulo', '22:00-24:00'),
      '2018-11-03',
      ['2018-11-03T22:00:00-03:00 2018-11-04T01:00:00-02:00'],
    ],
    [
      'Beirut, over midnight',
      daily('Asia/Beirut', '22:00-00:30'),
      '2026-03-28',
      ['2026-03-28T22:00:00+02:00 2026-03-29T01:00:00+03:00'],
    ],
    [
      'hours within the gap are dropped',
      daily('Europe/London', ['01:10-01:50', '09:00-10:00']),
      '2026-03-29',
      ['2026-03-29T09:00:00+01:00 2026-03-29T10:00:00+01:00'],
    ],
  ])('%s', (_, definition, date, expected) => {
    expect(openings(definition, date)).toEqual(expected)
  })

  test('also for the clock time of a working day', () => {
    expect(due({ zone: 'Europe/London', open: 'always' }, '2026-03-28T01:30:00Z', '1 working day')).toBe(
      '2026-03-29T02:00:00+01:00',
    )
    expect(
      due({ zone: 'America/New_York', open: 'always' }, '2026-03-07T02:30:00-05:00', '1 working day'),
    ).toBe('2026-03-08T03:00:00-04:00')
  })
})

describe('a wall time in a repeated hour is the first', () => {
  test.each([
    [
      'London',
      daily('Europe/London', '01:15-01:45'),
      '2026-10-25',
      ['2026-10-25T01:15:00+01:00 2026-10-25T01:45:00+01:00'],
    ],
    [
      'London, to behind it',
      daily('Europe/London', '01:30-02:00'),
      '2026-10-25',
      ['2026-10-25T01:30:00+01:00 2026-10-25T02:00:00+00:00'],
    ],
    [
      'Lord Howe, half an hour',
      daily('Australia/Lord_Howe', '01:45-03:00'),
      '2026-04-05',
      ['2026-04-05T01:45:00+11:00 2026-04-05T03:00:00+10:30'],
    ],
    [
      'Havana, at midnight',
      daily('America/Havana', '00:00-02:00'),
      '2026-11-01',
      ['2026-11-01T00:00:00-04:00 2026-11-01T02:00:00-05:00'],
    ],
    [
      "St John's, back into the day before",
      daily('America/St_Johns', '20:00-24:00'),
      '2010-11-06',
      ['2010-11-06T20:00:00-02:30 2010-11-07T00:00:00-02:30'],
    ],
    [
      'Casablanca, for Ramadan',
      daily('Africa/Casablanca', '02:30-04:00'),
      '2018-05-13',
      ['2018-05-13T02:30:00+01:00 2018-05-13T04:00:00+00:00'],
    ],
  ])('%s', (_, definition, date, expected) => {
    expect(openings(definition, date)).toEqual(expected)
  })

  test('also for the clock time of a working day', () => {
    expect(due({ zone: 'Europe/London', open: 'always' }, '2026-10-24T01:30:00+01:00', '1 working day')).toBe(
      '2026-10-25T01:30:00+01:00',
    )
  })

  test('a start in the second of two hours shows the same clock time', () => {
    expect(due({ zone: 'Europe/London', open: 'always' }, '2026-10-25T01:30:00Z', '1 working day')).toBe(
      '2026-10-26T01:30:00+00:00',
    )
  })
})

describe('a date that the clock skips', () => {
  const day = Date.parse('2011-12-30') / 86_400_000

  test.each<CalendarDefinition>([
    { zone: 'Pacific/Apia', open: 'always' },
    daily('Pacific/Apia', '09:00-17:00'),
    daily('Pacific/Apia', '22:00-06:00'),
  ])('has no opening: %j', (definition) => {
    expect(compileCalendar(definition).openingsOn(day)).toEqual([])
  })

  test('is no working day', () => {
    expect(due(daily('Pacific/Apia', '09:00-17:00'), '2011-12-29T10:00:00-10:00', '1 working day')).toBe(
      '2011-12-31T10:00:00+14:00',
    )
  })

  test('ends the openings that would have reached into it', () => {
    expect(openings(daily('Pacific/Apia', '22:00-06:00'), '2011-12-29')).toEqual([
      '2011-12-29T22:00:00-10:00 2011-12-31T00:00:00+14:00',
    ])
  })
})

describe('around the clock', () => {
  test.each([
    ['Europe/London', '2026-03-29', 23],
    ['Europe/London', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['Asia/Kathmandu', '2026-03-29', 24],
  ])('in %s %s has %d hours', (zone, date, hours) => {
    const [opening] = compileCalendar({ zone, open: 'always' }).openingsOn(Date.parse(date) / 86_400_000)
    expect(((opening?.close ?? 0) - (opening?.open ?? 0)) / hourMs).toBe(hours)
  })

  test('no instant is ever closed', () => {
    const from = Date.UTC(2009, 0, 1)
    const to = Date.UTC(2013, 0, 1)
    for (const zone of ['Pacific/Apia', 'America/St_Johns', 'America/Sao_Paulo', 'Africa/Casablanca'])
      expect(openTimeBetween(compileCalendar({ zone, open: 'always' }), from, to)).toBe(to - from)
  })

  test('hours up to midnight and from midnight on leave nothing out', () => {
    const calendar = compileCalendar(daily('America/Sao_Paulo', ['00:00-06:00', '22:00-24:00']))
    const [evening, night] = openingsBetween(
      calendar,
      Date.parse('2018-11-03T20:00-03:00'),
      Date.parse('2018-11-04T12:00-02:00'),
    )
    expect(evening?.close).toBe(night?.open)
  })
})

describe('the local date of an instant', () => {
  test.each([
    ['Pacific/Apia', '2011-12-29T23:59:59.999-10:00', '2011-12-29'],
    ['Pacific/Apia', '2011-12-31T00:00:00+14:00', '2011-12-31'],
    ['America/Sao_Paulo', '2018-11-04T01:00:00-02:00', '2018-11-04'],
    ['America/Sao_Paulo', '2018-11-03T23:59:59.999-03:00', '2018-11-03'],
    ['Asia/Kathmandu', '2026-03-01T18:15:00Z', '2026-03-02'],
    ['Pacific/Pago_Pago', '2026-03-02T10:59:59.999Z', '2026-03-01'],
    ['America/St_Johns', '2010-11-06T23:30:00-03:30', '2010-11-07'],
  ])('in %s at %s is %s', (zone, at, date) => {
    expect(dateOf(dayAt(compileCalendar({ zone, open: 'always' }), Date.parse(at)))).toBe(date)
  })
})
