import { zoneOf } from '../time/zone.ts'
import { periodIn } from './period.ts'
import type { Absence } from './roster.ts'
import { type Span, type Spans, spansOf } from './spans.ts'

/** An absence and its place in the file. */
export type NumberedAbsence = Absence & { index: number }

export interface AbsenceConflict {
  /** Place of the absence that makes it. */
  index: number
  message: string
  hint: string
}

type Timed = NumberedAbsence & Span
type ByPerson = ReadonlyMap<string, Spans<Timed>>

/**
 * Absences that leave open who stands in: two of one person at the same time that name different substitutes, and
 * people who stand in for one another in a circle at some instant. Dates are looked at in each zone.
 */
export function absenceConflicts(
  absences: readonly NumberedAbsence[],
  zones: readonly string[],
): AbsenceConflict[] {
  const found = zones.flatMap((zone) => {
    const timed = absences.map((absence) => ({ ...absence, ...periodIn(zoneOf(zone), absence) }))
    const groups = Map.groupBy(timed, ({ person }) => person)
    const byPerson = new Map([...groups].map(([person, own]) => [person, spansOf(own)] as const))
    return [
      ...[...groups.values()].flatMap(ambiguous),
      ...timed.flatMap((absence) => circle(absence, byPerson)),
    ]
  })
  return [...new Map(found.map((conflict) => [`${conflict.index} ${conflict.message}`, conflict])).values()]
}

/** Compares each absence of a person with the one before it that lasts longest: of those that overlap, one is found. */
function ambiguous(absences: readonly Timed[]): AbsenceConflict[] {
  const sorted = absences.toSorted((one, other) => one.fromMs - other.fromMs)
  let before = sorted[0] as Timed
  return sorted.flatMap((absence) => {
    const found = absence.fromMs < before.toMs && absence.substitute !== before.substitute
    const index = Math.max(absence.index, before.index)
    if (absence.toMs > before.toMs) before = absence
    const message = `two absences of "${absence.person}" overlap, and do not have the same substitute`
    return found ? [{ index, message, hint: 'let one end before the other begins' }] : []
  })
}

/** A circle comes about at the beginning of one of its absences. */
function circle(absence: Timed, byPerson: ByPerson): AbsenceConflict[] {
  const members = [absence]
  for (;;) {
    const substitute = members.at(-1)?.substitute
    if (substitute === absence.person) return [circleOf(members)]
    const next = substitute === undefined ? undefined : byPerson.get(substitute)?.at(absence.fromMs)[0]
    if (!next || members.includes(next)) return []
    members.push(next)
  }
}

function circleOf(members: readonly Timed[]): AbsenceConflict {
  const names = members.map(({ person }) => `"${person}"`).sort()
  return {
    index: Math.max(...members.map(({ index }) => index)),
    message: `${names.slice(0, -1).join(', ')} and ${names.at(-1)} stand in for one another at the same time`,
    hint: 'nobody would be there: name another substitute for one of them',
  }
}
