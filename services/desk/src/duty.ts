import { type CompiledRoster, compileRoster, parseRoster, whoIsOnDuty } from '@holdpoint/policy/duty'
import type { Database } from './database/port.ts'
import { findRoster, latestRoster } from './read/versions.ts'

/** Of these roles, the ones that a person has on duty at an instant, their own or another's. */
export type OnDuty = (subject: string, roles: readonly string[], now: number) => string[]

/** Who is on duty by the newest roster that this desk can read; nobody while there is none. */
export function createDuty(database: Database): () => Promise<OnDuty> {
  let kept: { version: number; roster: CompiledRoster | undefined } | undefined
  return async () => {
    const version = await latestRoster(database)
    if (kept?.version !== version) kept = { version, roster: await compiled(database, version) }
    const { roster } = kept
    return (subject, roles, now) =>
      roster ? roles.filter((role) => isOnDuty(roster, role, subject, now)) : []
  }
}

const isOnDuty = (roster: CompiledRoster, role: string, subject: string, now: number): boolean =>
  whoIsOnDuty(roster, role, now).onDuty.some((person) => person.subject === subject)

async function compiled(database: Database, version: number): Promise<CompiledRoster | undefined> {
  const published = await findRoster(database, version)
  const read = published && parseRoster(published.text)
  return read && 'roster' in read ? compileRoster(read.roster) : undefined
}
