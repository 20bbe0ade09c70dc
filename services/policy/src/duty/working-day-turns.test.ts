import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { onDutyAt, readRoster, rosterText, turnRoster } from '../testing/sample-roster.ts'
import { dateOf, dayMs, weekdayOf } from '../time/dates.ts'
import { compileRoster } from './compile-roster.ts'
import { parseRoster } from './parse-roster.ts'

const people = ['ann', 'bob', 'cy']
const open = (hours: { open: number; close: number }[], ...closed: number[]) =>
  [0, 1, 2, 3, 4, 5, 6].map((day) => (closed.includes(day) ? [] : hours))
const office = open([{ open: 540, close: 1_140 }], 5, 6)

describe('turns of working days', () => {
  test('go on behind the weekend where they were before it', () => {
    const roster = turnRoster({
      people,
      starts: '2026-06-01',
      turn: { count: 1, unit: 'working day' },
      week: office,
    })
    const noons = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((day) => `2026-06-0${day}T12:00+01:00`)
    expect(noons.map((at) => onDutyAt(roster, at).join())).toEqual([
      ...['ann', 'bob', 'cy', 'ann', 'bob'],
      ...['', '', 'cy', 'ann'],
    ])
  })

  test('begin with the first open day from their start on', () => {
    const roster = turnRoster({
      people,
      starts: '2026-06-06',
      turn: { count: 2, unit: 'working day' },
      week: office,
    })
    const noons = ['05', '08', '09', '10', '11', '12', '15'].map((day) => `2026-06-${day}T12:00+01:00`)
    expect(noons.map((at) => onDutyAt(roster, at).join())).toEqual([
      '',
      'ann',
      'ann',
      'bob',
      'bob',
      'cy',
      'cy',
    ])
  })

  test('are handed over at their time, also behind the hours of the day', () => {
    const roster = turnRoster({
      people,
      handOver: 1_080,
      starts: '2026-06-01',
      turn: { count: 1, unit: 'working day' },
      week: office,
    })
    const at = ['01T17:59', '01T18:01', '02T12:00', '02T18:00', '05T18:30', '08T12:00', '08T18:00']
    expect(at.map((one) => onDutyAt(roster, `2026-06-${one}+01:00`).join())).toEqual([
      ...['', 'ann', 'ann', 'bob', 'bob', 'bob', 'cy'],
    ])
  })

  test('give each open day to who follows the one of the open day before', () => {
    const days = fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 })
    const question = fc.record({
      days,
      count: fc.integer({ min: 1, max: 4 }),
      handOver: fc.constantFrom(0, 90, 540),
      zone: fc.constantFrom('Europe/London', 'America/Santiago', 'Asia/Beirut', 'Pacific/Chatham'),
      starts: fc.integer({ min: 20_454, max: 20_820 }),
    })
    fc.assert(
      fc.property(question, ({ days, count, handOver, zone, starts }) => {
        const week = open([{ open: handOver, close: 1_440 }]).map((hours, day) =>
          days.includes(day) ? hours : [],
        )
        const turn = { count, unit: 'working day' } as const
        const roster = turnRoster({ people, zone, starts: dateOf(starts), handOver, turn, week })
        const opened = Array.from({ length: 60 }, (_, day) => starts + day).filter((day) =>
          days.includes(weekdayOf(day)),
        )
        for (const [index, day] of opened.entries()) {
          const noon = new Date(day * dayMs).toISOString().slice(0, 11)
          expect(onDutyAt(roster, noonIn(zone, `${noon}12:00`))).toEqual([
            people[Math.floor(index / count) % 3],
          ])
        }
      }),
    )
  })

  test('need hours', () => {
    const text = rosterText.replace('turn: 1 week', 'turn: 1 working day')
    expect(parseRoster(text)).toMatchObject({
      errors: [
        {
          line: 11,
          column: 11,
          message: 'the rota "support" has no hours that would say what its working days are',
        },
      ],
    })
    expect(parseRoster(`${text}    hours: { mon-fri: "09:00-17:00" }\n`)).toHaveProperty('roster')
  })
})

describe('turns that are lost', () => {
  const warningsOf = (turn: string, hours: string) => {
    const read = parseRoster(`${rosterText.replace('1 week', turn)}    hours: { ${hours} }\n`)
    return 'warnings' in read
      ? read.warnings.map(({ line, message, hint }) => [line, message, hint])
      : read.errors
  }

  test.each([
    [
      '1 day',
      'mon-fri: "09:00-17:00"',
      12,
      42,
      'write turn: 1 working day, which counts only days with hours',
    ],
    [
      '2 days',
      'mon-thu: "09:00-17:00"',
      6,
      21,
      'write turn: 2 working days, which counts only days with hours',
    ],
    [
      '12 hours',
      'mon-sun: "09:00-17:00"',
      42,
      84,
      'let each turn have hours: make turns longer, or the hours',
    ],
  ])('of %s with hours %s are warned of', (turn, hours, lost, all, hint) => {
    const message = `of ${all} turns in six weeks, ${lost} fall outside the hours of the rota and are lost`
    expect(warningsOf(turn, hours)).toEqual([[11, message, hint]])
  })

  test.each([
    ['1 working day', 'mon-fri: "09:00-17:00"'],
    ['1 week', 'mon: "09:00-17:00"'],
    ['1 day', 'mon-sun: "09:00-17:00"'],
    ['7 days', 'mon-fri: "09:00-17:00"'],
  ])('are not there with %s and %s', (turn, hours) => {
    expect(warningsOf(turn, hours)).toEqual([])
  })
})

test('hours of a rota that end at 23:59 are warned of', () => {
  const read = parseRoster(`${rosterText}    hours: { mon-sun: ["00:00-06:00", "20:00-23:59"] }\n`)
  expect('warnings' in read && read.warnings).toEqual([
    {
      line: 14,
      column: expect.any(Number),
      message: 'the hours 20:00-23:59 leave out the last minute of the day',
      hint: 'write 20:00-24:00, which ends at midnight',
    },
  ])
})

describe('on 30 December 2011, which Samoa did not have', () => {
  const samoa = {
    people,
    zone: 'Pacific/Apia',
    starts: '2011-12-26',
    turn: { count: 1, unit: 'day' },
  } as const

  test('a rota has no hours', () => {
    const roster = turnRoster({ ...samoa, handOver: 0, week: open([{ open: 540, close: 1_020 }]) })
    const at = ['29T12:00-10:00', '29T23:59-10:00', '31T00:00+14:00', '31T08:59+14:00', '31T09:00+14:00']
    expect(at.map((one) => onDutyAt(roster, `2011-12-${one}`).length)).toEqual([1, 0, 0, 0, 1])
  })

  test('nothing is handed over: the turn of the day before lasts until the next hand-over', () => {
    const roster = turnRoster({ ...samoa, handOver: 540 })
    const at = ['29T09:00-10:00', '29T23:59-10:00', '31T00:00+14:00', '31T08:59+14:00', '31T09:00+14:00']
    expect(at.map((one) => onDutyAt(roster, `2011-12-${one}`).join())).toEqual([
      'ann',
      'ann',
      'ann',
      'ann',
      'cy',
    ])
  })

  test('no working day is counted', () => {
    const turn = { count: 1, unit: 'working day' } as const
    const roster = turnRoster({ ...samoa, turn, handOver: 540, week: open([{ open: 540, close: 1_020 }]) })
    const at = ['29T12:00-10:00', '31T12:00+14:00']
    expect(at.map((one) => onDutyAt(roster, `2011-12-${one}`).join())).toEqual(['ann', 'bob'])
  })

  test('nobody can be away', () => {
    const away = 'absences:\n  - { person: sam, from: 2011-12-30, to: 2011-12-30 }\n'
    const text = `${rosterText.replace('Europe/London', 'Pacific/Apia')}${away}`
    expect(parseRoster(text)).toMatchObject({
      errors: [{ message: 'there is no 2011-12-30 in Pacific/Apia' }],
    })
  })
})

const noonIn = (zone: string, noon: string): number =>
  Temporal.PlainDateTime.from(noon).toZonedDateTime(zone).epochMilliseconds

test('a day that begins at 01:00, as the clocks leave its midnight out, is open from then on', () => {
  const roster = turnRoster({
    people,
    zone: 'Asia/Beirut',
    starts: '2026-03-01',
    turn: { count: 1, unit: 'day' },
    handOver: 0,
    week: open([{ open: 0, close: 1_440 }]),
  })
  // On 29 March 2026 the clocks go from 00:00 to 01:00.
  const at = [
    '2026-03-28T23:59+02:00',
    '2026-03-29T01:00+03:00',
    '2026-03-29T23:59+03:00',
    '2026-03-30T00:00+03:00',
  ]
  expect(at.map((one) => onDutyAt(roster, one).join())).toEqual(['ann', 'bob', 'bob', 'cy'])
})

const cases = new URL(
  '../../../../../shared/cases/turns-of-days-with-closed-days/roster.yaml',
  import.meta.url,
)

test.skipIf(!existsSync(cases))(
  'a rota of three people and five days moves on each week (where this case is)',
  () => {
    const roster = compileRoster(
      readRoster(readFileSync(cases, 'utf8').replace('turn: 1 day', 'turn: 1 working day')),
    )
    const at = [
      '2026-06-05T12:00+01:00',
      '2026-06-08T12:00+01:00',
      '2026-06-12T12:00+01:00',
      '2026-06-15T12:00+01:00',
    ]
    expect(at.map((one) => onDutyAt(roster, one).join())).toEqual(['bo', 'cy', 'ana', 'bo'])
  },
)
