import type { Path } from '../reading/yaml-source.ts'
import { dayMs } from '../time/dates.ts'
import { zoneOf } from '../time/zone.ts'
import { type CompiledRoster, compileRoster } from './compile-roster.ts'
import type { Doubt } from './doubt.ts'
import { periodIn } from './period.ts'
import type { Absence, Override, Person, Roster } from './roster.ts'
import { rotaDoubts } from './rota-doubts.ts'
import { pieces } from './shifts.ts'
import { takenOff } from './who-is-on-duty.ts'

/**
 * Stand-ins without the role, people who are put on duty while they are away, overrides that change nothing, turns that
 * are lost.
 */
export function doubts(roster: Roster): Doubt[] {
  const people = new Map(roster.people.map((person) => [person.subject, person]))
  const compiled = compileRoster(roster)
  return [
    ...roster.rotas.flatMap(rotaDoubts),
    ...roster.absences.flatMap((absence, index) => substituteDoubts(absence, index, people)),
    ...roster.overrides.flatMap((override, index) => [
      ...roleDoubts(override, index, people),
      ...awayDoubts(override, index, roster),
      ...idleDoubts(override, index, roster, compiled),
    ]),
  ]
}

type People = ReadonlyMap<string, Person>

function substituteDoubts({ person, substitute }: Absence, index: number, people: People): Doubt[] {
  if (substitute === undefined) return []
  const roles = people.get(person)?.roles ?? []
  return lacking(['absences', index, 'substitute'], substitute, roles, people)
}

function roleDoubts(override: Override, index: number, people: People): Doubt[] {
  return mentions(override, index).on.flatMap(({ path, subject }) =>
    lacking(path, subject, [override.role], people),
  )
}

function lacking(path: Path, subject: string, roles: readonly string[], people: People): Doubt[] {
  const lacks = roles.filter((role) => !people.get(subject)?.roles.includes(role))
  if (lacks.length === 0) return []
  const listed = lacks.join(', ')
  const message = `"${subject}" does not have the role ${listed}`
  return [
    { path, message, hint: `if that is meant, leave it; else add ${listed} to the roles of "${subject}"` },
  ]
}

function awayDoubts(override: Override, index: number, roster: Roster): Doubt[] {
  const zone = zoneOf(zoneOfRole(override.role, roster))
  const { fromMs, toMs } = periodIn(zone, override)
  return mentions(override, index).on.flatMap(({ path, subject }) =>
    roster.absences
      .filter(({ person }) => person === subject)
      .map((absence) => periodIn(zone, absence))
      .filter((away) => away.fromMs < toMs && fromMs < away.toMs)
      .slice(0, 1)
      .map(() => ({
        path,
        message: `"${subject}" is away then`,
        hint: 'an override has the last word: name somebody who is there',
      })),
  )
}

/** Nobody writes a longer override by mistake, and it would take long to look at. */
const longestMs = 400 * dayMs

function idleDoubts(override: Override, index: number, roster: Roster, compiled: CompiledRoster): Doubt[] {
  const { fromMs, toMs } = periodIn(zoneOf(zoneOfRole(override.role, roster)), override)
  const duty = compiled.duties.get(override.role)
  if (!duty || toMs - fromMs > longestMs) return []
  const taken = pieces(duty, fromMs, toMs).flatMap(([from]) => takenOff(duty, from))
  const own = taken.filter((one) => one.override === override)
  return mentions(override, index)
    .off.filter(({ subject }) => !own.some(({ person }) => person === subject))
    .map(({ path, subject }) => ({ path, ...idleWords(subject, override.role, taken) }))
}

function idleWords(subject: string, role: string, taken: readonly { person: string }[]): Omit<Doubt, 'path'> {
  if (taken.some(({ person }) => person === subject))
    return {
      message: `another override takes "${subject}" off as ${role} then, so this one changes nothing`,
      hint: 'of two about one person, the one that begins later goes first: keep one of them',
    }
  return {
    message: `"${subject}" is not on duty as ${role} then, so nothing changes`,
    hint: 'look at the times, or name who is on duty',
  }
}

interface Mention {
  path: Path
  subject: string
}

/** Whom an override puts on duty, and whom it takes off. */
function mentions(override: Override, index: number): { on: Mention[]; off: Mention[] } {
  const path = ['overrides', index]
  switch (override.change) {
    case 'add':
      return { on: [{ path: [...path, 'add'], subject: override.person }], off: [] }
    case 'remove':
      return { on: [], off: [{ path: [...path, 'remove'], subject: override.person }] }
    case 'replace': {
      const pairs = override.pairs.map((pair) => ({ ...pair, path: [...path, 'replace', pair.person] }))
      return {
        on: pairs.map((pair) => ({ path: pair.path, subject: pair.by })),
        off: pairs.map((pair) => ({ path: pair.path, subject: pair.person })),
      }
    }
    default:
      return override satisfies never
  }
}

function zoneOfRole(role: string, { zone, rotas }: Roster): string {
  return rotas.find((rota) => rota.role === role)?.zone ?? zone
}
