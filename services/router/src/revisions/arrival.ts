import type { CaseState, Findings } from '@holdpoint/schemas'
import { readField } from '@holdpoint/schemas'

/**
 * Where the correction of a closed case stands, seen from a revision:
 * - NONE: the case has none on its way.
 * - UNDER_WAY: the revision was made before intake took the correction.
 * - ARRIVED: the revision carries it; for a request: the request is settled.
 * - OVERTAKEN: upstream changed one of its fields first, so intake applied nothing of it.
 * Intake answers every correction with exactly one revision, so UNDER_WAY always ends.
 */
export type Arrival = 'NONE' | 'UNDER_WAY' | 'ARRIVED' | 'OVERTAKEN'

export function arrivalOf(one: CaseState, findings: Findings): Arrival {
  if (one.correctionId === '') return 'NONE'
  if (findings.overridden.some(({ correctionId }) => correctionId === one.correctionId)) return 'OVERTAKEN'
  return carries(findings, one) ? 'ARRIVED' : 'UNDER_WAY'
}

function carries({ order, requests }: Findings, { requestId, corrections }: CaseState): boolean {
  if (requestId !== '') return !requests.some(({ request }) => request.requestId === requestId)
  return corrections.every(({ path, value }) => readField(order, path) === value)
}
