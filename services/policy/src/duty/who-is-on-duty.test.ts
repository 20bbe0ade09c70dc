import { describe, expect, test } from 'vitest'
import { onDutyAt, rosterWith } from '../testing/sample-roster.ts'
import { compileRoster } from './compile-roster.ts'
import { usualNotify } from './roster.ts'
import { whoIsOnDuty } from './who-is-on-duty.ts'

/** A compiled sample roster with more entries. In the week from 5 January it is sam's turn, then suzy's, then sid's. */
const rosterOf = (...more: string[]) => compileRoster(rosterWith(...more))

const absences = (...entries: string[]) => `absences:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`
const overrides = (...entries: string[]) => `overrides:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`
const why = (roster: ReturnType<typeof rosterOf>, at: string, role = 'support') =>
  whoIsOnDuty(roster, role, Date.parse(at)).why

const samsTurn = '2026-01-07T12:00Z'
const fromTo = 'from: 2026-01-07T09:00:00Z, to: 2026-01-07T17:00:00Z'

describe('the plan', () => {
  test('names whose turn it is, and which turn', () => {
    expect(onDutyAt(rosterOf(), samsTurn)).toEqual(['sam'])
    expect(why(rosterOf(), '2026-01-14T12:00Z')).toEqual({
      kind: 'on-duty',
      reasons: [{ by: 'turn', turn: 2 }],
    })
  })

  test('of a role without a rota is everybody who has it, in the order of the file', () => {
    expect(onDutyAt(rosterOf(), samsTurn, 'finance')).toEqual(['fiona', 'carl'])
    expect(why(rosterOf(), samsTurn, 'finance')).toEqual({
      kind: 'on-duty',
      reasons: [{ by: 'role' }, { by: 'role' }],
    })
  })

  test('has nobody for a role that nobody has', () => {
    expect(why(rosterOf(), samsTurn, 'sales')).toEqual({ kind: 'nobody', cause: { because: 'no-such-role' } })
  })

  test('has nobody before the rota starts', () => {
    expect(why(rosterOf(), '2025-12-31T12:00Z')).toEqual({
      kind: 'nobody',
      cause: { because: 'before-start', startsAtMs: Date.parse('2026-01-05T09:00Z') },
    })
  })

  test('knows the people by all that the roster says of them', () => {
    expect(whoIsOnDuty(rosterOf(), 'support', Date.parse(samsTurn)).onDuty).toEqual([
      {
        subject: 'sam',
        name: 'Sam Okafor',
        email: 'sam@harbour-gifts.example',
        roles: ['support'],
        notify: usualNotify,
      },
    ])
  })
})

describe('restricted hours', () => {
  const roster = rosterOf('    hours: { mon-thu: ["08:00-12:00", "13:00-17:00"], fri: "22:00-06:00" }\n')

  test.each([
    ['before they open', '2026-01-07T07:59:59.999Z', []],
    ['when they open', '2026-01-07T08:00Z', ['sam']],
    ['at noon', '2026-01-07T12:00Z', []],
    ['in the afternoon', '2026-01-07T13:00Z', ['sam']],
    ['when they close', '2026-01-07T17:00Z', []],
    ['before midnight', '2026-01-09T22:00Z', ['sam']],
    ['over midnight', '2026-01-10T05:59:59.999Z', ['sam']],
    ['in the morning after', '2026-01-10T06:00Z', []],
    ['an hour earlier in UTC in summer', '2026-07-01T07:00Z', ['suzy']],
  ])('%s', (_, at, who) => {
    expect(onDutyAt(roster, at)).toEqual(who)
  })

  test('leave a gap that says so', () => {
    expect(why(roster, '2026-01-07T07:00Z')).toEqual({ kind: 'nobody', cause: { because: 'outside-hours' } })
  })

  test('are left by overrides', () => {
    const more = overrides('{ role: support, from: 2026-01-10, to: 2026-01-10, add: suzy }')
    const saturday = rosterOf('    hours: { mon-fri: "09:00-17:00" }\n', more)
    expect(onDutyAt(saturday, '2026-01-10T12:00Z')).toEqual(['suzy'])
  })
})

describe('somebody who is away', () => {
  test('is stood in for by the substitute', () => {
    const roster = rosterOf(absences('{ person: sam, from: 2026-01-07, to: 2026-01-07, substitute: fiona }'))
    expect(onDutyAt(roster, samsTurn)).toEqual(['fiona'])
    expect(why(roster, samsTurn)).toEqual({
      kind: 'on-duty',
      reasons: [{ by: 'substitute', for: ['sam'], planned: { by: 'turn', turn: 1 } }],
    })
  })

  test('is away from the first midnight of the rota’s zone until the last day is over', () => {
    const roster = rosterOf(absences('{ person: sid, from: 2026-07-08, to: 2026-07-09, substitute: suzy }'))
    const at = [
      '2026-07-07T22:59:59.999Z',
      '2026-07-07T23:00Z',
      '2026-07-09T22:59:59.999Z',
      '2026-07-09T23:00Z',
    ]
    expect(at.flatMap((instant) => onDutyAt(roster, instant))).toEqual(['sid', 'suzy', 'suzy', 'sid'])
  })

  test('is followed by the next in the rota without a substitute', () => {
    const roster = rosterOf(absences('{ person: sam, from: 2026-01-07, to: 2026-01-07 }'))
    expect(onDutyAt(roster, samsTurn)).toEqual(['suzy'])
    expect(why(roster, samsTurn)).toEqual({
      kind: 'on-duty',
      reasons: [{ by: 'next-in-rota', for: ['sam'], planned: { by: 'turn', turn: 1 } }],
    })
  })

  test('in the middle of the rota is followed by the one behind, and at its end by the first', () => {
    const roster = rosterOf(
      absences(
        '{ person: suzy, from: 2026-01-14, to: 2026-01-14 }',
        '{ person: sid, from: 2026-01-21, to: 2026-01-21 }',
      ),
    )
    expect(onDutyAt(roster, '2026-01-14T12:00Z')).toEqual(['sid'])
    expect(onDutyAt(roster, '2026-01-21T12:00Z')).toEqual(['sam'])
  })

  test('may have a substitute who is away too: the chain is followed', () => {
    const roster = rosterOf(
      absences(
        '{ person: sam, from: 2026-01-07, to: 2026-01-08, substitute: suzy }',
        '{ person: suzy, from: 2026-01-07T10:00:00Z, to: 2026-01-07T14:00:00Z, substitute: sid }',
      ),
    )
    const hours = ['09:59', '10:00', '13:59', '14:00']
    expect(hours.flatMap((hour) => onDutyAt(roster, `2026-01-07T${hour}Z`))).toEqual([
      'suzy',
      'sid',
      'sid',
      'suzy',
    ])
    expect(why(roster, samsTurn)).toEqual({
      kind: 'on-duty',
      reasons: [{ by: 'substitute', for: ['sam', 'suzy'], planned: { by: 'turn', turn: 1 } }],
    })
  })

  test('is followed by the next but one when the next is away too', () => {
    const roster = rosterOf(
      absences(
        '{ person: sam, from: 2026-01-07, to: 2026-01-07 }',
        '{ person: suzy, from: 2026-01-07, to: 2026-01-07 }',
      ),
    )
    expect(onDutyAt(roster, samsTurn)).toEqual(['sid'])
    expect(why(roster, samsTurn)).toMatchObject({ reasons: [{ by: 'next-in-rota', for: ['sam', 'suzy'] }] })
  })

  test('leaves a gap when everybody is away', () => {
    const day = 'from: 2026-01-07, to: 2026-01-07'
    const roster = rosterOf(
      absences(
        `{ person: sam, ${day}, substitute: suzy }`,
        `{ person: suzy, ${day} }`,
        `{ person: sid, ${day} }`,
      ),
    )
    expect(why(roster, samsTurn)).toEqual({ kind: 'nobody', cause: { because: 'away', people: ['sam'] } })
  })

  test('drops out of a role without a rota, unless somebody stands in', () => {
    const day = 'from: 2026-01-07, to: 2026-01-07'
    expect(onDutyAt(rosterOf(absences(`{ person: fiona, ${day} }`)), samsTurn, 'finance')).toEqual(['carl'])
    const stoodIn = rosterOf(absences(`{ person: fiona, ${day}, substitute: sid }`))
    expect(onDutyAt(stoodIn, samsTurn, 'finance')).toEqual(['sid', 'carl'])
    const byColleague = rosterOf(absences(`{ person: fiona, ${day}, substitute: carl }`))
    expect(onDutyAt(byColleague, samsTurn, 'finance')).toEqual(['carl'])
  })
})

describe('an override', () => {
  test('adds somebody as well, and first', () => {
    const roster = rosterOf(overrides(`{ role: support, ${fromTo}, add: suzy }`))
    expect(onDutyAt(roster, '2026-01-07T08:59:59.999Z')).toEqual(['sam'])
    expect(onDutyAt(roster, '2026-01-07T09:00Z')).toEqual(['suzy', 'sam'])
    expect(onDutyAt(roster, '2026-01-07T17:00Z')).toEqual(['sam'])
    expect(why(roster, samsTurn)).toMatchObject({
      reasons: [
        { by: 'override', override: { change: 'add', person: 'suzy' } },
        { by: 'turn', turn: 1 },
      ],
    })
  })

  test('removes somebody; what is left of one is a gap', () => {
    const roster = rosterOf(overrides(`{ role: support, ${fromTo}, remove: sam }`))
    expect(onDutyAt(roster, samsTurn)).toEqual([])
    expect(why(roster, samsTurn)).toMatchObject({
      kind: 'nobody',
      cause: { because: 'removed', overrides: [{ change: 'remove', person: 'sam' }] },
    })
  })

  test('replaces somebody in their place', () => {
    const roster = rosterOf(overrides(`{ role: finance, ${fromTo}, replace: { fiona: sid } }`))
    expect(onDutyAt(roster, samsTurn, 'finance')).toEqual(['sid', 'carl'])
    expect(why(roster, samsTurn, 'finance')).toMatchObject({
      reasons: [{ by: 'override', inPlaceOf: 'fiona' }, { by: 'role' }],
    })
  })

  test('changes nothing when whom it replaces is not on duty', () => {
    const roster = rosterOf(overrides(`{ role: support, ${fromTo}, replace: { sid: suzy } }`))
    expect(onDutyAt(roster, samsTurn)).toEqual(['sam'])
  })

  test('lets two people swap', () => {
    const roster = rosterOf(overrides(`{ role: finance, ${fromTo}, replace: { fiona: carl, carl: fiona } }`))
    expect(onDutyAt(roster, samsTurn, 'finance')).toEqual(['carl', 'fiona'])
  })

  test('adds before it removes, whichever comes first in the file', () => {
    const roster = rosterOf(
      overrides(`{ role: support, ${fromTo}, remove: suzy }`, `{ role: support, ${fromTo}, add: suzy }`),
    )
    expect(onDutyAt(roster, samsTurn)).toEqual(['sam'])
  })

  test('that adds and another that removes the rest leaves the one who was added', () => {
    const roster = rosterOf(
      overrides(`{ role: support, ${fromTo}, remove: sam }`, `{ role: support, ${fromTo}, add: suzy }`),
    )
    expect(onDutyAt(roster, samsTurn)).toEqual(['suzy'])
  })

  test('adds by subject what begins and ends together, and nobody twice', () => {
    const roster = rosterOf(
      overrides(`{ role: support, ${fromTo}, add: sid }`, `{ role: support, ${fromTo}, add: sam }`),
    )
    expect(onDutyAt(roster, samsTurn)).toEqual(['sam', 'sid'])
  })

  test('has the last word after absences', () => {
    const roster = rosterOf(
      absences('{ person: suzy, from: 2026-01-07, to: 2026-01-07 }'),
      overrides(`{ role: support, ${fromTo}, add: suzy }`),
    )
    expect(onDutyAt(roster, samsTurn)).toEqual(['suzy', 'sam'])
  })

  test('counts for its role only', () => {
    const roster = rosterOf(overrides(`{ role: controller, ${fromTo}, remove: carl }`))
    expect(onDutyAt(roster, samsTurn, 'controller')).toEqual([])
    expect(onDutyAt(roster, samsTurn, 'finance')).toEqual(['fiona', 'carl'])
  })
})

describe('a rota of shifts', () => {
  const shifts = `  finance:
    zone: Europe/London
    shifts:
      - { person: carl, from: 2026-01-07, to: 2026-01-08 }
      - { person: fiona, from: 2026-01-05T09:00:00Z, to: 2026-01-07T09:00:00Z }
`

  test('has those on duty whose shift it is, in the order of the beginnings', () => {
    const roster = rosterOf(shifts)
    const at = ['2026-01-06T12:00Z', '2026-01-07T08:00Z', '2026-01-07T09:00Z']
    expect(at.map((instant) => onDutyAt(roster, instant, 'finance'))).toEqual([
      ['fiona'],
      ['fiona', 'carl'],
      ['carl'],
    ])
    expect(why(roster, '2026-01-07T08:00Z', 'finance')).toEqual({
      kind: 'on-duty',
      reasons: [
        { by: 'shift', shift: 2 },
        { by: 'shift', shift: 1 },
      ],
    })
  })

  test('has a gap between shifts', () => {
    expect(why(rosterOf(shifts), '2026-01-09T00:00Z', 'finance')).toEqual({
      kind: 'nobody',
      cause: { because: 'no-shift' },
    })
  })

  test('has whose shift is next for somebody who is away without a substitute', () => {
    const roster = rosterOf(shifts, absences('{ person: fiona, from: 2026-01-06, to: 2026-01-06 }'))
    expect(onDutyAt(roster, '2026-01-06T12:00Z', 'finance')).toEqual(['carl'])
    expect(why(roster, '2026-01-06T12:00Z', 'finance')).toMatchObject({
      reasons: [{ by: 'next-in-rota', for: ['fiona'], planned: { by: 'shift', shift: 2 } }],
    })
  })
})
