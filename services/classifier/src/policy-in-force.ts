import type { Table } from '@holdpoint/chassis'
import { type Policy, parsePolicy } from '@holdpoint/policy'

/** The policy that judges, and the number under which it was published. */
export interface InForce {
  version: number
  policy: Policy
}

/** A published version that cannot be read. */
export interface Unreadable {
  version: number
  problem: string
}

export type PublishedPolicies = Pick<Table<'policy.versions.v1'>, 'values' | 'onChange'>

/**
 * Keeps up with what is published; the answer is the newest version that can be read, undefined before there is one.
 * The desk publishes no other, so that a version which cannot be read is a fault: it is reported once, and the last
 * good one stays in force.
 */
export function policyInForce(
  published: PublishedPolicies,
  report: (unreadable: Unreadable) => void,
): () => InForce | undefined {
  const unreadable = new Set<number>()
  let inForce: InForce | undefined
  published.onChange(() => {
    for (const { version, text } of newestFirst(published)) {
      if (version <= (inForce?.version ?? 0)) return
      if (unreadable.has(version)) continue
      const parsed = parsePolicy(text)
      if ('policy' in parsed) {
        inForce = { version, policy: parsed.policy }
        return
      }
      unreadable.add(version)
      const errors = parsed.errors.map(({ line, column, message }) => `${line}:${column} ${message}`)
      report({ version, problem: errors.slice(0, 5).join('; ') })
    }
  })
  return () => inForce
}

function newestFirst(published: PublishedPolicies) {
  return published.values().sort((one, other) => other.version - one.version)
}
