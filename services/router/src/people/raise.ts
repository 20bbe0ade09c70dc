import { type ExceptionType, other, type Policy } from '@holdpoint/policy'
import { isStaff } from '@holdpoint/policy/authority'
import { isBlank } from '@holdpoint/schemas'
import { hasRoom } from '../cases/case-limit.ts'
import { openByReason } from '../cases/open-case.ts'
import type { NewEvent } from '../record/event.ts'
import { caseIdBy } from '../record/ids.ts'
import { type Refusal, refuse } from '../record/refusal.ts'
import { hasStarted, isOpen } from '../record/state.ts'
import type { Asked } from './asked.ts'
import { checkRaisedFields } from './corrections.ts'
import { proposalIn } from './said-fields.ts'

export type Raise = Pick<Asked, 'command' | 'state' | 'staff' | 'now' | 'context'>

/** Staff open a case by hand: of a type of the policy, or of the type `other` for what has no name yet. */
export function decideRaise(raise: Raise): NewEvent[] | Refusal {
  const { command, state, context } = raise
  if (state.order === null)
    return refuse('UNKNOWN_ORDER', `No order ${command.orderId} has come in: a case is about an order.`)
  const policy = context.policy(state.policyVersion)
  const type = policy.types.get(command.type || other)
  if (!isStaff(command.actor, raise.staff?.roster))
    return refuse('NOT_INVOLVED', 'Only people of the roster raise cases.')
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
  const refusal = checkRaisedFields(raise, type) ?? checkHolds(raise, policy)
  if (refusal) return refusal
  const holds = holdsOf(raise, type)
  const { reason, commandId, actor, orderId } = command
  return openByReason(
    {
      type,
      caseId: caseIdBy(orderId, type.type, commandId),
      policyVersion: state.policyVersion,
      actor,
      reason,
      commandId,
      raisedBy: actor.subject,
      proposal: proposalIn(raise),
      holds,
    },
    context,
  )
}

/** What is asked to wait can: it has not started, and is called back only by somebody who says so. */
function checkHolds({ command, state }: Raise, { stages }: Policy): Refusal | undefined {
  const { holds, recall } = command
  const unknown = holds.find((stage) => !stages.includes(stage))
  if (unknown !== undefined)
    return refuse('ACTION_NOT_ALLOWED', `There is no stage "${unknown}" to hold: ${stages.join(', ')}.`)
  const started = holds.find((stage) => hasStarted(state, stage))
  if (started !== undefined)
    return refuse(
      'STAGE_STARTED',
      `${started} has started, so it cannot be held: leave it out, and tell those who do it.`,
    )
  const released = holds.find((stage) => isReleased(state, stage))
  if (released === undefined || recall) return undefined
  return refuse(
    'ACTION_NOT_ALLOWED',
    `${released} was released already: say that it is to be called back (recall), or leave it out.`,
  )
}

/**
 * Unless the raiser says which, what the type holds, as far as it can wait without calling it back; nothing for a mere
 * wish.
 */
function holdsOf({ command, state }: Raise, type: ExceptionType): string[] {
  if (command.holds.length > 0) return [...new Set(command.holds)]
  if (command.corrections.length > 0 || type.basis === 'REQUEST') return []
  return type.holds.filter(
    (stage) => !hasStarted(state, stage) && (command.recall || !isReleased(state, stage)),
  )
}

const isReleased = ({ verdicts }: Raise['state'], stage: string): boolean =>
  verdicts.some((one) => one.stage === stage && one.verdict === 'PROCEED')
