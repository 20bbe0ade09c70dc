import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readRoster, rosterText, rosterWith } from '../testing/sample-roster.ts'
import { parseRoster } from './parse-roster.ts'
import { usualNotify } from './roster.ts'
import { rosterShape } from './roster-shape.ts'

function errorsOf(text: string) {
  const read = parseRoster(text)
  return 'errors' in read ? read.errors : []
}

describe('a sound roster', () => {
  test('is read with its defaults', () => {
    const roster = rosterWith()
    expect(roster).toMatchObject({ zone: 'Europe/London', absences: [], overrides: [] })
    expect(roster.people[0]).toEqual({
      subject: 'sam',
      name: 'Sam Okafor',
      email: 'sam@harbour-gifts.example',
      roles: ['support'],
      notify: usualNotify,
    })
    expect(roster.rotas).toEqual([
      {
        kind: 'turns',
        role: 'support',
        zone: 'Europe/London',
        handOver: 540,
        turn: { count: 1, unit: 'week' },
        starts: '2026-01-05',
        people: ['sam', 'suzy', 'sid'],
        week: [],
      },
    ])
  })

  test('needs nothing but people', () => {
    expect(readRoster('people: [{ subject: sam, name: Sam, roles: [] }]')).toEqual({
      zone: 'UTC',
      people: [{ subject: 'sam', name: 'Sam', email: '', roles: [], notify: usualNotify }],
      rotas: [],
      absences: [],
      overrides: [],
      channels: new Map(),
    })
  })

  test('says how people and roles are told', () => {
    const { people, channels } = readRoster(
      'people: [{ subject: sam, name: Sam, roles: [support], notify: { not: [review], quiet: false, digest: "09:30" } }]\nchannels: { support: { chat: support-chat } }\n',
    )
    expect(people[0]?.notify).toEqual({ mail: true, not: ['review'], quiet: false, digestAt: 570 })
    expect(channels).toEqual(new Map([['support', { chat: 'support-chat' }]]))
  })

  test('says dates as they are, and instants in milliseconds', () => {
    const { absences, overrides } = rosterWith(`absences:
  - { person: sam, from: 2026-02-02, to: 2026-02-07T12:00:00+01:00, substitute: suzy }
overrides:
  - { role: support, from: 2026-01-05T09:00:00Z, to: 2026-01-11, replace: { sam: suzy } }
`)
    expect(absences).toEqual([
      {
        person: 'sam',
        from: { kind: 'date', date: '2026-02-02' },
        to: { kind: 'instant', atMs: Date.parse('2026-02-07T11:00Z') },
        substitute: 'suzy',
      },
    ])
    expect(overrides).toEqual([
      {
        role: 'support',
        from: { kind: 'instant', atMs: Date.parse('2026-01-05T09:00Z') },
        to: { kind: 'date', date: '2026-01-11' },
        change: 'replace',
        pairs: [{ person: 'sam', by: 'suzy' }],
      },
    ])
  })

  test.each([
    ['1 day', { count: 1, unit: 'day' }],
    ['2 weeks', { count: 2, unit: 'week' }],
    ['12 hours', { count: 12, unit: 'hour' }],
  ])('may have turns of %s', (turn, read) => {
    expect(readRoster(rosterText.replace('1 week', turn)).rotas[0]).toMatchObject({ turn: read })
  })

  test('may have hours, several a day and over midnight', () => {
    const { rotas } = rosterWith(
      '    hours: { mon: ["08:00-12:00", "13:00-17:00"], sat-sun: "22:00-06:00" }\n',
    )
    const night = [{ open: 1_320, close: 1_800 }]
    expect(rotas[0]).toMatchObject({
      week: [
        [
          { open: 480, close: 720 },
          { open: 780, close: 1_020 },
        ],
        [],
        [],
        [],
        [],
        night,
        night,
      ],
    })
  })

  test('may have shifts instead of turns', () => {
    const { rotas } = rosterWith(`  finance:
    shifts: [{ person: carl, from: 2026-01-07, to: 2026-01-08 }]
`)
    expect(rotas[1]).toEqual({
      kind: 'shifts',
      role: 'finance',
      zone: 'Europe/London',
      shifts: [
        {
          person: 'carl',
          from: { kind: 'date', date: '2026-01-07' },
          to: { kind: 'date', date: '2026-01-08' },
        },
      ],
    })
  })

  test('is the sample that comes with the product', () => {
    const sample = new URL('../../../../infra/samples/roster.yaml', import.meta.url)
    expect(parseRoster(readFileSync(sample, 'utf8'))).toMatchObject({ warnings: [] })
  })

  test('has a JSON Schema for editors', () => {
    const schema = z.toJSONSchema(rosterShape, { io: 'input' })
    expect(Object.keys(schema.properties ?? {})).toEqual([
      'zone',
      'people',
      'rotas',
      'absences',
      'overrides',
      'channels',
    ])
  })
})

describe('absences in a circle', () => {
  const away = (person: string, from: string, to: string, substitute: string) =>
    `  - { person: ${person}, from: ${from}, to: ${to}, substitute: ${substitute} }\n`

  test('are refused when they are at the same time, however long the circle is', () => {
    const two =
      away('sam', '2026-02-02', '2026-02-07', 'suzy') + away('suzy', '2026-02-07', '2026-02-08', 'sam')
    expect(errorsOf(`${rosterText}absences:\n${two}`)).toEqual([
      {
        line: 16,
        column: 67,
        message: '"sam" and "suzy" stand in for one another at the same time',
        hint: 'nobody would be there: name another substitute for one of them',
      },
    ])
    const three =
      away('sam', '2026-02-02', '2026-02-07', 'suzy') +
      away('suzy', '2026-02-01', '2026-02-08', 'sid') +
      away('sid', '2026-02-05T09:00:00Z', '2026-02-05T10:00:00Z', 'sam')
    expect(errorsOf(`${rosterText}absences:\n${three}`)).toMatchObject([
      { line: 17, message: '"sam", "sid" and "suzy" stand in for one another at the same time' },
    ])
  })

  test('are no circle when one ends before the other begins', () => {
    const apart =
      away('sam', '2026-02-02', '2026-02-07', 'suzy') + away('suzy', '2026-02-08', '2026-02-09', 'sam')
    expect(errorsOf(`${rosterText}absences:\n${apart}`)).toEqual([])
  })

  test('are no circle when three are never away together', () => {
    const never =
      away('sam', '2026-02-02', '2026-02-04', 'suzy') +
      away('suzy', '2026-02-04', '2026-02-06', 'sid') +
      away('sid', '2026-02-06', '2026-02-08', 'sam')
    expect(errorsOf(`${rosterText}absences:\n${never}`)).toEqual([])
  })
})

describe('two absences of one person', () => {
  const away = (from: string, to: string, substitute: string) =>
    `  - { person: sam, from: ${from}, to: ${to}, substitute: ${substitute} }\n`
  const linesOf = (...entries: string[]) =>
    errorsOf(`${rosterText}absences:\n${entries.join('')}`).map(({ line }) => line)

  test('may overlap when they name the same substitute, and may follow each other when not', () => {
    expect(
      linesOf(away('2026-02-01', '2026-02-09', 'suzy'), away('2026-02-03', '2026-02-12', 'suzy')),
    ).toEqual([])
    expect(
      linesOf(away('2026-02-01', '2026-02-09', 'suzy'), away('2026-02-10', '2026-02-12', 'sid')),
    ).toEqual([])
  })

  test('are refused when they overlap and do not, though another lies between', () => {
    const long = away('2026-02-01', '2026-02-20', 'suzy')
    expect(
      linesOf(long, away('2026-02-03', '2026-02-04', 'suzy'), away('2026-02-10', '2026-02-12', 'sid')),
    ).toEqual([17])
  })
})

describe('warnings', () => {
  const warningsOf = (...more: string[]) => {
    const read = parseRoster([rosterText, ...more].join(''))
    return 'warnings' in read ? read.warnings : read.errors
  }

  test('tell substitutes without the role', () => {
    expect(
      warningsOf('absences:\n  - { person: sam, from: 2026-02-02, to: 2026-02-07, substitute: fiona }\n'),
    ).toEqual([
      {
        line: 15,
        column: 66,
        message: '"fiona" does not have the role support',
        hint: 'if that is meant, leave it; else add support to the roles of "fiona"',
      },
    ])
  })

  test('tell people whom an override puts on duty without the role, or while they are away', () => {
    const warnings = warningsOf(`absences:
  - { person: suzy, from: 2026-01-07, to: 2026-01-07 }
overrides:
  - { role: support, from: 2026-01-07T09:00:00Z, to: 2026-01-07T17:00:00Z, add: suzy }
  - { role: support, from: 2026-01-08T09:00:00Z, to: 2026-01-08T17:00:00Z, replace: { sam: fiona } }
`)
    expect(warnings.map(({ line, message }) => [line, message])).toEqual([
      [17, '"suzy" is away then'],
      [18, '"fiona" does not have the role support'],
    ])
  })

  test('tell overrides that take off somebody who is not on duty', () => {
    const warnings = warningsOf(`overrides:
  - { role: support, from: 2026-01-13T09:00:00Z, to: 2026-01-14T17:00:00Z, remove: sam }
  - { role: support, from: 2026-01-11T09:00:00Z, to: 2026-01-14T17:00:00Z, remove: sam }
  - { role: support, from: 2026-01-13T09:00:00Z, to: 2026-01-14T17:00:00Z, replace: { sid: sam } }
`)
    expect(warnings.map(({ line, message }) => [line, message])).toEqual([
      [15, '"sam" is not on duty as support then, so nothing changes'],
      [17, '"sid" is not on duty as support then, so nothing changes'],
    ])
  })
})

describe('errors together', () => {
  test('all are told at once, in the order of the file', () => {
    const text = rosterText
      .replace('zone: Europe/London', 'zone: Europe/Londn')
      .replace('name: Suzy Lau, ', '')
      .replace('1 week', '1 month')
      .replace('[sam, suzy, sid]', '[sam, suzi, fiona]')
    const errors = errorsOf(
      `${text}    hourz: {}\nabsences:\n  - { person: san, from: 2026-02-30, to: 2026-02-07 }\n`,
    )
    expect(errors.map(({ line, message }) => [line, message])).toEqual([
      [1, 'there is no time zone "Europe/Londn"'],
      [4, 'person 2 has no "name"'],
      [11, '"1 month" is not the length of a turn'],
      [13, 'there is no person "suzi"'],
      [13, '"fiona" does not have the role support'],
      [14, 'the rota "support" has no field "hourz"'],
      [16, 'there is no person "san"'],
      [16, 'there is no 30 February 2026'],
    ])
  })

  test('somebody whose subject is wrong does not make every mention wrong', () => {
    const errors = errorsOf(rosterText.replace('subject: suzy', 'subjct: suzy'))
    expect(errors.map(({ message }) => message)).toEqual([
      'person 2 has no "subject"',
      'person 2 has no field "subjct"',
    ])
  })
})

describe('files that are no roster', () => {
  test.each([
    ['nothing', '', 'the roster has to be a group of fields, not empty'],
    ['a list', '[1, 2]', 'the roster has to be a group of fields, not a list'],
    ['text', 'hello', 'the roster has to be a group of fields, not "hello"'],
    ['two documents', `${rosterText}\n---\n${rosterText}`, 'there is a second document'],
    [
      'five megabytes',
      rosterText + ' '.repeat(5_000_000),
      expect.stringMatching(/^the roster has \d{7} bytes$/),
    ],
    ['a deep nest', '['.repeat(50_000), 'the file is nested too deeply'],
  ])('%s', (_, text, message) => {
    expect(errorsOf(text)[0]).toMatchObject({ line: expect.any(Number), message, hint: expect.any(String) })
  })

  test('a thousand absences of one person are read while one waits', () => {
    const entry = '  - { person: sam, from: 2026-02-02, to: 2026-02-07, substitute: suzy }\n'
    const before = performance.now()
    expect(errorsOf(`${rosterText}absences:\n${entry.repeat(1_000)}`)).toEqual([])
    expect(performance.now() - before).toBeLessThan(4_000)
  })
})
