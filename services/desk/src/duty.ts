import {
  type CompiledRoster,
  compileRoster,
  type Person,
  parseRoster,
  whoIsOnDuty,
} from '@holdpoint/policy/duty'
import type { Database } from './database/port.ts'
import { findRoster, latestRoster } from './read/versions.ts'

/** Of these roles, the ones that a person has on duty at an instant, their own or another's. */
export type OnDuty = (subject: string, roles: readonly string[], now: number) => string[]

/** Who works here and who is on duty, by the newest roster that this desk can read. */
export interface Duty {
  /** Nobody while there is no roster. */
  onDuty: OnDuty
  /** Undefined while there is no roster. */
  people: readonly Person[] | undefined
}

export function createDuty(database: Database): () => Promise<Duty> {
  let kept: { version: number; roster: CompiledRoster | undefined } | undefined
  return async () => {
    const version = await latestRoster(database)
    if (kept?.version !== version) kept = { version, roster: await compiled(database, version) }
    const { roster } = kept
    return {
      onDuty: (subject, roles, now) =>
        roster ? roles.filter((role) => isOnDuty(roster, role, subject, now)) : [],
      people: roster && [...roster.people.values()],
    }
  }
}

const isOnDuty = (roster: CompiledRoster, role: string, subject: string, now: number): boolean =>
  whoIsOnDuty(roster, role, now).onDuty.some((person) => person.subject === subject)

async function compiled(database: Database, version: number): Promise<CompiledRoster | undefined> {
  const published = await findRoster(database, version)
  const read = published && parseRoster(published.text)
  return read && 'roster' in read ? compileRoster(read.roster) : undefined
}
