import { type FileError, type Policy, parsePolicy } from '@holdpoint/policy'
import type { PolicyVersion } from '@holdpoint/schemas'
import { PolicyMissing } from './input.ts'

/** Published policies by version, each read once. */
export interface Policies {
  /** Raises PolicyMissing while the version has not arrived. */
  get(version: number): Policy
}

/** `published` looks a version up in policy.versions.v1, by its key. */
export function policiesOf(published: { get(key: string): PolicyVersion | undefined }): Policies {
  const read = new Map<number, Policy>()
  return {
    get(version) {
      const known = read.get(version)
      if (known) return known
      const found = published.get(String(version))
      if (!found) throw new PolicyMissing(version)
      const parsed = parsePolicy(found.text)
      if ('errors' in parsed) throw unreadable(version, parsed.errors)
      read.set(version, parsed.policy)
      return parsed.policy
    },
  }
}

/** The desk publishes nothing that cannot be read: this router is older than the policy. */
function unreadable(version: number, errors: readonly FileError[]): Error {
  const all = errors.map(({ line, column, message }) => `${line}:${column} ${message}`).join('; ')
  return new Error(
    `Policy version ${version} cannot be read by this router, which may be too old for it: ${all}`,
  )
}
