import { describe, expect, test } from 'vitest'
import { rosterText } from '../testing/sample-roster.ts'
import { parseRoster } from './parse-roster.ts'

const base = `${rosterText}    hours: { mon-fri: "09:00-17:00", sat: "22:00-06:00" }
  finance:
    zone: Europe/Berlin
    shifts:
      - { person: fiona, from: 2026-01-05T09:00:00Z, to: 2026-01-12T09:00:00Z }
absences:
  - { person: sam, from: 2026-02-02, to: 2026-02-07, substitute: suzy }
overrides:
  - { role: support, from: 2026-03-01T09:00:00Z, to: 2026-03-02T17:00:00Z, add: suzy }
  - { role: finance, from: 2026-01-06T09:00:00Z, to: 2026-01-06T17:00:00Z, replace: { fiona: carl } }
`

function errorsOf(text: string) {
  const read = parseRoster(text)
  return 'errors' in read ? read.errors : []
}

/** Line and column at which a piece of text stands. */
function placeOf(piece: string, text: string) {
  const before = text.slice(0, text.indexOf(piece)).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

type Planted = [
  what: string,
  piece: string,
  replacement: string,
  at: string,
  message: string | RegExp,
  hint?: string | RegExp,
]

const people: Planted[] = [
  [
    'subject twice',
    'subject: suzy',
    'subject: sam',
    'sam, name: Suzy',
    '"sam" is listed twice',
    'each person has one subject',
  ],
  [
    'role twice',
    'roles: [finance, controller]',
    'roles: [finance, finance]',
    'finance] }\nrotas',
    '"finance" is listed twice',
  ],
  [
    'blanks in a subject',
    'subject: sam',
    'subject: sam o',
    'sam o',
    '"sam o" has blanks in it',
    /^write subject: sam/,
  ],
  [
    'address',
    'sid@harbour-gifts.example',
    'sid',
    'sid, roles',
    '"sid" is not an e-mail address',
    /^write email/,
  ],
  [
    'name of a role',
    'roles: [support] }\n  - { subject: suzy',
    'roles: [Support Team] }\n  - { subject: suzy',
    'Support Team',
    /^"Support Team" is not a name/,
  ],
  [
    'missing field',
    'name: Sid Novak, ',
    '',
    '{ subject: sid',
    'person 3 has no "name"',
    'write name: Sam Okafor',
  ],
  [
    'unknown field',
    'name: Sid Novak',
    'name: Sid Novak, phone: 1',
    'phone',
    'person 3 has no field "phone"',
    /^there is subject/,
  ],
  ['empty field', 'name: Sid Novak', 'name:', 'name:,', '"name" has to be text, not empty'],
  ['number as text', 'name: Sid Novak', 'name: 7', '7', '"name" has to be text, not 7'],
  [
    'no people at all',
    /^people:\n(.*\n)*?rotas/m.exec(base)?.[0] ?? '',
    'people: []\nrotas',
    '[]',
    'a list is empty',
  ],
]

const rotas: Planted[] = [
  [
    'role that nobody has',
    '  support:\n',
    '  suport:\n',
    'suport',
    'nobody has the role "suport"',
    'did you mean "support"?',
  ],
  [
    'role of an empty rota',
    '  finance:\n',
    '  controller: {}\n  finance:\n',
    'controller: {}',
    'the rota "controller" has no "turn"',
    /^write turn: 1 week/,
  ],
  [
    'zone',
    'zone: Europe/Berlin',
    'zone: Europe/Berln',
    'Europe/Berln',
    'there is no time zone "Europe/Berln"',
    'did you mean "Europe/Berlin"?',
  ],
  [
    'offset as zone',
    'zone: Europe/Berlin',
    'zone: "+01:00"',
    '"+01:00"',
    'there is no time zone "+01:00"',
    /Europe\/London/,
  ],
  [
    'no zone anywhere',
    'zone: Europe/London\n',
    '',
    'support:',
    'the rota "support" has no "zone"',
    /^write zone: Europe\/London /,
  ],
  ['hand-over', '"09:00"\n', '"9:00"\n', '"9:00"', '"9:00" is not a time of day', 'write "09:00"'],
  ['hand-over beyond the day', '"09:00"\n', '"24:00"\n', '"24:00"', '"24:00" is not a time of day'],
  [
    'hand-over as number',
    '"09:00"\n',
    '9\n',
    '9\n    turn',
    '"hand-over" has to be text, not 9',
    /^write hand-over/,
  ],
  [
    'turn of months',
    '1 week',
    '1 month',
    '1 month',
    '"1 month" is not the length of a turn',
    'write 1 day, 1 working day, 1 week, 2 weeks or 12 hours',
  ],
  ['turn of no days', '1 week', '0 days', '0 days', '"0 days" is not the length of a turn'],
  ['turn of part of an hour', '1 week', '1.5 hours', '1.5 hours', '"1.5 hours" is not the length of a turn'],
  ['turn of one and many', '1 week', '1 weeks', '1 weeks', '"1 weeks" mixes one and many'],
  ['turn of two years', '1 week', '104 weeks', '104 weeks', '"104 weeks" is longer than a year'],
  [
    'missing turn',
    '    turn: 1 week\n',
    '',
    'support:\n    hand',
    'the rota "support" has no "turn"',
    /^write turn: 1 week/,
  ],
  [
    'start',
    'starts: 2026-01-05',
    'starts: 2026-02-30',
    '2026-02-30',
    'there is no 30 February 2026',
    'February 2026 has 28 days',
  ],
  [
    'start as instant',
    'starts: 2026-01-05',
    'starts: 2026-01-05T09:00:00Z',
    '2026-01-05T09:00:00Z\n',
    '"2026-01-05T09:00:00Z" is no date',
  ],
  [
    'start in another millennium',
    'starts: 2026-01-05',
    'starts: 1026-01-05',
    '1026-01-05',
    '1026-01-05 is out of reach',
    'write a year from 2000 to 2199',
  ],
  [
    'nobody in turn',
    '[sam, suzy, sid]',
    '[]',
    '[]\n    hours',
    'a list is empty',
    'write people: [sam, suzy, sid] (subjects, in turn)',
  ],
  [
    'unknown person in turn',
    '[sam, suzy, sid]',
    '[sam, suzi, sid]',
    'suzi',
    'there is no person "suzi"',
    'did you mean "suzy"?',
  ],
  [
    'name of a person in turn',
    '[sam, suzy, sid]',
    '[sam, Suzy Lau, sid]',
    'Suzy Lau, sid',
    'there is no person "Suzy Lau"',
    'write the subject: suzy',
  ],
  [
    'person without the role in turn',
    '[sam, suzy, sid]',
    '[sam, carl, sid]',
    'carl, sid',
    '"carl" does not have the role support',
    /^add support to the roles of "carl"/,
  ],
  ['days of hours', 'mon-fri: "09', 'mo-fri: "09', 'mo-fri', '"mo-fri" names no days', /^write mon/],
  ['day twice', 'sat: "22', 'fri: "22', 'fri: "22', /^"fri" names fri again/],
  ['hours', '"09:00-17:00"', '"9-17"', '"9-17"', '"9-17" are no hours', 'write "09:00-17:00"'],
  ['hours of no length', '"09:00-17:00"', '"09:00-09:00"', '"09:00-09:00"', /have no length$/],
  [
    'hours that overlap',
    '"09:00-17:00"',
    '["09:00-13:00", "12:00-17:00"]',
    '["09:00',
    'the hours 09:00-13:00 and 12:00-17:00 overlap',
  ],
  [
    'hours that overlap over midnight',
    'sat: "22:00-06:00"',
    'sat: "22:00-06:00", sun: "05:00-06:00"',
    '"22:00-06:00", sun',
    'the hours 22:00-06:00 run into 05:00-06:00 on sun',
  ],
  [
    'no hours',
    '{ mon-fri: "09:00-17:00", sat: "22:00-06:00" }',
    '{}',
    '{}\n  finance',
    'no hours are given',
    'leave hours out for always',
  ],
  [
    'turns and shifts',
    'zone: Europe/Berlin',
    'turn: 1 day',
    'turn: 1 day',
    'the rota "finance" has shifts, which need no "turn"',
    'leave out turn, or shifts',
  ],
  [
    'field of a rota',
    'turn: 1 week',
    'turn: 1 week\n    persons: []',
    'persons',
    'the rota "support" has no field "persons"',
    /people/,
  ],
  [
    'person of a shift',
    '{ person: fiona, from',
    '{ person: fional, from',
    'fional',
    'there is no person "fional"',
    'did you mean "fiona"?',
  ],
  [
    'shift without the role',
    '{ person: fiona, from',
    '{ person: sam, from',
    'sam, from: 2026-01-05T',
    '"sam" does not have the role finance',
  ],
  [
    'shift that ends first',
    'to: 2026-01-12T09:00:00Z',
    'to: 2026-01-04',
    '2026-01-04 }',
    'this does not end after it begins',
  ],
  [
    'field of a shift',
    '{ person: fiona, from',
    '{ people: fiona, from',
    'people: fiona',
    'shift 1 of the rota "finance" has no field "people"',
    /person/,
  ],
]

const absences: Planted[] = [
  [
    'unknown person away',
    'person: sam, from: 2026-02-02',
    'person: sams, from: 2026-02-02',
    'sams',
    'there is no person "sams"',
    'did you mean "sam"?',
  ],
  [
    'unknown substitute',
    'substitute: suzy',
    'substitute: zoe',
    'zoe',
    'there is no person "zoe"',
    /^there is sam, suzy/,
  ],
  [
    'own substitute',
    'substitute: suzy',
    'substitute: sam',
    'sam }\noverrides',
    '"sam" cannot stand in for "sam"',
    /^name somebody else/,
  ],
  [
    'absence that ends first',
    'to: 2026-02-07, sub',
    'to: 2026-02-01, sub',
    '2026-02-01, sub',
    'this does not end after it begins',
    'to is the last day, or an instant after from',
  ],
  [
    'day that is none',
    'from: 2026-02-02, to',
    'from: 2026-02-30, to',
    '2026-02-30',
    'there is no 30 February 2026',
  ],
  [
    'date of another country',
    'from: 2026-02-02, to',
    'from: 02/02/2026, to',
    '02/02/2026',
    '"02/02/2026" is not a date or an instant',
    /^write a date such as/,
  ],
  [
    'time without an offset',
    'to: 2026-02-07, sub',
    'to: 2026-02-07T09:00, sub',
    '2026-02-07T09:00',
    '"2026-02-07T09:00" says no offset from UTC',
    'write 2026-02-07T09:00Z, or 2026-02-07T09:00+01:00',
  ],
  [
    'time that is none',
    'to: 2026-02-07, sub',
    'to: 2026-02-07T25:00:00Z, sub',
    '2026-02-07T25',
    'there is no 25:00',
  ],
  [
    'midnight at the end of a day',
    'to: 2026-02-07, sub',
    'to: 2026-02-07T24:00:00Z, sub',
    '2026-02-07T24',
    'there is no 24:00',
    'write 00:00 of the next day',
  ],
  [
    'offset that is none',
    'to: 2026-02-07, sub',
    'to: 2026-02-07T10:00+15:00, sub',
    '2026-02-07T10',
    'there is no offset +15:00 from UTC',
  ],
  [
    'missing end',
    'to: 2026-02-07, sub',
    'sub',
    '{ person: sam, from: 2026-02',
    'absence 1 has no "to"',
    /^write to: 2026-02-07/,
  ],
  [
    'field of an absence',
    'substitute: suzy',
    'substitue: suzy',
    'substitue',
    'absence 1 has no field "substitue"',
    'did you mean "substitute"?',
  ],
  [
    'circle',
    'absences:\n',
    'absences:\n  - { person: suzy, from: 2026-02-01, to: 2026-02-03, substitute: sam }\n',
    'suzy }\noverrides',
    '"sam" and "suzy" stand in for one another at the same time',
  ],
  [
    'two substitutes',
    'absences:\n',
    'absences:\n  - { person: sam, from: 2026-02-01, to: 2026-02-03, substitute: sid }\n',
    'suzy }\noverrides',
    'two absences of "sam" overlap, and do not have the same substitute',
    'let one end before the other begins',
  ],
]

const overrides: Planted[] = [
  [
    'role of an override',
    'role: finance, from',
    'role: finanse, from',
    'finanse',
    'nobody has the role "finanse"',
    'did you mean "finance"?',
  ],
  ['no change', ', add: suzy', '', '{ role: support', 'override 1 changes nothing', /^write add: suzy/],
  [
    'two changes',
    ', add: suzy',
    ', add: suzy, remove: sam',
    'remove',
    'override 1 has add already',
    'write two overrides',
  ],
  [
    'misspelt change',
    'add: suzy',
    'ad: suzy',
    'ad: suzy',
    'override 1 has no field "ad"',
    'did you mean "add"?',
  ],
  [
    'unknown person added',
    'add: suzy',
    'add: suzi',
    'suzi',
    'there is no person "suzi"',
    'did you mean "suzy"?',
  ],
  [
    'unknown person removed',
    'add: suzy',
    'remove: suzi',
    'suzi',
    'there is no person "suzi"',
    'did you mean "suzy"?',
  ],
  ['nobody replaced', '{ fiona: carl }', '{}', '{} }', 'nobody is replaced', 'write replace: { sam: suzy }'],
  [
    'unknown person replaced',
    '{ fiona: carl }',
    '{ fional: carl }',
    'fional',
    'there is no person "fional"',
    'did you mean "fiona"?',
  ],
  [
    'unknown replacement',
    '{ fiona: carl }',
    '{ fiona: carll }',
    'carll',
    'there is no person "carll"',
    'did you mean "carl"?',
  ],
  [
    'replaced by the same',
    '{ fiona: carl }',
    '{ fiona: fiona }',
    'fiona } }',
    '"fiona" cannot replace "fiona"',
  ],
  [
    'override that ends first',
    'to: 2026-03-02T17:00:00Z',
    'to: 2026-03-01T08:00:00Z',
    '2026-03-01T08',
    'this does not end after it begins',
  ],
  [
    'override of no length',
    'to: 2026-03-02T17:00:00Z',
    'to: 2026-03-01T09:00:00Z',
    '2026-03-01T09:00:00Z, add',
    'this does not end after it begins',
  ],
]

const files: Planted[] = [
  [
    'field of the roster',
    'absences:',
    'abscences:',
    'abscences',
    'the roster has no field "abscences"',
    'did you mean "absences"?',
  ],
  [
    'anchor',
    'zone: Europe/Berlin',
    'zone: &z Europe/Berlin',
    '&z',
    'anchors (&) and references (*) are not allowed',
  ],
  ['reference', 'zone: Europe/Berlin', 'zone: *z', '*z', 'anchors (&) and references (*) are not allowed'],
  ['tag', 'zone: Europe/Berlin', 'zone: !z Europe/Berlin', '!z', 'a value cannot begin with !'],
  ['tab', 'turn: 1 week', 'turn:\t1 week', '\t1', 'there is a tab', /^use blanks/],
  [
    'name twice',
    'turn: 1 week',
    'turn: 1 week\n    turn: 1 day',
    'turn: 1 day',
    'this name is there twice',
    'keep one of them',
  ],
  [
    'rota twice',
    '  finance:\n    zone',
    '  support:\n    zone',
    'support:\n    zone',
    'this name is there twice',
  ],
  [
    'name of JavaScript',
    '{ fiona: carl }',
    '{ __proto__: carl }',
    '__proto__',
    '"__proto__" cannot be a name',
  ],
  [
    'list as group',
    'people: [sam, suzy, sid]',
    'people: { sam: 1 }',
    '{ sam: 1 }',
    '"people" has to be a list, not a group of fields',
  ],
  [
    'group as text',
    'hours: {',
    'hours: "',
    /hours: ("[^\n]*)/.exec(base.replace('hours: {', 'hours: "'))?.[1] ?? '',
    /./,
  ],
]

describe('a planted error is told with its line and column', () => {
  test('there is none before', () => {
    expect(parseRoster(base)).toMatchObject({ warnings: [] })
  })

  test.each([...people, ...rotas, ...absences, ...overrides, ...files])(
    '%s',
    (_, piece, replacement, at, message, hint) => {
      if (piece === '' || !base.includes(piece)) throw new Error(`The roster does not hold ${piece}`)
      const text = base.replace(piece, () => replacement)
      const wanted = {
        ...placeOf(at, text),
        message: expectation(message),
        hint: hint ? expectation(hint) : expect.any(String),
      }
      expect(errorsOf(text)).toContainEqual(wanted)
    },
  )

  const expectation = (wanted: string | RegExp) =>
    typeof wanted === 'string' ? wanted : expect.stringMatching(wanted)
})
