import { judge } from '@holdpoint/policy'
import type { Findings, Instant, Revision } from '@holdpoint/schemas'
import type { InForce } from './policy-in-force.ts'

/** What the policy says about a revision, with everything of the revision that the router needs. */
export function findingsOf(revision: Revision, { version, policy }: InForce, at: Instant): Findings {
  const {
    orderId,
    revision: number,
    digest,
    order,
    changes,
    stages,
    requests,
    cancelled,
    overridden,
  } = revision
  return {
    orderId,
    revision: number,
    digest,
    policyVersion: version,
    order,
    changes,
    stages,
    requests,
    cancelled,
    overridden,
    findings: judge(policy, revision),
    at,
  }
}
