import type { CaseFacts, Hand } from '@holdpoint/policy/authority'
import type { Assignee, CaseState, Request, RouterState } from '@holdpoint/schemas'
import type { Context } from './input.ts'
import { isOpen } from './state.ts'
import { typeInForce } from './type-in-force.ts'

/** A case of the record, as far as it says who may do what about it. */
export function factsOf(state: Pick<RouterState, 'requests'>, one: CaseState): CaseFacts {
  const { name, level, actions, assignee, raisedBy, question, proposal, clock } = one
  const { approvals, approvedFor, correctionId, correctedBy } = one
  return {
    ...{ name, level, actions, raisedBy, question, approvals, approvedFor, clock },
    isOpen: isOpen(one),
    ended: { outcome: one.outcome, by: one.closedBy, reason: one.closedReason },
    assignee: assignee.subject,
    request: requestOf(state, one) ?? null,
    proposedBy: proposal ? proposal.by.subject : null,
    correctedBy: correctionId === '' ? null : correctedBy,
  }
}

/** Whose turn it could be to decide a case. */
export function handOf(state: RouterState, one: CaseState, context: Context): Hand {
  return { ...factsOf(state, one), type: typeInForce(one, context) }
}

/** What a case is about and waits for its answer; undefined for nothing. */
export function requestOf(
  { requests }: Pick<RouterState, 'requests'>,
  { requestId }: Pick<CaseState, 'requestId'>,
): Request | undefined {
  if (requestId === '') return undefined
  return requests.find(({ request }) => request.requestId === requestId)?.request
}

export const assigneeOf = ({ subject, name }: Assignee): Assignee => ({ subject, name })
