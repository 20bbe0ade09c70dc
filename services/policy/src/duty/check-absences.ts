import { absenceConflicts, type NumberedAbsence } from './absence-conflicts.ts'
import { checkPerson, type RosterCheck } from './check-mentions.ts'
import { checkPeriod } from './check-period.ts'
import type { SoundAbsence } from './sound-roster.ts'

export function checkAbsences(check: RosterCheck): void {
  const sound = check.parts.absences.flatMap((absence, index) => checkAbsence(check, index, absence) ?? [])
  for (const { index, message, hint } of absenceConflicts(sound, [...check.zones]))
    check.source.report(['absences', index, 'substitute'], message, hint)
}

function checkAbsence(check: RosterCheck, index: number, absence: SoundAbsence): NumberedAbsence | undefined {
  const path = ['absences', index]
  const { person, substitute } = absence
  checkPerson(check, [...path, 'person'], person)
  if (substitute !== undefined && substitute === person)
    check.source.report(
      [...path, 'substitute'],
      `"${person}" cannot stand in for "${person}"`,
      'name somebody else, or leave substitute out: then the next in the rota stands in',
    )
  else checkPerson(check, [...path, 'substitute'], substitute)
  const period = checkPeriod(check, path, absence, check.zones)
  return person !== undefined && period && substitute !== person
    ? { index, person, substitute, ...period }
    : undefined
}
