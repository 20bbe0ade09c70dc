import { describe, expect, test } from 'vitest'
import { calendar, errorsOf, event, shiftsOf, spring } from '../../testing/sample-calendar.ts'
import { type ICalendarOptions, rotaFromICalendar } from './rota-from-icalendar.ts'

describe('what people have said', () => {
  const [sam, suzy, sid] = ['sam', 'suzy', 'sid'].map((name) => `mailto:${name}@harbour-gifts.example`)
  const invitation = (title: string, ...lines: string[]) =>
    calendar(event('UID:1', `SUMMARY:${title}`, 'DTSTART:20260323T090000', 'DURATION:PT1H', ...lines))
  const taken = (text: string, options: Partial<ICalendarOptions> = {}) =>
    shiftsOf(text, { ...spring, ...options }).map((shift) => shift.split(' ')[0])
  const refused = (text: string, options: Partial<ICalendarOptions> = {}) =>
    errorsOf(text, { ...spring, ...options }).map((error) => error.split(': ').slice(2).join(': '))

  test.each([
    [
      'who has accepted, not who has declined',
      [`ATTENDEE;PARTSTAT=DECLINED:${sam}`, `ATTENDEE;PARTSTAT=ACCEPTED:${suzy}`],
      'suzy',
    ],
    ['who has not answered', [`ATTENDEE;PARTSTAT=NEEDS-ACTION:${sam}`], 'sam'],
    [
      'who has not answered, not who has declined',
      [`ATTENDEE:${sid}`, `ATTENDEE;PARTSTAT=declined:${sam}`],
      'sid',
    ],
    [
      'to whom the shift was passed on',
      [
        `ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="${suzy}":${sam}`,
        `ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="${sam}":${suzy}`,
      ],
      'suzy',
    ],
    [
      'to whom it was passed on, without an own line',
      [`ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="${suzy}":${sam}`],
      'suzy',
    ],
    [
      'to whom it was passed on, and then on again',
      [
        `ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="${suzy}":${sam}`,
        `ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-FROM="${sam}";DELEGATED-TO="mailto:x@y.example","${sid}":${suzy}`,
      ],
      'sid',
    ],
    ['not who is only told of it', [`ATTENDEE;ROLE=NON-PARTICIPANT:${sam}`, `ATTENDEE:${suzy}`], 'suzy'],
  ])('counts: on duty is %s', (_, lines, subject) => {
    expect(taken(invitation('Support duty', ...lines))).toEqual([subject])
  })

  test('leaves a shift without anybody when who is invited has declined, whatever its title says', () => {
    const declined = `ATTENDEE;CN=Sam Okafor;PARTSTAT=DECLINED:${sam}`
    const nobody = 'nobody has taken the shift: Sam Okafor has declined'
    expect(refused(invitation('Support duty', declined))).toEqual([nobody])
    expect(refused(invitation('Sam Okafor', declined))).toEqual([nobody])
    expect(taken(invitation('Suzy Lau for Sam', declined))).toEqual(['suzy'])
  })

  test('tells all who have not taken it', () => {
    const lines = [
      `ATTENDEE;PARTSTAT=DECLINED:${sam}`,
      `ATTENDEE;PARTSTAT=DECLINED:${suzy}`,
      `ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:else@where.example":${sid}`,
    ]
    expect(refused(invitation('Support duty', ...lines))).toEqual([
      'nobody has taken the shift: Sam Okafor and Suzy Lau have declined, Sid Novak has passed it on to nobody of the roster',
    ])
  })

  test('is no answer while it is perhaps, unless it is said what that counts for', () => {
    const text = invitation('Support duty', `ATTENDEE;PARTSTAT=TENTATIVE:${sam}`)
    expect(refused(text)).toEqual(['Sam Okafor has only said perhaps'])
    expect(taken(text, { tentative: 'take' })).toEqual(['sam'])
    expect(refused(text, { tentative: 'leave' })).toEqual([
      'nobody has taken the shift: Sam Okafor has only said perhaps',
    ])
    const both = invitation(
      'Duty',
      `ATTENDEE;PARTSTAT=TENTATIVE:${sam}`,
      `ATTENDEE;PARTSTAT=ACCEPTED:${suzy}`,
    )
    expect(taken(both, { tentative: 'leave' })).toEqual(['suzy'])
    expect(refused(both, { tentative: 'take' })).toEqual(['it names Sam Okafor and Suzy Lau'])
  })

  test('of an event that is tentative itself is told, taken or left out', () => {
    const text = invitation('Sam Okafor', 'STATUS:TENTATIVE')
    expect(refused(text)).toEqual(['it is only tentative'])
    expect(taken(text, { tentative: 'take' })).toEqual(['sam'])
    expect(errorsOf(text, { ...spring, tentative: 'leave' })).toEqual([
      '1: no event of the calendar lies between 2026-03-01 and 2026-05-01',
    ])
  })

  test('of one occurrence counts for that one only', () => {
    const week = ['DTSTART:20260316T090000Z', 'DTEND:20260323T090000Z']
    const series = event('UID:d', 'SUMMARY:Duty', ...week, 'RRULE:FREQ=WEEKLY;COUNT=3', `ATTENDEE:${sam}`)
    const second = [
      'UID:d',
      'RECURRENCE-ID:20260323T090000Z',
      'DTSTART:20260323T090000Z',
      'DTEND:20260330T090000Z',
    ]
    const declined = event(...second, `ATTENDEE;PARTSTAT=DECLINED:${sam}`)
    expect(errorsOf(calendar(series, declined))).toEqual([
      '11: the event "without a title" of 2026-03-23: nobody has taken the shift: Sam Okafor has declined',
    ])
    const passedOn = event(...second, `ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="${suzy}":${sam}`)
    expect(taken(calendar(series, passedOn))).toEqual(['sam', 'suzy', 'sam'])
    expect(taken(calendar(series, event(...second, 'STATUS:CANCELLED')))).toEqual(['sam', 'sam'])
  })
})

describe('times without a zone', () => {
  const floating = event('UID:1', 'SUMMARY:sam', 'DTSTART:20260323T090000', 'DURATION:PT1H')
  const inCalendar = (...lines: string[]) => calendar(...lines, floating)
  const { zone: _, ...noZone } = spring
  const rotaOf = (text: string, options: ICalendarOptions = noZone) => {
    const read = rotaFromICalendar(text, options)
    return 'rota' in read ? [read.rota.zone, ...shiftsOf(text, options)] : errorsOf(text, options)
  }

  test.each([
    [
      'the calendar names',
      'X-WR-TIMEZONE:America/New_York',
      ['America/New_York', 'sam 03-23T13:00 03-23T14:00'],
    ],
    [
      'the calendar names as Outlook does',
      'X-WR-TIMEZONE:Eastern Standard Time',
      ['UTC', 'sam 03-23T13:00 03-23T14:00'],
    ],
    ['is UTC, where the calendar names none', 'X-WR-CALNAME:Duty', ['UTC', 'sam 03-23T09:00 03-23T10:00']],
  ])('are in that which %s', (_, line, rota) => {
    expect(rotaOf(inCalendar(line))).toEqual(rota)
    expect(rotaOf(calendar(floating, line))).toEqual(rota)
  })

  test('are in the zone that was asked for, whatever the calendar names', () => {
    expect(rotaOf(inCalendar('X-WR-TIMEZONE:America/New_York'), spring)).toEqual([
      'Europe/London',
      'sam 03-23T09:00 03-23T10:00',
    ])
  })

  test('are refused where the calendar names a zone that there is not', () => {
    expect(rotaOf(inCalendar('X-WR-TIMEZONE:Mars/City'))).toEqual([
      '3: the calendar: there is no time zone "Mars/City"',
    ])
    expect(rotaOf(inCalendar('X-WR-TIMEZONE:Mars/City'), spring)).toHaveLength(2)
  })

  test('have no leap second: it is the one before', () => {
    expect(shiftsOf(calendar(floating.replace('T090000', 'T085960')))).toEqual([
      'sam 03-23T08:59 03-23T09:59',
    ])
  })
})
