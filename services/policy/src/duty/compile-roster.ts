import { type Zone, zoneOf } from '../time/zone.ts'
import { byPrecedence } from './overriding.ts'
import { periodIn } from './period.ts'
import { type Plan, planOf } from './plan.ts'
import type { Absence, Override, Person, Roster } from './roster.ts'
import { type Spans, spansOf } from './spans.ts'
import type { Timed } from './timed.ts'

/** A roster made ready for questions. */
export interface CompiledRoster {
  people: ReadonlyMap<string, Person>
  duties: ReadonlyMap<string, RoleDuty>
  channels: Roster['channels']
}

/** All that decides who of one role is on duty. */
export interface RoleDuty {
  plan: Plan
  /** By subject. */
  absences: ReadonlyMap<string, Spans<Timed<Absence>>>
  /** By precedence, whatever their order in the file. */
  overrides: Spans<Timed<Override>>
}

/** Takes a roster that `parseRoster` found sound. */
export function compileRoster(roster: Roster): CompiledRoster {
  const rotas = new Map(roster.rotas.map((rota) => [rota.role, rota]))
  const roles = new Set([...roster.people.flatMap((person) => person.roles), ...rotas.keys()])
  const absences = absencesByZone(roster.absences)
  const duties = [...roles].map((role) => {
    const rota = rotas.get(role)
    const zone = rota?.zone ?? roster.zone
    const own = roster.overrides.filter((override) => override.role === role)
    const plan = planOf(role, rota, roster.people)
    const overrides = spansOf(timed(own, zoneOf(zone)).toSorted(byPrecedence))
    return [role, { plan, absences: absences(zone), overrides }] as const
  })
  return {
    people: new Map(roster.people.map((person) => [person.subject, person])),
    duties: new Map(duties),
    channels: roster.channels,
  }
}

/** A date of an absence is another span of time in each zone. */
function absencesByZone(absences: readonly Absence[]): (zone: string) => RoleDuty['absences'] {
  const known = new Map<string, RoleDuty['absences']>()
  const ofPerson = Map.groupBy(absences, ({ person }) => person)
  return (zone) => {
    const read =
      known.get(zone) ??
      new Map([...ofPerson].map(([person, own]) => [person, spansOf(timed(own, zoneOf(zone)))] as const))
    known.set(zone, read)
    return read
  }
}

function timed<One extends Absence | Override>(all: readonly One[], zone: Zone): Timed<One>[] {
  return all.map((one) => ({ ...periodIn(zone, one), one }))
}
