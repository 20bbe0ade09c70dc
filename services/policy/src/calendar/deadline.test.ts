import { describe, expect, test } from 'vitest'
import { due, office, told, within } from '../testing/told.ts'
import { compileCalendar } from './calendar.ts'
import { dueAt, pauseAt, resumeAt, startDeadline, startReminder } from './deadline.ts'
import type { Pause } from './pauses.ts'

const breaks = { zone: 'UTC', open: { 'mon-fri': ['08:00-12:00', '13:00-17:00'] } }
const nights = { zone: 'UTC', open: { 'mon-thu': '22:00-06:00' } }

describe('elapsed time runs day and night', () => {
  test.each([
    ['30 minutes', '2026-03-06T16:15:00Z', '2026-03-06T16:45:00+00:00'],
    ['2 hours', '2026-03-07T23:00:00Z', '2026-03-08T01:00:00+00:00'],
    ['a day is 24 hours, also when the clock changes', '2026-03-28T12:00:00Z', '2026-03-29T13:00:00+01:00'],
  ])('%s', (text, from, expected) => {
    expect(due(office, from, text.startsWith('a day') ? '1 day' : text)).toBe(expected)
  })
})

describe('open time runs while the calendar is open', () => {
  test.each([
    ['within one day', '2026-03-02T10:00:00Z', '2 working hours', '2026-03-02T12:00:00+00:00'],
    ['over a night', '2026-03-02T17:00:00Z', '2 working hours', '2026-03-03T10:30:00+00:00'],
    ['over a weekend', '2026-03-06T16:00:00Z', '90 working minutes', '2026-03-09T10:00:00+00:00'],
    [
      'a start outside moves to the next opening first',
      '2026-03-07T12:00:00Z',
      '1 working hour',
      '2026-03-09T10:00:00+00:00',
    ],
    ['a start on a close is outside', '2026-03-06T16:30:00Z', '1 working hour', '2026-03-09T10:00:00+00:00'],
    [
      'a result on a close stays on the close',
      '2026-03-06T15:00:00Z',
      '90 working minutes',
      '2026-03-06T16:30:00+00:00',
    ],
    [
      'over Good Friday and Easter Monday',
      '2026-04-02T17:00:00+01:00',
      '1 working hour',
      '2026-04-07T09:30:00+01:00',
    ],
    [
      'over a date that is closed besides',
      '2026-12-23T17:00:00Z',
      '1 working hour',
      '2026-12-29T09:30:00+00:00',
    ],
    [
      '24 working hours are not a day',
      '2026-03-02T09:00:00Z',
      '24 working hours',
      '2026-03-04T16:00:00+00:00',
    ],
    [
      'exact to the millisecond',
      '2026-03-02T17:29:59.999Z',
      '1 working minute',
      '2026-03-03T09:00:59.999+00:00',
    ],
  ])('%s', (_, from, text, expected) => {
    expect(due(office, from, text)).toBe(expected)
  })
})

describe('working days are the same clock time on the following working days', () => {
  test.each([
    ['the next day', '2026-03-02T10:15:00Z', '1 working day', '2026-03-03T10:15:00+00:00'],
    ['over a weekend', '2026-03-06T10:15:00Z', '1 working day', '2026-03-09T10:15:00+00:00'],
    ['the third', '2026-03-05T10:15:00Z', '3 working days', '2026-03-10T10:15:00+00:00'],
    [
      'cut to the close of a shorter day',
      '2026-03-05T17:00:00Z',
      '1 working day',
      '2026-03-06T16:30:00+00:00',
    ],
    [
      'a start before opening is a start at the opening',
      '2026-03-02T06:00:00Z',
      '1 working day',
      '2026-03-03T09:00:00+00:00',
    ],
    [
      'a start on a weekend is a start at the next opening',
      '2026-03-07T12:00:00Z',
      '1 working day',
      '2026-03-10T09:00:00+00:00',
    ],
    [
      'holidays are no working days',
      '2026-04-02T10:00:00+01:00',
      '1 working day',
      '2026-04-07T10:00:00+01:00',
    ],
    [
      'the same clock time after a change of the clock',
      '2026-03-27T10:00:00Z',
      '1 working day',
      '2026-03-30T10:00:00+01:00',
    ],
    [
      'exact to the millisecond',
      '2026-03-02T10:15:30.123Z',
      '1 working day',
      '2026-03-03T10:15:30.123+00:00',
    ],
  ])('%s', (_, from, text, expected) => {
    expect(due(office, from, text)).toBe(expected)
  })

  test('a day that opens later begins with its opening', () => {
    const definition = { zone: 'UTC', open: { mon: '08:00-16:00', tue: '10:00-18:00' } }
    expect(due(definition, '2026-03-02T08:30:00Z', '1 working day')).toBe('2026-03-03T10:00:00+00:00')
  })

  test('a clock time in a break is cut to the close before it', () => {
    const definition = { zone: 'UTC', open: { mon: '08:00-17:00', tue: ['08:00-12:00', '13:00-17:00'] } }
    expect(due(definition, '2026-03-02T12:30:00Z', '1 working day')).toBe('2026-03-03T12:00:00+00:00')
  })

  test('a start in a break moves to its end', () => {
    expect(due(breaks, '2026-03-02T12:30:00Z', '1 working day')).toBe('2026-03-03T13:00:00+00:00')
  })

  test('an opening over midnight belongs to the day on which it began', () => {
    expect(due(nights, '2026-03-03T03:00:00Z', '1 working day')).toBe('2026-03-04T03:00:00+00:00')
    expect(due(nights, '2026-03-06T03:00:00Z', '1 working day')).toBe('2026-03-10T03:00:00+00:00')
  })

  test('around the clock a working day is a date', () => {
    const always = { zone: 'Asia/Kathmandu', open: 'always' as const }
    expect(due(always, '2026-03-07T10:00:00Z', '2 working days')).toBe('2026-03-09T15:45:00+05:45')
  })
})

describe('the clock stops while a case waits', () => {
  const calendar = compileCalendar(breaks)
  const from = Date.parse('2026-03-02T10:00:00Z')
  const pause = (start: string, end?: string): Pause => ({
    from: Date.parse(`2026-03-${start}:00Z`),
    ...(end && { to: Date.parse(`2026-03-${end}:00Z`) }),
  })
  const dueWith = (text: string, pauses: Pause[]) => {
    const at = dueAt(calendar, from, within(text), pauses)
    return at === null ? null : told(at, 'UTC').slice(8, 16)
  }

  test.each<[string, string, Pause[], string | null]>([
    ['what was left is added behind', '2 hours', [pause('02T11:00', '02T15:00')], '02T16:00'],
    ['open time is left as open time', '2 working hours', [pause('02T11:00', '03T09:00')], '03T10:00'],
    ['a pause that ends while it is closed', '3 working hours', [pause('02T11:00', '02T20:00')], '03T10:00'],
    [
      'working days leave the open time up to their end',
      '1 working day',
      [pause('02T16:00', '02T16:30')],
      '03T10:30',
    ],
    ['a day that waits is a day later', '1 working day', [pause('02T11:00', '03T11:00')], '04T10:00'],
    [
      'pauses over each other count once',
      '2 hours',
      [pause('02T11:30', '02T13:00'), pause('02T11:00', '02T12:00')],
      '02T14:00',
    ],
    ['a pause before the start does not matter', '2 hours', [pause('02T08:00', '02T09:00')], '02T12:00'],
    ['of a pause over the start the rest counts', '2 hours', [pause('02T08:00', '02T11:00')], '02T13:00'],
    ['a pause at the due instant comes too late', '2 hours', [pause('02T12:00', '02T13:00')], '02T12:00'],
    ['there is no deadline while a pause lasts', '2 hours', [pause('02T11:00')], null],
    ['a pause without an end can come too late', '2 hours', [pause('02T12:00')], '02T12:00'],
  ])('%s', (_, text, pauses, expected) => {
    expect(dueWith(text, pauses)).toBe(expected)
  })

  test('a pause in the night leaves a deadline at the opening', () => {
    const start = Date.parse('2026-03-06T08:00:00Z')
    const night = [pause('06T20:00', '06T21:00')]
    expect(told(dueAt(calendar, start, within('1 working day')), 'UTC')).toBe('2026-03-09T08:00:00+00:00')
    expect(dueAt(calendar, start, within('1 working day'), night)).toBe(Date.parse('2026-03-09T08:00:00Z'))
  })

  test.each([0, 5])('a deadline that was reached %d ms before a question stays', (late) => {
    const deadline = startDeadline(calendar, from, within('2 hours'))
    const remaining = pauseAt(calendar, deadline, deadline.dueMs + late)
    expect(resumeAt(calendar, remaining, deadline.dueMs + 3_600_000)).toEqual(deadline)
  })

  test('what is left is plain data', () => {
    const deadline = startDeadline(calendar, from, within('4 working hours'))
    const remaining = pauseAt(calendar, deadline, Date.parse('2026-03-02T12:15:00Z'))
    expect(JSON.parse(JSON.stringify(remaining))).toEqual({
      state: 'left',
      counts: 'open',
      leftMs: 7_200_000,
    })
  })
})

describe('a reminder comes after a share of the time', () => {
  test.each([
    ['2 hours', '2026-03-02T11:30:00+00:00'],
    ['4 working hours', '2026-03-02T14:00:00+00:00'],
    ['1 working day', '2026-03-02T17:00:00+00:00'],
  ])('75 %% of %s', (text, expected) => {
    const from = Date.parse('2026-03-02T10:00:00Z')
    expect(told(startReminder(compileCalendar(breaks), from, within(text), 75).dueMs, 'UTC')).toBe(expected)
  })
})

test('a reminder comes on a whole millisecond, rounded down', () => {
  // 17:00:00.001 to the close at 17:30, and Friday from 09:00 to 16:30: 28,799,999 ms, of which half is 14,399,999.5.
  const from = Date.parse('2026-03-05T17:00:00.001Z')
  const { dueMs } = startReminder(compileCalendar(office), from, within('1 working day'), 50)
  expect(told(dueMs, 'UTC')).toBe('2026-03-06T12:30:00+00:00')
})

describe('no answer', () => {
  test('a calendar that opens on a few dates only says so', () => {
    const few = { zone: 'UTC', open: {}, 'extra-open': { '2026-12-19': '10:00-14:00' } }
    expect(due(few, '2026-01-01T00:00:00Z', '2 working hours')).toBe('2026-12-19T12:00:00+00:00')
    expect(() => due(few, '2027-01-01T00:00:00Z', '2 working hours')).toThrow(
      expect.objectContaining({
        code: 'OPEN_TOO_SELDOM',
        message: 'the calendar (UTC) is not open for long enough in the ten years from 2027-01-01',
      }),
    )
    expect(() => due(few, '2026-01-01T00:00:00Z', '1 working day')).toThrow(
      expect.objectContaining({ code: 'OPEN_TOO_SELDOM' }),
    )
  })

  test.each([Number.NaN, 0.5, -1, Number.POSITIVE_INFINITY, Date.UTC(2201, 0, 1)])(
    '%d is no start',
    (from) => {
      expect(() => dueAt(compileCalendar(breaks), from, within('2 hours'))).toThrow(
        expect.objectContaining({ code: 'OUT_OF_RANGE' }),
      )
    },
  )
})
