import { cannotClassify } from '@holdpoint/policy'
import type { CaseState, Finding, Findings } from '@holdpoint/schemas'
import { sha256 } from '@holdpoint/schemas'

/**
 * An approved change that upstream overtook would be lost without a word: no rule looks at it again, as the request
 * is settled. It becomes a finding for the order owner. A standing rule needs none: it judges the new values itself.
 */
export function overtakenFindings(overtaken: readonly CaseState[], findings: Findings): Finding[] {
  const lost = overtaken.filter(({ basis }) => basis !== 'STANDING')
  if (lost.length === 0) return []
  const ids = new Set(lost.map(({ correctionId }) => correctionId))
  const evidence = findings.overridden
    .filter(({ correctionId }) => ids.has(correctionId))
    .map(({ path, corrected, upstream }) => ({
      expression: path,
      value: `decided "${corrected}", upstream says "${upstream}"`,
    }))
  const names = lost.map(({ name }) => `"${name}"`).join(', ')
  return [
    {
      type: cannotClassify,
      basis: 'MOMENTARY',
      requestId: '',
      evidence,
      evidenceDigest: sha256(JSON.stringify([...ids, evidence])),
      problem: `What was decided for ${names} could not be applied: upstream changed the same fields first.`,
    },
  ]
}
