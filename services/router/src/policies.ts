import type { Table } from '@holdpoint/chassis'
import { type FileError, type Policy, parsePolicy } from '@holdpoint/policy'
import { type Context, NotYetArrived } from './input.ts'

/** Published policies by version, each read once. */
export type Policies = Pick<Context, 'policy' | 'latestPolicy'>

/** `published`: policy.versions.v1, whose keys are the versions. */
export function policiesOf(published: Pick<Table<'policy.versions.v1'>, 'get' | 'onChange'>): Policies {
  const read = new Map<number, Policy>()
  let latest = 0
  published.onChange((_, found) => {
    latest = Math.max(latest, found?.version ?? 0)
  })
  return {
    policy(version) {
      const known = read.get(version)
      if (known) return known
      const found = published.get(String(version))
      if (!found) throw new NotYetArrived('policy.versions.v1', version)
      const parsed = parsePolicy(found.text)
      if ('errors' in parsed) throw unreadable('Policy', version, parsed.errors)
      read.set(version, parsed.policy)
      return parsed.policy
    },
    latestPolicy: () => latest,
  }
}

/** The desk publishes nothing that cannot be read: this router is older than the file. */
export function unreadable(what: 'Policy' | 'Roster', version: number, errors: readonly FileError[]): Error {
  const all = errors.map(({ line, column, message }) => `${line}:${column} ${message}`).join('; ')
  return new Error(
    `${what} version ${version} cannot be read by this router, which may be too old for it: ${all}`,
  )
}
