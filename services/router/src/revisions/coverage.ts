import type { CaseState, Finding, Findings, RouterState } from '@holdpoint/schemas'
import type { Arrival } from './arrival.ts'

/** A finding beside the last closed case of its type and request. */
export interface Recurrence {
  latest: CaseState
  arrival: Arrival
  finding: Finding
  findings: Findings
  /** The order's record before this revision. */
  before: RouterState
}

/** Whether the way in which the last case ended settles this finding too, so that no new case opens. */
export function isCovered({ latest, arrival, finding, findings, before }: Recurrence): boolean {
  if (arrival === 'UNDER_WAY') return true
  const same = finding.evidenceDigest === latest.evidenceDigest
  switch (finding.basis) {
    case 'REQUEST':
      return (
        isBeingSettled(before, findings, finding.requestId) || (same && wasOpen(before, finding.requestId))
      )
    case 'STANDING':
      return isStandingStop(latest) || (same && isDecided(latest))
    case 'MOMENTARY':
    case 'PERSON':
    case 'UNKNOWN':
      return (
        arrival === 'ARRIVED' ||
        isStandingStop(latest) ||
        (same && isDecided(latest) && !touches(latest, findings))
      )
    default:
      return finding.basis satisfies never
  }
}

/**
 * Whether the values behind a rejected case have changed, so that its stages are judged afresh. A rule that could
 * not be judged never counts as no.
 */
export function isRejectionOver(one: CaseState, found: Finding | undefined, findings: Findings): boolean {
  if (one.basis !== 'STANDING')
    return touches(one, findings) || (one.changed.length === 0 && hasChanged(findings))
  return found ? found.evidenceDigest !== one.evidenceDigest : isFullyJudged(findings)
}

export function isFullyJudged({ findings }: Findings): boolean {
  return findings.every(({ problem }) => problem === '')
}

/** Whether the revision changes a field that the one behind the case had changed, or part of such a field. */
function touches({ changed }: CaseState, { changes }: Findings): boolean {
  return changed.some((before) => changes.some(({ path }) => within(path, before) || within(before, path)))
}

function hasChanged({ changes }: Findings): boolean {
  return changes.length > 0
}

function within(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`)
}

/** A person stopped it: no values bring it back. */
function isStandingStop({ outcome }: CaseState): boolean {
  return outcome === 'STOPPED'
}

function isDecided({ outcome }: CaseState): boolean {
  return outcome === 'APPROVED' || outcome === 'REJECTED'
}

/** Whether the request was there before this revision: an id that comes back later is another request. */
function wasOpen(before: RouterState, requestId: string): boolean {
  return before.requests.some(({ request }) => request.requestId === requestId)
}

/** Whether another case has decided the request, and intake has not settled it yet. */
function isBeingSettled({ cases }: RouterState, { requests }: Findings, requestId: string): boolean {
  const open = requests.some(({ request }) => request.requestId === requestId)
  return open && cases.some((one) => one.requestId === requestId && one.correctionId !== '')
}
