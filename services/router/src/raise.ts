import { other } from '@holdpoint/policy'
import { isBlank } from '@holdpoint/schemas'
import { isStaff } from './authority.ts'
import { hasRoom } from './case-limit.ts'
import { checkRaisedFields } from './corrections.ts'
import { proposalIn } from './deciding.ts'
import type { NewEvent } from './event.ts'
import { caseIdBy } from './ids.ts'
import { askForNotice } from './notice-events.ts'
import { openByReason } from './open-case.ts'
import { type Asked, type Refusal, refuse } from './refusal.ts'
import { isOpen } from './state.ts'

export type Raise = Pick<Asked, 'command' | 'state' | 'staff' | 'now' | 'context'>

/** Staff open a case by hand: of a type of the policy, or of the type `other` for what has no name yet. */
export function decideRaise(raise: Raise): NewEvent[] | Refusal {
  const { command, state, context } = raise
  if (state.order === null)
    return refuse('UNKNOWN_ORDER', `No order ${command.orderId} has come in: a case is about an order.`)
  const policy = context.policy(state.policyVersion)
  const type = policy.types.get(command.type || other)
  if (!isStaff(command.actor, raise)) return refuse('NOT_INVOLVED', 'Only people of the roster raise cases.')
  if (!type || (type.when === '' && type.type !== other))
    return refuse(
      'ACTION_NOT_ALLOWED',
      `The policy has no type "${command.type}": raise "${other}", and say what it is.`,
    )
  if (isBlank(command.reason)) return refuse('REASON_MISSING', 'Say what is the matter.')
  if (state.cancelled)
    return refuse('ACTION_NOT_ALLOWED', 'The order was cancelled: nothing is left to decide.')
  const open = state.cases.find((one) => one.type === type.type && one.requestId === '' && isOpen(one))
  if (open && type.type !== other)
    return refuse('ACTION_NOT_ALLOWED', `It is open already, as case ${open.caseId}.`)
  if (!hasRoom(state))
    return refuse('ACTION_NOT_ALLOWED', 'The order has too many cases already: decide those.')
  const fields = checkRaisedFields(raise, type)
  if (fields) return fields
  const { reason, commandId, actor, orderId } = command
  const opened = openByReason(
    {
      type,
      caseId: caseIdBy(orderId, type.type, commandId),
      policyVersion: state.policyVersion,
      actor,
      reason,
      commandId,
      raisedBy: actor.subject,
      proposal: proposalIn(raise),
    },
    context,
  )
  return [...opened, ...askForNotice(opened, state, `raised:${commandId}`, policy)]
}
