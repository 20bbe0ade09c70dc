import type { Actor, CaseClosed, CaseState, Finding, Findings } from '@holdpoint/schemas'
import type { NewEvent } from '../record/event.ts'
import { router } from '../record/input.ts'
import type { Arrival } from './arrival.ts'
import { isFullyJudged } from './coverage.ts'

/*
 * Whoever puts fields right does not end the case by that: it goes on, with its clock, its level and its history, until
 * a revision carries the fields, and only then does the rule say whether the case is over. So no correction, however
 * often it is repeated, keeps an order from the backup.
 */

/** What a revision says of the correction of an open case; undefined when it says nothing of it. */
export function correctionCameBack(
  one: CaseState,
  arrival: Arrival,
  found: Finding | undefined,
  findings: Findings,
): NewEvent | undefined {
  switch (arrival) {
    case 'NONE':
    case 'UNDER_WAY':
      return undefined
    case 'OVERTAKEN':
      return settled(
        one,
        `Upstream changed the same fields first, so nothing was applied: look at revision ${findings.revision} again.`,
      )
    case 'ARRIVED':
      return arrived(one, found, findings)
    default:
      return arrival satisfies never
  }
}

/** A rule that stands as long as it is true says itself whether it is cured; of any other case the person has said so. */
function arrived(one: CaseState, found: Finding | undefined, findings: Findings): NewEvent {
  if (found?.basis === 'STANDING') return notCured(one, found, findings)
  if (one.basis === 'STANDING' && !isFullyJudged(findings))
    return settled(
      one,
      `Revision ${findings.revision} carries what was put right; not every rule could be judged on it.`,
    )
  return cured(one)
}

/** It ends as the work of the person who put it right, with their reason. */
function cured({ caseId, policyVersion, correctedBy, correctedReason }: CaseState): NewEvent {
  const actor: Actor = { ...correctedBy, roles: [] }
  const closed: CaseClosed = {
    outcome: 'CORRECTED',
    corrections: [],
    asked: [],
    stops: [],
    correctionId: '',
    endedBy: '',
    forCustomer: '',
  }
  return { type: 'CLOSED', caseId, policyVersion, actor, reason: correctedReason, commandId: '', closed }
}

function notCured(one: CaseState, { evidence, evidenceDigest }: Finding, { revision }: Findings): NewEvent {
  const { name, subject } = one.correctedBy
  const reason = `Revision ${revision} carries what ${name || subject} put right, and the rule still holds: the case goes on.`
  return { ...by(one, reason), type: 'NOT_CURED', evidenceChanged: { evidence, evidenceDigest } }
}

function settled(one: CaseState, reason: string): NewEvent {
  return { ...by(one, reason), type: 'SETTLED' }
}

function by({ caseId, policyVersion }: CaseState, reason: string) {
  return { caseId, policyVersion, actor: router, reason, commandId: '' }
}
