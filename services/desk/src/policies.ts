import { type Policy, parsePolicy } from '@holdpoint/policy'
import type { Database } from './database/port.ts'
import { findPolicy } from './read/versions.ts'

/** How many versions are kept as read. */
const mostKept = 20

/** Published policies by version, read once; undefined for one that there is not, or that this desk is too old to read. */
export type Policies = (version: number) => Promise<Policy | undefined>

export function createPolicies(database: Database): Policies {
  const kept = new Map<string, Policy | undefined>()
  return async (version) => {
    const published = await findPolicy(database, version)
    if (!published) return undefined
    const { text } = published
    if (!kept.has(text)) {
      const read = parsePolicy(text)
      kept.set(text, 'policy' in read ? read.policy : undefined)
      if (kept.size > mostKept) kept.delete(kept.keys().next().value as string)
    }
    return kept.get(text)
  }
}
