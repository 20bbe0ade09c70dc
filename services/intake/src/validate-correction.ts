import type { Problem } from '@holdpoint/chassis'
import { aheadProblems, type Instant, type OrderCorrection } from '@holdpoint/schemas'

/**
 * Everything about a correction that no case can have authorised, as far as that shows without knowing the cases: they
 * are the router's. Whether its fields are still as the person saw them is for the overlay, which says so in a revision;
 * two cases may settle one request, so that the second finds it settled.
 */
export function correctionProblems(correction: OrderCorrection, now: Instant): Problem[] {
  return [
    ...idProblems(correction),
    ...settlementProblems(correction),
    ...aheadProblems('at', correction.at, now),
  ]
}

/** The case that authorised it, and for the how manieth time: a number from 1 on. */
function idProblems({ correctionId, caseId }: OrderCorrection): Problem[] {
  if (caseId === '') return [{ path: 'caseId', message: 'is missing: only a case authorises a correction.' }]
  const count = correctionId.startsWith(`${caseId}:`) ? correctionId.slice(caseId.length + 1) : ''
  if (/^[1-9]\d{0,8}$/.test(count)) return []
  return [
    { path: 'correctionId', message: `is "${correctionId}", but must be "${caseId}:" and a number from 1.` },
  ]
}

function settlementProblems({ requestId, settlement, corrections }: OrderCorrection): Problem[] {
  if (settlement === 'UNKNOWN')
    return [{ path: 'settlement', message: 'is not known: APPROVED, REJECTED or NONE.' }]
  if (requestId !== '' && settlement === 'NONE')
    return [{ path: 'settlement', message: `is missing: say what became of request "${requestId}".` }]
  if (requestId === '' && settlement !== 'NONE')
    return [{ path: 'requestId', message: `is missing: ${settlement} says what became of a request.` }]
  if (requestId === '' && corrections.length === 0)
    return [
      { path: 'corrections', message: 'are missing, and no request is settled: it authorises nothing.' },
    ]
  return []
}
