import { describe, expect, test } from 'vitest'
import { rosterWith } from '../testing/sample-roster.ts'
import { compileRoster } from './compile-roster.ts'
import { gaps } from './gaps.ts'
import { type Roster, type TurnRota, usualNotify } from './roster.ts'

const terms = { type: 'terms', owner: 'finance', backup: 'controller' }
const address = { type: 'address', owner: 'support', backup: 'finance' }

/** Holes of some days of January 2026, as text. */
function holesOf(roster: Roster, types: (typeof terms)[], from: string, to: string): string[] {
  const question = { roster: compileRoster(roster), types, fromMs: Date.parse(from), toMs: Date.parse(to) }
  return gaps(question).map((hole) => `${hole.type} ${hole.what} ${minute(hole.from)} ${minute(hole.to)}`)
}

const minute = (at: number) => new Date(at).toISOString().slice(0, 16)

describe('gaps', () => {
  test('are none when somebody else is always there', () => {
    expect(holesOf(rosterWith(), [address, terms], '2026-01-05T09:00Z', '2026-04-05')).toEqual([])
  })

  test('are there before a rota starts, and outside its hours', () => {
    const roster = rosterWith('    hours: { mon-fri: "09:00-17:00" }\n')
    expect(holesOf(roster, [address], '2026-01-04T00:00Z', '2026-01-06T12:00Z')).toEqual([
      'address no-owner 2026-01-04T00:00 2026-01-05T09:00',
      'address no-owner 2026-01-05T17:00 2026-01-06T09:00',
    ])
  })

  test('tell a backup that is the owner', () => {
    const roster = rosterWith('absences:\n  - { person: fiona, from: 2026-01-07, to: 2026-01-08 }\n')
    expect(holesOf(roster, [terms], '2026-01-06', '2026-01-10')).toEqual([
      'terms same-person 2026-01-07T00:00 2026-01-09T00:00',
    ])
  })

  test('are none when a second backup is there beside the owner', () => {
    const roster = rosterWith(`overrides:
  - { role: finance, from: 2026-01-07, to: 2026-01-07, remove: fiona }
  - { role: controller, from: 2026-01-07, to: 2026-01-07, add: fiona }
`)
    expect(holesOf(roster, [terms], '2026-01-06', '2026-01-10')).toEqual([])
  })

  test('tell owner and backup apart when both are missing, and come by time', () => {
    const day = 'from: 2026-01-07, to: 2026-01-07'
    const roster = rosterWith(`overrides:
  - { role: finance, ${day}, remove: fiona }
  - { role: finance, ${day}, remove: carl }
  - { role: controller, from: 2026-01-07T12:00:00Z, to: 2026-01-08T12:00:00Z, remove: carl }
`)
    expect(holesOf(roster, [address, terms], '2026-01-06', '2026-01-10')).toEqual([
      'address no-backup 2026-01-07T00:00 2026-01-08T00:00',
      'terms no-owner 2026-01-07T00:00 2026-01-08T00:00',
      'terms no-backup 2026-01-07T12:00 2026-01-08T12:00',
    ])
  })

  test('of a role that nobody has last the whole time', () => {
    expect(holesOf(rosterWith(), [{ ...terms, backup: 'sales' }], '2026-01-06', '2026-01-07')).toEqual([
      'terms no-backup 2026-01-06T00:00 2026-01-07T00:00',
    ])
  })

  test('of ninety days, thirty types and twenty roles with turns of eight hours are found in a moment', () => {
    const question = largeQuestion()
    gaps(question)
    const before = performance.now()
    expect(gaps(question).length).toBeGreaterThan(0)
    expect(performance.now() - before).toBeLessThan(1_000)
  })
})

function largeQuestion() {
  const roles = Array.from({ length: 20 }, (_, index) => `role-${index}`)
  const people = Array.from({ length: 20 }, (_, index) => ({
    subject: `p${index}`,
    name: '',
    email: '',
    roles,
    notify: usualNotify,
  }))
  const rotas = roles.map<TurnRota>((role, index) => ({
    kind: 'turns',
    role,
    zone: ['Europe/London', 'America/New_York', 'Asia/Tokyo'][index % 3] as string,
    handOver: 360,
    turn: { count: 8, unit: 'hour' },
    starts: '2026-01-01',
    people: people.map(({ subject }) => subject),
    week: [],
  }))
  const types = Array.from({ length: 30 }, (_, index) => ({
    type: `type-${index}`,
    owner: roles[index % 20] as string,
    backup: roles[(index * 7 + 1) % 20] as string,
  }))
  const roster = compileRoster({
    zone: 'UTC',
    people,
    rotas,
    absences: [],
    overrides: [],
    channels: new Map(),
  })
  return { roster, types, fromMs: Date.UTC(2026, 2, 1), toMs: Date.UTC(2026, 4, 30) }
}
