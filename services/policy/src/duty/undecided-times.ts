import type { CompiledRoster } from './compile-roster.ts'
import type { Person } from './roster.ts'
import { shifts } from './shifts.ts'
import { type DecidedType, type Undecidable, undecidable, undecidableInWords } from './undecidable.ts'
import { isAway, whoIsOnDuty } from './who-is-on-duty.ts'

/** A time, in milliseconds since 1970, at which a kind of case of a type could not be decided by its owner role. */
export interface UndecidedTime extends Undecidable {
  type: string
  from: number
  to: number
}

interface Question {
  roster: CompiledRoster
  types: readonly DecidedType[]
  fromMs: number
  toMs: number
}

/**
 * When cases would go to the next level at once, since too few of the owner role are there: who has the role and is not
 * absent, and who stands in. Somebody who stands in for several, or has the role besides, counts once.
 */
export function undecidedTimes(question: Question): UndecidedTime[] {
  return question.types.flatMap((type) => timesOf(type, question)).sort((one, other) => one.from - other.from)
}

function timesOf(type: DecidedType, { roster, fromMs, toMs }: Question): UndecidedTime[] {
  if (!needsOthers(type)) return []
  const cuts = cutsOf(rolesOf(type), roster, fromMs, toMs)
  const found: UndecidedTime[] = []
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1] ?? toMs
    for (const one of undecidable(type, (role) => whoIsThere(roster, role, from))) {
      const last = found.findLast(({ what }) => what === one.what)
      const goesOn = last?.to === from && undecidableInWords(last, type) === undecidableInWords(one, type)
      if (goesOn) last.to = to
      else found.push({ type: type.type, from, to, ...one })
    }
  }
  return found
}

const needsOthers = ({ approvals, fourEyes, requestedBy }: DecidedType): boolean =>
  approvals > 1 || fourEyes || requestedBy.length > 0

const rolesOf = ({ owner, ladder, requestedBy }: DecidedType): Set<string> =>
  new Set([owner, ...ladder.map(({ to }) => to), ...requestedBy])

/** Those who could decide for a role at an instant, in the order of the roster. */
function whoIsThere(roster: CompiledRoster, role: string, atMs: number): readonly Person[] {
  const { onDuty } = whoIsOnDuty(roster, role, atMs)
  return [...roster.people.values()].filter(
    (person) =>
      onDuty.includes(person) || (person.roles.includes(role) && !isAway(roster, role, person.subject, atMs)),
  )
}

/** Instants at which somebody of these roles comes or goes, the first of them the beginning. */
function cutsOf(roles: ReadonlySet<string>, roster: CompiledRoster, fromMs: number, toMs: number): number[] {
  if (!(fromMs < toMs)) return []
  const edges = [...roles].flatMap((role) => [
    ...shifts(roster, role, fromMs, toMs).map(({ from }) => from),
    ...[...(roster.duties.get(role)?.absences.values() ?? [])].flatMap((absences) => absences.edges),
  ])
  const inside = edges.filter((edge) => fromMs < edge && edge < toMs).sort((one, other) => one - other)
  return [...new Set([fromMs, ...inside])]
}
