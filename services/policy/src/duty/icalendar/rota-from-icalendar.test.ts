import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { calendar, errorsOf, event, shiftsOf, spring } from '../../testing/sample-calendar.ts'
import { onDutyAt, rosterWith } from '../../testing/sample-roster.ts'
import { compileRoster } from '../compile-roster.ts'
import { rotaFromICalendar } from './rota-from-icalendar.ts'

const autumn = { ...spring, fromMs: Date.parse('2026-10-01'), toMs: Date.parse('2026-12-01') }

/** An event of one hour from nine o'clock, with its other lines. */
const nineOClock = (...lines: string[]) =>
  event(
    'UID:nine',
    'SUMMARY:Sam Okafor',
    'DTSTART;TZID=Europe/London:20260323T090000',
    'DTEND;TZID=Europe/London:20260323T100000',
    ...lines,
  )

describe('an event', () => {
  test('is a shift of the person in its title', () => {
    expect(shiftsOf(calendar(nineOClock()))).toEqual(['sam 03-23T09:00 03-23T10:00'])
  })

  test('is a rota in a roster', () => {
    const read = rotaFromICalendar(calendar(nineOClock()), spring)
    if ('errors' in read) throw new Error('There are errors.')
    const roster = compileRoster({ ...rosterWith(), rotas: [read.rota] })
    const at = ['2026-03-23T08:59Z', '2026-03-23T09:00Z', '2026-03-23T09:59Z', '2026-03-23T10:00Z']
    expect(at.map((instant) => onDutyAt(roster, instant))).toEqual([[], ['sam'], ['sam'], []])
  })

  test.each([
    [
      'with an offset from UTC of its zone',
      'DTSTART;TZID=America/New_York:20260323T050000',
      'DTEND;TZID=America/New_York:20260323T060000',
    ],
    ['in UTC', 'DTSTART:20260323T090000Z', 'DTEND:20260323T100000Z'],
    ['without a zone, in that of the rota', 'DTSTART:20260323T090000', 'DTEND:20260323T100000'],
    [
      'in a zone of Outlook',
      'DTSTART;TZID=GMT Standard Time:20260323T090000',
      'DTEND;TZID=GMT Standard Time:20260323T100000',
    ],
    ['in a quoted zone', 'DTSTART;TZID="Europe/London":20260323T090000', 'DURATION:PT1H'],
    [
      'that begins and ends in different zones',
      'DTSTART;TZID=Europe/London:20260323T090000',
      'DTEND;TZID=Europe/Berlin:20260323T110000',
    ],
  ])('%s', (_, ...lines) => {
    expect(shiftsOf(calendar(event('UID:1', 'SUMMARY:Sam Okafor', ...lines)))).toEqual([
      'sam 03-23T09:00 03-23T10:00',
    ])
  })

  test.each([
    ['a day without an end', ['DTSTART;VALUE=DATE:20260329'], 'sam 03-29T00:00 03-29T23:00'],
    [
      'days up to its end',
      ['DTSTART;VALUE=DATE:20260327', 'DTEND;VALUE=DATE:20260330'],
      'sam 03-27T00:00 03-29T23:00',
    ],
    ['days on the wall', ['DTSTART:20260328T090000', 'DURATION:P1D'], 'sam 03-28T09:00 03-29T08:00'],
    ['elapsed hours', ['DTSTART:20260328T090000', 'DURATION:PT24H'], 'sam 03-28T09:00 03-29T09:00'],
    ['weeks', ['DTSTART:20260323T090000', 'DURATION:P1W'], 'sam 03-23T09:00 03-30T08:00'],
  ])('lasts %s', (_, lines, shift) => {
    expect(shiftsOf(calendar(event('UID:1', 'SUMMARY:Sam Okafor', ...lines)))).toEqual([shift])
  })

  test('is taken whole when it crosses an end of the span, and not at all outside', () => {
    const days = (uid: string, from: string, to: string) =>
      event(`UID:${uid}`, 'SUMMARY:sam', `DTSTART;VALUE=DATE:${from}`, `DTEND;VALUE=DATE:${to}`)
    const text = calendar(
      days('before', '20260201', '20260301'),
      days('across', '20260228', '20260303'),
      days('after', '20260502', '20260503'),
    )
    expect(shiftsOf(text)).toEqual(['sam 02-28T00:00 03-03T00:00'])
  })

  test('outside the span needs to name nobody', () => {
    const text = calendar(nineOClock(), event('UID:1', 'SUMMARY:Party', 'DTSTART;VALUE=DATE:20251231'))
    expect(shiftsOf(text)).toHaveLength(1)
  })

  test('that is cancelled is none', () => {
    expect(errorsOf(calendar(nineOClock('STATUS:CANCELLED')))).toEqual([
      '1: no event of the calendar lies between 2026-03-01 and 2026-05-01',
    ])
  })

  test('counts in its latest version, and once if it is there twice', () => {
    const moved = nineOClock('SEQUENCE:2').replaceAll('20260323', '20260324')
    expect(shiftsOf(calendar(moved, nineOClock('SEQUENCE:1')))).toEqual(['sam 03-24T09:00 03-24T10:00'])
    expect(shiftsOf(calendar(nineOClock(), nineOClock().replace('UID:nine', 'UID:copy')))).toHaveLength(1)
  })

  test('may be folded, escaped, and have alarms', () => {
    const text = calendar(
      nineOClock('BEGIN:VALARM', 'SUMMARY:Suzy Lau', 'END:VALARM').replace(
        'Sam Okafor',
        'Cover\\, by Sam\r\n  Okafor\\nAll day',
      ),
    )
    expect(shiftsOf(text)).toEqual(['sam 03-23T09:00 03-23T10:00'])
    expect(shiftsOf(text.replaceAll('\r\n', '\n'))).toHaveLength(1)
  })
})

describe('who is named', () => {
  const named = (...lines: string[]) =>
    shiftsOf(calendar(event('UID:1', 'DTSTART:20260323T090000', 'DURATION:PT1H', ...lines)))[0]?.split(' ')[0]

  test.each([
    ['the name in the title', ['SUMMARY:On call: SAM OKAFOR (primary)'], 'sam'],
    ['the address in the title', ['SUMMARY:suzy@harbour-gifts.example'], 'suzy'],
    ['the subject in the title', ['SUMMARY:support sid'], 'sid'],
    [
      'who is invited by address',
      ['SUMMARY:On call', 'ATTENDEE;CN="Lau; Suzy":mailto:Suzy@harbour-gifts.example'],
      'suzy',
    ],
    ['who is invited by name', ['SUMMARY:On call', 'ATTENDEE;CN=Suzy Lau:invalid:nomail'], 'suzy'],
    [
      'who is invited, not whom the title mentions',
      ['SUMMARY:For sam', 'ATTENDEE:mailto:sid@harbour-gifts.example'],
      'sid',
    ],
    [
      'the one of several invited whom the title names',
      [
        'SUMMARY:Sid',
        'ATTENDEE:mailto:sam@harbour-gifts.example',
        'ATTENDEE:mailto:sid@harbour-gifts.example',
      ],
      'sid',
    ],
    ['a whole name before a subject that is part of it', ['SUMMARY:Sid Novak, not sam'], 'sid'],
  ])('is %s', (_, lines, subject) => {
    expect(named(...lines)).toBe(subject)
  })
})

describe('a series', () => {
  const weekly = (...lines: string[]) =>
    event(
      'UID:week',
      'SUMMARY:Sam Okafor',
      'DTSTART;TZID=Europe/London:20260316T090000',
      'DTEND;TZID=Europe/London:20260323T090000',
      ...lines,
    )

  test('keeps the wall time of its beginnings and of its ends when the clocks change', () => {
    expect(shiftsOf(calendar(weekly('RRULE:FREQ=WEEKLY;COUNT=3')))).toEqual([
      'sam 03-16T09:00 03-23T09:00',
      'sam 03-23T09:00 03-30T08:00',
      'sam 03-30T08:00 04-06T08:00',
    ])
    const october = weekly('RRULE:FREQ=WEEKLY;COUNT=2').replaceAll('202603', '202610')
    expect(shiftsOf(calendar(october), autumn)).toEqual([
      'sam 10-16T08:00 10-23T08:00',
      'sam 10-23T08:00 10-30T09:00',
    ])
  })

  test('begins at the end of a spring gap, and in the first of two repeated hours', () => {
    const night = event(
      'UID:n',
      'SUMMARY:sam',
      'DTSTART:20260328T013000',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=3',
    )
    expect(shiftsOf(calendar(night))).toEqual([
      'sam 03-28T01:30 03-28T02:30',
      'sam 03-29T01:00 03-29T02:00',
      'sam 03-30T00:30 03-30T01:30',
    ])
    expect(shiftsOf(calendar(night.replace('20260328', '20261024')), autumn)).toEqual([
      'sam 10-24T00:30 10-24T01:30',
      'sam 10-25T00:30 10-25T01:30',
      'sam 10-26T01:30 10-26T02:30',
    ])
  })

  test.each([
    ['an instant', 'RRULE:FREQ=WEEKLY;UNTIL=20260330T080000Z', 3],
    ['the instant before', 'RRULE:FREQ=WEEKLY;UNTIL=20260330T075959Z', 2],
    ['a day', 'RRULE:FREQ=WEEKLY;UNTIL=20260330', 3],
    ['a time on the wall', 'RRULE:FREQ=WEEKLY;UNTIL=20260330T090000', 3],
  ])('ends with %s', (_, rule, count) => {
    expect(shiftsOf(calendar(weekly(rule)))).toHaveLength(count)
  })

  test('of days ends with its last day', () => {
    const days = event(
      'UID:d',
      'SUMMARY:sam',
      'DTSTART;VALUE=DATE:20260328',
      'RRULE:FREQ=DAILY;UNTIL=20260330T000000Z',
    )
    expect(shiftsOf(calendar(days))).toEqual([
      'sam 03-28T00:00 03-29T00:00',
      'sam 03-29T00:00 03-29T23:00',
      'sam 03-29T23:00 03-30T23:00',
    ])
  })

  test.each([
    ['in its zone', 'EXDATE;TZID=Europe/London:20260330T090000'],
    ['in UTC', 'EXDATE:20260330T080000Z'],
    ['in another zone', 'EXDATE;TZID=Europe/Berlin:20260330T100000,20270101T000000'],
    ['without a zone', 'EXDATE:20260330T090000'],
    ['by its day', 'EXDATE;VALUE=DATE:20260330'],
  ])('leaves out an occurrence that is named %s', (_, except) => {
    expect(shiftsOf(calendar(weekly('RRULE:FREQ=WEEKLY;COUNT=3', except)))).toEqual([
      'sam 03-16T09:00 03-23T09:00',
      'sam 03-23T09:00 03-30T08:00',
    ])
  })

  test('leaves out an occurrence in the repeated hour', () => {
    const night = event(
      'UID:n',
      'SUMMARY:sam',
      'DTSTART:20261024T013000',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=3',
      'EXDATE:20261025T013000',
    )
    expect(shiftsOf(calendar(night), autumn)).toEqual([
      'sam 10-24T00:30 10-24T01:30',
      'sam 10-26T01:30 10-26T02:30',
    ])
  })

  test('has additional dates', () => {
    expect(shiftsOf(calendar(nineOClock('RDATE;TZID=Europe/London:20260401T090000')))).toEqual([
      'sam 03-23T09:00 03-23T10:00',
      'sam 04-01T08:00 04-01T09:00',
    ])
  })

  const change = (...lines: string[]) =>
    event('UID:week', 'RECURRENCE-ID;TZID=Europe/London:20260330T090000', ...lines)
  const inApril = ['DTSTART;TZID=Europe/London:20260401T120000', 'DTEND;TZID=Europe/London:20260406T090000']

  test('may give an occurrence to somebody else at another time, wherever that stands in the file', () => {
    const changed = change('SUMMARY:Suzy Lau', ...inApril)
    for (const events of [
      [weekly('RRULE:FREQ=WEEKLY;COUNT=3'), changed],
      [changed, weekly('RRULE:FREQ=WEEKLY;COUNT=3')],
    ])
      expect(shiftsOf(calendar(...events))).toEqual([
        'sam 03-16T09:00 03-23T09:00',
        'sam 03-23T09:00 03-30T08:00',
        'suzy 04-01T11:00 04-06T08:00',
      ])
  })

  test('keeps its title in an occurrence that only moves, and loses one that is cancelled', () => {
    const base = weekly('RRULE:FREQ=WEEKLY;COUNT=3')
    expect(shiftsOf(calendar(base, change(...inApril))).at(-1)).toBe('sam 04-01T11:00 04-06T08:00')
    expect(shiftsOf(calendar(base, change(...inApril, 'STATUS:CANCELLED')))).toHaveLength(2)
  })

  test('may move an occurrence into the span from beyond it', () => {
    const moved = event('UID:week', 'RECURRENCE-ID;TZID=Europe/London:20270104T090000', ...inApril)
    expect(shiftsOf(calendar(weekly('RRULE:FREQ=WEEKLY;INTERVAL=6'), moved))).toContain(
      'sam 04-01T11:00 04-06T08:00',
    )
  })

  test('has an occurrence in its latest version', () => {
    const late = change('SUMMARY:Suzy Lau', 'SEQUENCE:2', ...inApril)
    const early = change('SUMMARY:Sid Novak', 'SEQUENCE:1', ...inApril)
    expect(shiftsOf(calendar(weekly('RRULE:FREQ=WEEKLY;COUNT=3'), late, early)).at(-1)).toMatch(/^suzy/)
  })

  test('of the last day of months stays there', () => {
    const monthly = event('UID:m', 'SUMMARY:sam', 'DTSTART;VALUE=DATE:20250131', 'RRULE:FREQ=MONTHLY')
    expect(shiftsOf(calendar(monthly), { ...spring, toMs: Date.parse('2026-08-01') })).toEqual([
      'sam 03-30T23:00 03-31T23:00',
      'sam 05-30T23:00 05-31T23:00',
      'sam 07-30T23:00 07-31T23:00',
    ])
  })

  test('of the 29th of February is of leap years', () => {
    const yearly = event('UID:y', 'SUMMARY:sam', 'DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY')
    const leap = { ...spring, fromMs: Date.parse('2027-01-01'), toMs: Date.parse('2028-12-31') }
    expect(shiftsOf(calendar(yearly), leap)).toEqual(['sam 02-29T00:00 03-01T00:00'])
  })

  test('gives what counting days on the wall gives, in three zones and many years', () => {
    const rules = fc.record({
      zone: fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Lord_Howe'),
      hour: fc.integer({ min: 0, max: 23 }),
      interval: fc.integer({ min: 1, max: 5 }),
      frequency: fc.constantFrom(['DAILY', 1] as const, ['WEEKLY', 7] as const),
      year: fc.integer({ min: 2024, max: 2029 }),
    })
    fc.assert(
      fc.property(rules, ({ zone, hour, interval, frequency: [name, days], year }) => {
        const series = event(
          'UID:s',
          'SUMMARY:sam',
          `DTSTART;TZID=${zone}:20240115T${String(hour).padStart(2, '0')}3000`,
          'DURATION:P1D',
          `RRULE:FREQ=${name};INTERVAL=${interval}`,
        )
        const span = { fromMs: Date.UTC(year, 2, 1), toMs: Date.UTC(year, 3, 30) }
        const read = rotaFromICalendar(calendar(series), { ...spring, ...span })
        const found = 'rota' in read ? read.rota.shifts.map(({ from }) => 'atMs' in from && from.atMs) : []
        expect(found).toEqual(byCounting(zone, hour, interval * days, span))
      }),
      { numRuns: 40 },
    )
  })

  /** Starts of shifts of a day that touch a span. */
  function byCounting(
    zone: string,
    hour: number,
    days: number,
    span: { fromMs: number; toMs: number },
  ): number[] {
    const first = Temporal.PlainDateTime.from('2024-01-15T00:30').add({ hours: hour })
    const daysBefore = Math.floor((span.fromMs - Date.UTC(2024, 0, 15)) / 86_400_000) - 3
    const starts: number[] = []
    for (let turn = Math.max(0, Math.floor(daysBefore / days)); ; turn++) {
      const wall = first.add({ days: turn * days })
      const start = firstInstant(wall, zone)
      if (start >= span.toMs) return starts
      if (firstInstant(wall.add({ days: 1 }), zone) > span.fromMs) starts.push(start)
    }
  }

  function firstInstant(wall: Temporal.PlainDateTime, zone: string): number {
    const found = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
    const isThere = found.toPlainDateTime().equals(wall)
    return (isThere ? found : found.getTimeZoneTransition('next'))?.epochMilliseconds ?? Number.NaN
  }
})

describe('an error names its event', () => {
  const at = (...lines: string[]) => errorsOf(calendar(event('UID:1', 'SUMMARY:Sam Okafor', ...lines)))[0]
  const start = 'DTSTART:20260323T090000'

  test('that is nobody’s', () => {
    const [error] = errorsOf(calendar(event('UID:1', 'SUMMARY:On call', start, 'DURATION:PT1H')))
    expect(error).toBe('3: the event "On call" of 2026-03-23: it names nobody of the roster')
  })

  test.each([
    [
      'several people',
      [
        'ATTENDEE:mailto:sid@harbour-gifts.example',
        'ATTENDEE:mailto:suzy@harbour-gifts.example',
        start,
        'DURATION:PT1H',
      ],
      'it names Suzy Lau and Sid Novak',
    ],
    [
      'somebody without the role',
      ['ATTENDEE:mailto:fiona@harbour-gifts.example', start, 'DURATION:PT1H'],
      'Fiona Walsh does not have the role support',
    ],
    ['no start', ['DURATION:PT1H'], 'it has no start'],
    ['no end', [start], 'it has no end'],
    ['an end before its start', [start, 'DTEND:20260323T080000'], 'it ends before it lasts any time'],
    ['years', [start, 'DURATION:P100W'], 'it lasts longer than a year'],
    ['a day that is none', ['DTSTART:20260230T090000', 'DURATION:PT1H'], 'there is no 30 February 2026'],
    ['an hour that is none', ['DTSTART:20260301T240000', 'DURATION:PT1H'], 'there is no 24:00'],
    ['a day that is none in its end', [start, 'DTEND:20260431T090000'], 'there is no 31 April 2026'],
    [
      'a day that is none as exception',
      [start, 'DURATION:PT1H', 'EXDATE:20260230T090000'],
      'there is no 30 February 2026',
    ],
    ['a time of another form', ['DTSTART:2026-03-23', 'DURATION:PT1H'], '2026-03-23 is not a time'],
    ['a duration of another form', [start, 'DURATION:1 hour'], '1 hour is not a duration'],
    [
      'an unknown zone',
      ['DTSTART;TZID=Mars/City:20260323T090000', 'DURATION:PT1H'],
      'there is no time zone "Mars/City"',
    ],
    [
      'a zone of its own',
      ['DTSTART;TZID=Customized Time Zone:20260323T090000', 'DURATION:PT1H'],
      'there is no time zone "Customized Time Zone"',
    ],
    ['an unreadable exception', [start, 'DURATION:PT1H', 'EXDATE:tomorrow'], 'tomorrow is not a time'],
    [
      'a period as additional date',
      [start, 'DURATION:PT1H', 'RDATE;VALUE=PERIOD:20260323T090000Z/PT1H'],
      '20260323T090000Z/PT1H is not a time',
    ],
    ['hours between occurrences', [start, 'DURATION:PT1H', 'RRULE:FREQ=HOURLY'], 'it recurs hourly'],
    ['no frequency', [start, 'DURATION:PT1H', 'RRULE:INTERVAL=2'], 'it recurs without a frequency'],
    [
      'an unreadable rule',
      [start, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;BYDAY=XX'],
      'its recurrence says BYDAY=XX, which cannot be read',
    ],
    [
      'an unreadable end of its series',
      [start, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=ever'],
      'its recurrence says UNTIL=EVER, which cannot be read',
    ],
    [
      'two rules',
      [start, 'DURATION:PT1H', 'RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY'],
      'it has one RRULE too many',
    ],
    ['an exception by rule', [start, 'DURATION:PT1H', 'EXRULE:FREQ=DAILY'], 'it has one EXRULE too many'],
    [
      'a change of all that follow',
      [start, 'DURATION:PT1H', 'RECURRENCE-ID;RANGE=THISANDFUTURE:20260323T090000'],
      'it changes all occurrences from one on (RANGE)',
    ],
  ])('%s', (_, lines, problem) => {
    expect(at(...lines)).toMatch(/^\d+: the event "Sam Okafor" of (2026-0[23]-\d\d|an unknown day): /)
    expect(
      at(...lines)
        ?.split(': ')
        .slice(2)
        .join(': '),
    ).toBe(problem)
  })

  test('with the line on which it stands, and all errors at once', () => {
    const text = calendar(
      event('UID:1', 'SUMMARY:Sam Okafor', 'DTSTART:20260230T090000', 'DURATION:PT1H'),
      event('UID:2', 'SUMMARY:Suzi Lau', start, 'DURATION:PT1H', 'EXDATE:x', 'RDATE:y'),
      event('UID:3', 'SUMMARY:Suzi Lau', start, 'DURATION:PT1H'),
    )
    expect(errorsOf(text).map((error) => error.split(':')[0])).toEqual(['6', '14', '15', '17'])
    const read = rotaFromICalendar(text, spring)
    expect('errors' in read && read.errors.at(-1)?.hint).toBe('did you mean "Suzy Lau"?')
  })

  test('but for what is no calendar, too large, or for an unknown zone', () => {
    expect(errorsOf('hello')).toEqual(['1: no event of the calendar lies between 2026-03-01 and 2026-05-01'])
    expect(errorsOf('x'.repeat(5_000_001))).toEqual(['1: the calendar has 5000001 characters'])
    expect(errorsOf('', { ...spring, zone: 'Mars' })).toEqual(['1: there is no time zone "Mars"'])
  })
})
