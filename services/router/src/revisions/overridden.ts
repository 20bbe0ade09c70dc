import { correctionOverridden } from '@holdpoint/policy'
import type { CaseState, Finding, Findings, RouterState } from '@holdpoint/schemas'
import { sha256 } from '@holdpoint/schemas'
import { isOpen } from '../record/state.ts'

/**
 * Upstream changed a field that somebody had put right, or was about to: what people decided would be lost without a
 * word. It becomes a finding for the order owner, unless the rule behind the correction looks at the new value itself.
 */
export function overriddenFindings({ cases }: RouterState, findings: Findings): Finding[] {
  const lost = findings.overridden.filter(({ correctionId }) => {
    const one = cases.find(({ caseId }) => correctionId.startsWith(`${caseId}:`))
    return !one || !isJudgedAnew(one, findings)
  })
  if (lost.length === 0) return []
  const names = cases.filter(({ caseId }) =>
    lost.some(({ correctionId }) => correctionId.startsWith(`${caseId}:`)),
  )
  const evidence = lost.map(({ path, corrected, upstream }) => ({
    expression: path,
    value: `decided "${corrected}", upstream says "${upstream}"`,
  }))
  const about = names.length > 0 ? ` for ${names.map(({ name }) => `"${name}"`).join(', ')}` : ''
  return [
    {
      type: correctionOverridden,
      basis: 'MOMENTARY',
      requestId: '',
      evidence,
      evidenceDigest: sha256(JSON.stringify([findings.revision, evidence])),
      problem: `What was decided${about} no longer stands: upstream changed the same fields.`,
    },
  ]
}

/** A case that is open is with its owner still. */
function isJudgedAnew(one: CaseState, { findings }: Findings): boolean {
  return isOpen(one) || (one.basis === 'STANDING' && findings.some(({ type }) => type === one.type))
}
