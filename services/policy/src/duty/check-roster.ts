import { suggest } from '../reading/did-you-mean.ts'
import type { YamlSource } from '../reading/yaml-source.ts'
import { zoneProblem } from '../time/zone-problem.ts'
import { checkAbsences } from './check-absences.ts'
import { checkZone, type RosterCheck } from './check-mentions.ts'
import { checkOverride } from './check-overrides.ts'
import { checkRota } from './check-rota.ts'
import type { SoundRoster } from './sound-roster.ts'

/** Reports what does not fit together: people and roles that are not there, times, hours, substitutes. */
export function checkRoster(parts: SoundRoster, source: YamlSource): void {
  const check = { parts, source, ...mentioned(parts), zones: zonesOf(parts) }
  checkZone(check, ['zone'], parts.zone)
  checkPeople(check)
  for (const role of Object.keys(parts.rotas)) checkRota(check, role)
  checkChannels(check)
  checkAbsences(check)
  for (const [index, override] of parts.overrides.entries()) checkOverride(check, index, override)
}

/** A role that nobody has is a misspelt one: its channel would hear nothing, and the role's own nothing either. */
function checkChannels({ parts: { channels }, roles, source }: RosterCheck): void {
  if (!roles) return
  for (const role of Object.keys(channels))
    if (!roles.has(role))
      source.reportName(['channels', role], `nobody has the role "${role}"`, suggest(role, [...roles]))
}

function mentioned({ people }: SoundRoster): Pick<RosterCheck, 'people' | 'roles'> {
  const bySubject = new Map(people.flatMap((person) => (person.subject ? [[person.subject, person]] : [])))
  const roles = new Set(people.flatMap((person) => person.roles ?? []))
  return {
    people: people.length > 0 && people.every(({ subject }) => subject) ? bySubject : undefined,
    roles: people.length > 0 && people.every((person) => person.roles) ? roles : undefined,
  }
}

/** A person may have duty in several rotas, so that the same absence is in several zones. */
function zonesOf({ zone = 'UTC', rotas }: SoundRoster): Set<string> {
  const zones = new Set([zone, ...Object.values(rotas).flatMap((rota) => rota.zone ?? [])])
  return new Set([...zones].filter((name) => !zoneProblem(name)))
}

function checkPeople({ parts: { people }, source }: RosterCheck): void {
  const subjects = people.map(({ subject }) => subject)
  for (const [index, { subject, roles = [] }] of people.entries()) {
    if (subject !== undefined && subjects.indexOf(subject) < index)
      source.report(
        ['people', index, 'subject'],
        `"${subject}" is listed twice`,
        'each person has one subject',
      )
    if (subject !== undefined && /^(system|customer):/.test(subject))
      source.report(
        ['people', index, 'subject'],
        `"${subject}" begins as the name of a service, or of a customer`,
        'a subject is any other word, such as sam',
      )
    for (const [place, role] of roles.entries())
      if (roles.indexOf(role) < place)
        source.report(['people', index, 'roles', place], `"${role}" is listed twice`, 'once is enough')
  }
}
