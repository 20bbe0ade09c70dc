import { cannotClassify, evidenceDigest } from '@holdpoint/policy'
import type { Finding, Findings, RouterState } from '@holdpoint/schemas'

/**
 * Findings that do not follow the last ones say so by a finding of their own: what the missing revisions asked for or
 * changed has been judged by nobody, so the order owner looks at it. The first findings of an order have none before
 * them: older ones may have been deleted by now.
 */
export function withMissed({ revision: last }: RouterState, findings: Findings): Findings {
  const { revision } = findings
  if (last === 0 || revision <= last + 1) return findings
  return { ...findings, findings: [...findings.findings.filter(isOther), missed(last, findings)] }
}

const isOther = ({ type }: Finding): boolean => type !== cannotClassify

/** Together with the rules that had no answer, of which there is one finding for all. */
function missed(last: number, { revision, findings }: Findings): Finding {
  const unanswered = findings.find(({ type }) => type === cannotClassify)
  const which =
    revision === last + 2 ? `Revision ${last + 1} was` : `Revisions ${last + 1} to ${revision - 1} were`
  const problem = `${which} never judged, so what they asked for or changed is known to nobody: look at the dead letters of the order.`
  const evidence = [
    ...(unanswered?.evidence ?? []),
    { expression: 'revision', value: `${revision} after ${last}` },
  ]
  return {
    type: cannotClassify,
    basis: 'MOMENTARY',
    requestId: '',
    evidence,
    evidenceDigest: evidenceDigest(evidence),
    problem: [unanswered?.problem, problem].filter(Boolean).join(' '),
  }
}
