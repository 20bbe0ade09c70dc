import { suggest } from '../reading/did-you-mean.ts'
import type { Path, YamlSource } from '../reading/yaml-source.ts'
import { zoneProblem } from '../time/zone-problem.ts'
import type { SoundPerson, SoundRoster } from './sound-roster.ts'

/** What is checked, and against which people. */
export interface RosterCheck {
  parts: SoundRoster
  source: YamlSource
  /** By subject; undefined as long as somebody's subject is wrong, since every mention would then seem wrong too. */
  people: ReadonlyMap<string, SoundPerson> | undefined
  /** Roles that somebody has; undefined as long as somebody's roles are wrong. */
  roles: ReadonlySet<string> | undefined
  /** Zones that dates can be taken in, as far as they are known. */
  zones: ReadonlySet<string>
}

export function checkZone({ source }: RosterCheck, path: Path, zone: string | undefined): void {
  const problem = zone === undefined ? undefined : zoneProblem(zone)
  if (problem) source.report(path, problem.message, problem.hint)
}

/** Reports a subject that nobody has. */
export function checkPerson(check: RosterCheck, path: Path, subject: string | undefined): void {
  const unknown = subject === undefined ? undefined : noPerson(check, subject)
  if (unknown) check.source.report(path, ...unknown)
}

/** What is wrong with a subject that nobody has, and what to write instead. */
export function noPerson(
  { people }: RosterCheck,
  subject: string,
): [message: string, hint: string] | undefined {
  if (!people || people.has(subject)) return undefined
  const meant = [...people.values()].find(({ name, email }) => subject === name || subject === email)
  return [
    `there is no person "${subject}"`,
    meant ? `write the subject: ${meant.subject}` : suggest(subject, [...people.keys()]),
  ]
}

/** Reports a subject that nobody has, or whose person has not the role. */
export function checkMember(check: RosterCheck, path: Path, subject: string | undefined, role: string): void {
  checkPerson(check, path, subject)
  const person = subject === undefined ? undefined : check.people?.get(subject)
  if (check.roles?.has(role) && person?.roles && !person.roles.includes(role))
    check.source.report(
      path,
      `"${subject}" does not have the role ${role}`,
      `add ${role} to the roles of "${subject}", or name somebody else`,
    )
}

/** A role that nobody has, and what to write instead. */
export function noRole(role: string, roles: ReadonlySet<string>): [message: string, hint: string] {
  return [`nobody has the role "${role}"`, suggest(role, [...roles])]
}
