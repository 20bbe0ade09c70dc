import type { CaseFacts, Hand, Situation, Who } from '@holdpoint/policy/authority'
import type { Actor, Assignee, CaseState, Request, RouterState } from '@holdpoint/schemas'
import type { Context } from './input.ts'
import type { Asked } from './refusal.ts'
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

export function situationOf({ state, one, type, policy, staff, now, context }: Asked): Situation {
  const version = context.latestPolicy()
  return {
    one: factsOf(state, one),
    type,
    orderOwner: policy.orderOwner,
    roster: staff?.roster,
    now,
    newest: { version, hasType: version > 0 && context.policy(version).types.has(one.type) },
  }
}

/** The record says of people what their subject, name and roles were; addresses are in the roster. */
export const whoActs = ({ subject, name, roles }: Actor): Who => ({ subject, name, roles, email: '' })

/** What a case is about and waits for its answer; undefined for nothing. */
export function requestOf(
  { requests }: Pick<RouterState, 'requests'>,
  { requestId }: Pick<CaseState, 'requestId'>,
): Request | undefined {
  if (requestId === '') return undefined
  return requests.find(({ request }) => request.requestId === requestId)?.request
}

export const assigneeOf = ({ subject, name }: Assignee): Assignee => ({ subject, name })
