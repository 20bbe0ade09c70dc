import { calendarOf, silenceMessage } from '@holdpoint/policy'
import { dueAt } from '@holdpoint/policy/calendar'
import type { RouterState, TimerFired } from '@holdpoint/schemas'
import type { DomainEvent, NewEvent } from '../record/event.ts'
import { noticeIdOf } from '../record/ids.ts'
import type { Context } from '../record/input.ts'
import { keepsWaiting } from '../record/state.ts'
import { tell } from './notice-events.ts'

/*
 * The customer of a held order is never without a message for longer than the policy's `customer-silence`, in the
 * order owner's calendar: since the hold began, or since the last message was asked for.
 */

/** The order with its silence counted on: anew when a hold begins or a message goes out, not at all without a hold. */
export function countSilence(
  before: RouterState,
  after: RouterState,
  events: readonly DomainEvent[],
  context: Context,
): RouterState {
  if (before === after) return after
  const isHeld = after.cases.some(keepsWaiting)
  const { customerSilence, orderOwner } = isHeld
    ? context.policy(after.policyVersion)
    : { customerSilence: null, orderOwner: '' }
  if (customerSilence === null) return after.silence ? { ...after, silence: null } : after
  if (after.silence && !events.some(isTold)) return after
  const version = after.silenceVersion + 1
  const due = dueAt(calendarOf(context.policy(after.policyVersion), orderOwner), context.now, customerSilence)
  return { ...after, silence: { version, dueAt: due }, silenceVersion: version }
}

/** A message went out, or could not: the record says so, and the next attempt comes after the same time. */
const isTold = ({ type }: DomainEvent): boolean => type === 'NOTICE_REQUESTED' || type === 'NOTICE_FAILED'

/** The silence has lasted long enough: the customer hears that the order is not forgotten. */
export function breakSilence(state: RouterState, { version }: TimerFired): NewEvent[] {
  const { silence, cases, orderId, policyVersion } = state
  if (!silence || silence.version !== version) return []
  const holding = cases.filter(keepsWaiting)
  const noticeId = noticeIdOf(orderId, `silence:${version}`)
  return tell(
    state,
    holding.map(({ caseId }) => ({ caseId, message: silenceMessage })),
    { noticeId, policyVersion, reason: 'The customer has heard nothing for as long as the policy allows.' },
  )
}
