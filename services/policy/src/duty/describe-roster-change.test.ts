import { describe, expect, test } from 'vitest'
import { readRoster, rosterText, rosterWith } from '../testing/sample-roster.ts'
import { describeRosterChange } from './describe-roster-change.ts'

const before = rosterWith(`absences:
  - { person: sam, from: 2026-02-02, to: 2026-02-07, substitute: suzy }
overrides:
  - { role: support, from: 2026-03-01T09:00:00Z, to: 2026-03-01T17:00:00Z, add: suzy }
`)

/** What is said of the sample roster when a piece of its text is another. */
const changeOf = (piece: string, replacement: string, more = '') => {
  const text = rosterText.replace(piece, replacement)
  if (text === rosterText && more === '') throw new Error(`The roster does not hold ${piece}`)
  return describeRosterChange(rosterWith(), readRoster(text + more))
}

describe('a change of the roster', () => {
  test('says how much there is when there was none before', () => {
    expect(describeRosterChange(undefined, before)).toEqual(['The first version, with 5 people and 1 rota.'])
  })

  test('says nothing when nothing changes', () => {
    expect(describeRosterChange(before, before)).toEqual([])
  })

  test.each<[what: string, piece: string, replacement: string, said: string[]]>([
    [
      'somebody new',
      'people:\n',
      'people:\n  - { subject: zoe, name: Zoe Ash, roles: [support, finance] }\n',
      ['Zoe Ash joins as support and finance.', 'Zoe Ash is now first for finance, before Fiona Walsh.'],
    ],
    [
      'roles',
      'roles: [finance, controller]',
      'roles: [finance, order-manager]',
      ['Carl Lindqvist gains order-manager.', 'Carl Lindqvist loses controller.'],
    ],
    ['a name', 'name: Suzy Lau', 'name: Suzy Reed', ['Suzy Lau is now called Suzy Reed.']],
    [
      'an address',
      'email: sid@',
      'email: sid.novak@',
      ['The address of Sid Novak is now sid.novak@harbour-gifts.example.'],
    ],
    [
      'the order in turn',
      '[sam, suzy, sid]',
      '[suzy, sam]',
      [
        'The rota of support, people in turn: Suzy Lau and Sam Okafor, not Sam Okafor, Suzy Lau and Sid Novak.',
      ],
    ],
    ['the length of turns', '1 week', '12 hours', ['The rota of support, turn: 12 hours, not 1 week.']],
    ['the hand-over', '"09:00"', '"08:30"', ['The rota of support, hand-over: 08:30, not 09:00.']],
    ['the start', '2026-01-05', '2026-01-12', ['The rota of support, start: 2026-01-12, not 2026-01-05.']],
    [
      'the zone',
      'zone: Europe/London',
      'zone: Europe/Berlin',
      [
        'The rota of support, zone: Europe/Berlin, not Europe/London.',
        'Dates without a rota are taken in Europe/Berlin, not Europe/London.',
      ],
    ],
  ])('%s', (_, piece, replacement, said) => {
    expect(changeOf(piece, replacement)).toEqual(said)
  })

  test('somebody who leaves, with the rota', () => {
    const after = readRoster(rosterText.replace(/.*subject: sid.*\n/, '').replace(', sid]', ']'))
    expect(describeRosterChange(rosterWith(), after)).toEqual([
      'Sid Novak leaves.',
      'The rota of support, people in turn: Sam Okafor and Suzy Lau, not Sam Okafor, Suzy Lau and Sid Novak.',
    ])
  })

  test('hours', () => {
    expect(
      changeOf('', '', '    hours: { mon: ["08:00-12:00", "13:00-17:00"], fri: "22:00-06:00" }\n'),
    ).toEqual(['The rota of support, hours: mon 08:00-12:00, mon 13:00-17:00, fri 22:00-06:00, not always.'])
  })

  test('rotas that begin, end, or are another', () => {
    const without = readRoster(rosterText.slice(0, rosterText.indexOf('rotas:')))
    const shifts = '  support: { shifts: [{ person: sid, from: 2026-01-05, to: 2026-01-06 }] }\n'
    const other = readRoster(`${rosterText.slice(0, rosterText.indexOf('  support:'))}${shifts}`)
    expect(describeRosterChange(without, rosterWith())).toEqual([
      'support has a rota: turns of 1 week from 2026-01-05 at 09:00 (Europe/London): Sam Okafor, Suzy Lau and Sid Novak.',
    ])
    expect(describeRosterChange(rosterWith(), without)).toEqual([
      'support has no rota any more: everybody with the role is on duty.',
    ])
    expect(describeRosterChange(rosterWith(), other)).toEqual([
      'support has another rota: 1 shift of Sid Novak.',
    ])
  })

  test('shifts', () => {
    const shift = (day: string) => `      - { person: sid, from: ${day}, to: ${day} }\n`
    const withShifts = (...days: string[]) =>
      readRoster(
        rosterText.replace(/hand-over.*\n.*\n.*\n.*\n/, () => `shifts:\n${days.map(shift).join('')}`),
      )
    expect(describeRosterChange(withShifts('2026-01-05'), withShifts('2026-01-06', '2026-01-07'))).toEqual([
      'The rota of support: 2 shifts more, 1 fewer.',
    ])
  })

  test('absences and overrides', () => {
    expect(describeRosterChange(rosterWith(), before)).toEqual([
      'Sam Okafor is away from 2026-02-02 to 2026-02-07; Suzy Lau stands in.',
      'Suzy Lau is added for support from 2026-03-01T09:00Z to 2026-03-01T17:00Z.',
    ])
    expect(describeRosterChange(before, rosterWith())).toEqual([
      'No longer: Sam Okafor is away from 2026-02-02 to 2026-02-07; Suzy Lau stands in.',
      'No longer: Suzy Lau is added for support from 2026-03-01T09:00Z to 2026-03-01T17:00Z.',
    ])
    const day = 'from: 2026-03-01, to: 2026-03-01'
    const others = rosterWith(`overrides:
  - { role: finance, ${day}, remove: carl }
  - { role: finance, ${day}, replace: { fiona: carl, carl: fiona } }
`)
    expect(describeRosterChange(rosterWith(), others)).toEqual([
      'Carl Lindqvist is taken off for finance on 2026-03-01.',
      'Carl Lindqvist replaces Fiona Walsh and Fiona Walsh replaces Carl Lindqvist for finance on 2026-03-01.',
    ])
  })
})
