import { type CompiledRoster, compileRoster } from '../duty/compile-roster.ts'
import { parseRoster } from '../duty/parse-roster.ts'
import { type Roster, type TurnRota, usualNotify } from '../duty/roster.ts'
import { whoIsOnDuty } from '../duty/who-is-on-duty.ts'

/** A roster file for tests: a weekly rota for support, none for finance. */
export const rosterText = `zone: Europe/London
people:
  - { subject: sam, name: Sam Okafor, email: sam@harbour-gifts.example, roles: [support] }
  - { subject: suzy, name: Suzy Lau, email: suzy@harbour-gifts.example, roles: [support] }
  - { subject: sid, name: Sid Novak, email: sid@harbour-gifts.example, roles: [support] }
  - { subject: fiona, name: Fiona Walsh, email: fiona@harbour-gifts.example, roles: [finance] }
  - { subject: carl, name: Carl Lindqvist, email: carl@harbour-gifts.example, roles: [finance, controller] }
rotas:
  support:
    hand-over: "09:00"
    turn: 1 week
    starts: 2026-01-05
    people: [sam, suzy, sid]
`

/** The same with more at its end, such as absences. */
export function rosterWith(...more: string[]): Roster {
  return readRoster([rosterText, ...more].join(''))
}

export function readRoster(text: string): Roster {
  const read = parseRoster(text)
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1))
  return read.roster
}

/** A roster with one rota of turns, whose people all have its role. */
export function turnRoster(own: Partial<TurnRota>): CompiledRoster {
  const people = own.people ?? ['ann', 'bob', 'cy']
  const rota: TurnRota = {
    kind: 'turns',
    role: 'support',
    zone: 'Europe/London',
    handOver: 540,
    turn: { count: 1, unit: 'week' },
    starts: '2026-01-05',
    people,
    week: [],
    ...own,
  }
  const persons = [...new Set(people)].map((subject) => ({
    subject,
    name: subject,
    email: '',
    roles: ['support'],
    notify: usualNotify,
  }))
  return compileRoster({
    zone: 'UTC',
    people: persons,
    rotas: [rota],
    absences: [],
    overrides: [],
    channels: new Map(),
  })
}

/** Subjects on duty, in order, at an instant such as `2026-01-05T09:00Z`. */
export function onDutyAt(roster: CompiledRoster, at: string | number, role = 'support'): string[] {
  const atMs = typeof at === 'number' ? at : Date.parse(at)
  return whoIsOnDuty(roster, role, atMs).onDuty.map(({ subject }) => subject)
}
