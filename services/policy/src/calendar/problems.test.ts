import { describe, expect, test } from 'vitest'
import { office } from '../testing/told.ts'
import { calendarProblems, compileCalendar } from './calendar.ts'
import type { CalendarDefinition } from './shape.ts'
import { calendarShape } from './shape.ts'

const sound: CalendarDefinition = { zone: 'Europe/London', open: { 'mon-fri': '09:00-17:30' } }

const shown = (definition: CalendarDefinition) =>
  calendarProblems(definition).map(({ path, inName, message, hint }) => [
    `${path.join('.')}${inName ? ' (name)' : ''}`,
    message,
    hint,
  ])

test.each<CalendarDefinition>([
  office,
  sound,
  { zone: 'UTC', open: 'always' },
  {
    ...sound,
    open: { mon: ['13:00-17:00', '08:00-12:00'], 'tue,thu': '22:00-06:00', 'sat-sun': '00:00-24:00' },
  },
  { ...sound, open: { 'mon-sun': ['22:00-06:00', '06:00-14:00'] } },
  { ...sound, closed: ['02-29', '12-24', '2026-12-24'] },
  { ...sound, 'extra-open': { '02-29': '22:00-06:00' } },
  {
    ...sound,
    open: {},
    'extra-open': { '12-19': '10:00-14:00', '2026-12-19': ['08:00-12:00', '22:00-06:00'] },
  },
])('nothing is wrong with %j', (definition) => {
  expect(calendarShape.parse(definition)).toEqual(definition)
  expect(calendarProblems(definition)).toEqual([])
})

describe('everything that is wrong is told, with what to write', () => {
  test.each<[string, Partial<CalendarDefinition>, string, string, string]>([
    [
      'an unknown zone',
      { zone: 'Europe/Londn' },
      'zone',
      'there is no time zone "Europe/Londn"',
      'did you mean "Europe/London"?',
    ],
    [
      'a zone in small letters',
      { zone: 'europe/london' },
      'zone',
      'there is no time zone "europe/london"',
      'did you mean "Europe/London"?',
    ],
    ['a city', { zone: 'London' }, 'zone', 'there is no time zone "London"', 'did you mean "Europe/London"?'],
    [
      'an offset',
      { zone: '+01:00' },
      'zone',
      'there is no time zone "+01:00"',
      'write the name of a place, such as Europe/London',
    ],
    [
      'an unknown region',
      { holidays: 'GB-EN' },
      'holidays',
      'there are no holidays for "GB-EN"',
      'did you mean "GB-ENG"?',
    ],
    [
      'a region in small letters',
      { holidays: 'gb-eng' },
      'holidays',
      'there are no holidays for "gb-eng"',
      'did you mean "GB-ENG"?',
    ],
    ['UK for GB', { holidays: 'UK' }, 'holidays', 'there are no holidays for "UK"', 'did you mean "GB"?'],
    [
      'no country',
      { holidays: 'XX' },
      'holidays',
      'there are no holidays for "XX"',
      'write a country such as GB or DE, or a part of it such as GB-ENG or DE-BY',
    ],
    [
      'a region that every object has',
      { holidays: 'constructor' },
      'holidays',
      'there are no holidays for "constructor"',
      expect.any(String),
    ],
    [
      'an unreadable day',
      { open: { monday: '09:00-17:30' } },
      'open.monday (name)',
      '"monday" names no days',
      'write mon, mon-thu or mon,wed: the days are mon tue wed thu fri sat sun',
    ],
    [
      'a range of one day',
      { open: { 'mon-mon': '09:00-17:30' } },
      'open.mon-mon (name)',
      '"mon-mon" names no days',
      expect.any(String),
    ],
    [
      'a day that is named twice',
      { open: { 'mon-wed': '09:00-12:00', 'tue,fri': '13:00-17:00' } },
      'open.tue,fri (name)',
      '"tue,fri" names tue again, after "mon-wed"',
      'name each day once; several hours are a list: ["08:00-12:00", "13:00-17:00"]',
    ],
    [
      'a day that is named twice by one key',
      { open: { 'mon,mon': '09:00-12:00' } },
      'open.mon,mon (name)',
      '"mon,mon" names mon again',
      expect.any(String),
    ],
    [
      'loose hours',
      { open: { mon: '9:00 – 17.30' } },
      'open.mon',
      '"9:00 – 17.30" are no hours',
      'write "09:00-17:30"',
    ],
    [
      'hours without minutes',
      { open: { mon: ['9-12', '13:00-17:00'] } },
      'open.mon.0',
      '"9-12" are no hours',
      'write "09:00-12:00"',
    ],
    [
      'hours that no clock shows',
      { open: { mon: '09:00-25:00' } },
      'open.mon',
      '"09:00-25:00" are no hours',
      'write "09:00-17:30", with clock times from 00:00 to 24:00',
    ],
    [
      'hours from midnight at the end',
      { open: { mon: '24:00-06:00' } },
      'open.mon',
      '"24:00-06:00" are no hours',
      expect.any(String),
    ],
    [
      'hours without length',
      { open: { mon: '09:00-09:00' } },
      'open.mon',
      'the hours "09:00-09:00" have no length',
      'write 00:00-24:00 for a whole day; leave the day out when it is closed',
    ],
    [
      'hours that overlap',
      { open: { mon: ['13:00-17:00', '08:00-13:30'] } },
      'open.mon',
      'the hours 08:00-13:30 and 13:00-17:00 overlap',
      'let one end before the next begins',
    ],
    [
      'hours that overlap the next day',
      { open: { 'mon-fri': '22:00-06:00', sat: '05:00-09:00' } },
      'open.mon-fri',
      'the hours 22:00-06:00 run into 05:00-09:00 on sat',
      'let them end before the next hours begin',
    ],
    [
      'over the end of the week',
      { open: { sun: '22:00-06:00', mon: '05:00-09:00' } },
      'open.sun',
      'the hours 22:00-06:00 run into 05:00-09:00 on mon',
      expect.any(String),
    ],
    [
      'a calendar that is never open',
      { open: {} },
      'open',
      'the calendar is never open',
      'write open: { mon-fri: "09:00-17:30" }, or open: always',
    ],
    [
      'an impossible date',
      { closed: ['2026-02-30'] },
      'closed.0',
      'there is no 30 February 2026',
      'February 2026 has 28 days',
    ],
    [
      'a leap day that is none',
      { closed: ['2026-02-29'] },
      'closed.0',
      'there is no 29 February 2026',
      'February 2026 has 28 days',
    ],
    [
      'a day before the month',
      { closed: ['24-12'] },
      'closed.0',
      'there is no month 24',
      'the month comes before the day, such as 2026-12-24',
    ],
    [
      'an unreadable date',
      { closed: ['24.12.2026'] },
      'closed.0',
      '"24.12.2026" is not a date',
      'write 2026-12-24, or 12-24 for every year',
    ],
    [
      'a year far away',
      { closed: ['0026-12-24'] },
      'closed.0',
      'the year 0026 is out of range',
      'write 1970 to 2200',
    ],
    [
      'a date listed twice',
      { closed: ['12-24', '12-24'] },
      'closed.1',
      '"12-24" is listed twice',
      'once is enough',
    ],
    [
      'an impossible extra date',
      { 'extra-open': { '2026-02-30': '10:00-14:00' } },
      'extra-open.2026-02-30 (name)',
      'there is no 30 February 2026',
      'February 2026 has 28 days',
    ],
    [
      'extra hours that overlap',
      { 'extra-open': { '2026-12-19': ['10:00-14:00', '13:00-15:00'] } },
      'extra-open.2026-12-19',
      'the hours 10:00-14:00 and 13:00-15:00 overlap',
      expect.any(String),
    ],
    [
      'extra hours that run into the next day',
      { 'extra-open': { '2026-12-20': '22:00-09:30' } },
      'extra-open.2026-12-20',
      'the hours 22:00-09:30 run into 09:00-17:30 on 2026-12-21',
      expect.any(String),
    ],
    [
      'extra hours into which the day before runs',
      { open: { fri: '22:00-09:30' }, 'extra-open': { '2026-12-19': '09:00-12:00' } },
      'extra-open.2026-12-19',
      'the hours 22:00-09:30 run into 09:00-12:00 on 2026-12-19',
      expect.any(String),
    ],
    [
      'extra hours that overlap in some years',
      { 'extra-open': { '12-20': '22:00-09:30' } },
      'extra-open.12-20',
      'the hours 22:00-09:30 run into 09:00-17:30 on 2000-12-21',
      expect.any(String),
    ],
  ])('%s', (_, change, path, message, hint) => {
    expect(shown({ ...sound, ...change })).toEqual([[path, message, hint]])
  })

  test('all at once', () => {
    const problems = shown({
      zone: 'Mars',
      open: { mo: '9-5', tue: '09:00-17:00' },
      closed: ['24-12', '02-30'],
    })
    expect(problems.map(([path]) => path)).toEqual([
      'zone',
      'open.mo',
      'open.mo (name)',
      'closed.0',
      'closed.1',
    ])
  })
})

test('a definition with problems is not compiled', () => {
  expect(() => compileCalendar({ ...sound, zone: 'Mars', closed: ['24-12'] })).toThrow(
    expect.objectContaining({
      code: 'UNSOUND_CALENDAR',
      message: 'there is no time zone "Mars"; there is no month 24',
    }),
  )
})

describe('the shape takes no', () => {
  test.each([
    ['other fields', { ...sound, hours: '09:00-17:00' }, 'Unrecognized key: "hours"'],
    ['other words for open', { ...sound, open: 'never' }, /^is neither "always" nor hours by days/],
    ['numbers', { ...sound, open: { mon: 9 } }, /^is neither "always" nor hours by days/],
    ['empty lists', { ...sound, 'extra-open': { '12-19': [] } }, 'is empty'],
  ])('%s', (_, value, message) => {
    const [issue] = calendarShape.safeParse(value).error?.issues ?? []
    expect(issue?.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  })
})
