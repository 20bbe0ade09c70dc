import type { Table } from '@holdpoint/chassis'
import { type Policy, parsePolicy } from '@holdpoint/policy'
import { newestReadable, type Unreadable } from '@holdpoint/policy/published'

/** The policy that judges, and the number under which it was published. */
export interface InForce {
  version: number
  policy: Policy
}

export type PublishedPolicies = Pick<Table<'policy.versions.v1'>, 'values' | 'onChange'>

/** The newest policy that can be read; undefined before there is one. */
export function policyInForce(
  published: PublishedPolicies,
  report: (unreadable: Unreadable) => void,
): () => InForce | undefined {
  const newest = newestReadable(published, readPolicy, report)
  return () => {
    const found = newest()
    return found && { version: found.version, policy: found.content }
  }
}

function readPolicy(text: string) {
  const parsed = parsePolicy(text)
  return 'policy' in parsed ? { content: parsed.policy } : parsed
}
