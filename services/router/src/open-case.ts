import { calendarOf, cannotClassify, type ExceptionType, type Policy } from '@holdpoint/policy'
import { dueAt } from '@holdpoint/policy/calendar'
import type { Change, Finding, Findings, Instant } from '@holdpoint/schemas'
import type { NewEvent } from './event.ts'
import { caseIdOf } from './ids.ts'
import { router } from './input.ts'

/** Paths of changes that a case keeps. */
const mostPaths = 50

export interface Opening {
  finding: Finding
  findings: Findings
  policy: Policy
  /** The case whose approval no longer covers the values; empty when there is none. */
  earlierCase: string
}

/** A finding becomes a case of its type. The clock starts now, not when somebody takes it. */
export function openCase({ finding, findings, policy, earlierCase }: Opening, now: Instant): NewEvent {
  const type = typeOf(policy, finding)
  const { orderId, revision, policyVersion, changes } = findings
  return {
    type: 'OPENED',
    caseId: caseIdOf(orderId, finding.type, finding.requestId, revision),
    actor: router,
    reason: finding.problem || type.rule,
    commandId: '',
    policyVersion,
    opened: {
      type: finding.type,
      name: type.name,
      kind: type.kind,
      rule: type.rule,
      basis: finding.basis,
      requestId: finding.requestId,
      evidence: finding.evidence,
      evidenceDigest: finding.evidenceDigest,
      changed: finding.basis === 'MOMENTARY' ? changedBy(changes) : [],
      owner: type.owner,
      backup: type.backup || policy.orderOwner,
      deadline: dueAt(calendarOf(policy, type.owner), now, type.answerWithin),
      timerVersion: 1,
      holds: [...type.holds],
      actions: [...type.actions],
      mayCorrect: [...type.mayCorrect.fields],
      correctUntil: type.mayCorrect.until,
      earlierCase,
    },
  }
}

/** Of a revision that changed very many fields, only the parts of the order that they belong to. */
function changedBy(changes: readonly Change[]): string[] {
  const paths = changes.map(({ path }) => path)
  return paths.length > mostPaths ? [...new Set(paths.map((path) => path.split('.', 1)[0] ?? path))] : paths
}

function typeOf(policy: Policy, { type }: Finding): ExceptionType {
  const known = policy.types.get(type) ?? policy.types.get(cannotClassify)
  if (!known) throw new Error(`The policy has neither the type "${type}" nor "${cannotClassify}".`)
  return known
}
