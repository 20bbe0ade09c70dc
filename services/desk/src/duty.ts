import { type CompiledRoster, compileRoster, parseRoster } from '@holdpoint/policy/duty'
import type { Database } from './database/port.ts'
import { findRoster, rosterInForce } from './read/versions.ts'

/** Who works here and who is on duty: the newest roster that this desk can read; undefined while there is none. */
export type Duty = () => Promise<CompiledRoster | undefined>

export function createDuty(database: Database): Duty {
  let kept: { version: number; roster: CompiledRoster | undefined } | undefined
  return async () => {
    const version = await rosterInForce(database)
    if (kept?.version !== version) kept = { version, roster: await compiled(database, version) }
    return kept.roster
  }
}

async function compiled(database: Database, version: number): Promise<CompiledRoster | undefined> {
  const published = await findRoster(database, version)
  const read = published && parseRoster(published.text)
  return read && 'roster' in read ? compileRoster(read.roster) : undefined
}
