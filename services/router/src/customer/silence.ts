import { calendarOf } from '@holdpoint/policy'
import { dueAt } from '@holdpoint/policy/calendar'
import type { Instant, RouterState, TimerFired } from '@holdpoint/schemas'
import type { DomainEvent, NewEvent } from '../record/event.ts'
import { noticeIdOf } from '../record/ids.ts'
import type { Context } from '../record/input.ts'
import { isOfCustomer } from '../record/notice-names.ts'
import { keepsWaiting } from '../record/state.ts'
import { occasionOf, tell } from './notice-events.ts'
import { brokenPromiseOf, promiseOf } from './order-now.ts'

/*
 * The customer of a held order is never without a message for longer than the policy's `customer-silence`, in the
 * order owner's calendar: since the hold began, or since the last message was asked for. And what a letter promised is
 * kept: who was told to hear from us by an instant does, at the latest then.
 */

/** The order with its silence counted on: anew when a hold begins or a message goes out, not at all without a hold. */
export function countSilence(
  before: RouterState,
  after: RouterState,
  events: readonly DomainEvent[],
  context: Context,
): RouterState {
  if (before === after) return after
  if (!after.cases.some(keepsWaiting))
    return after.silence || after.promised !== null ? { ...after, silence: null, promised: null } : after
  const isWritten = events.some(isTold)
  const promised = isWritten ? promisedNow(after, events, context) : after.promised
  if (after.silence && !isWritten) return after
  const due = Math.min(silenceEnds(after, context), promised ?? Number.POSITIVE_INFINITY)
  if (due === Number.POSITIVE_INFINITY) return { ...after, silence: null, promised }
  const version = after.silenceVersion + 1
  return { ...after, promised, silence: { version, dueAt: due }, silenceVersion: version }
}

function silenceEnds({ policyVersion }: RouterState, context: Context): Instant {
  const policy = context.policy(policyVersion)
  const { customerSilence, orderOwner } = policy
  if (customerSilence === null) return Number.POSITIVE_INFINITY
  return dueAt(calendarOf(policy, orderOwner), context.now, customerSilence)
}

/** What the letter that has just been asked for promises, as it is composed from the same record. */
function promisedNow(after: RouterState, events: readonly DomainEvent[], { now }: Context): Instant | null {
  const last = events.findLast((event) => event.type === 'NOTICE_REQUESTED')
  return last?.type === 'NOTICE_REQUESTED' ? promiseOf(after, occasionOf(last.notice.message), now) : null
}

/** A message went out, or could not: the record says so, and the next attempt comes after the same time. */
const isTold = (event: DomainEvent): boolean =>
  (event.type === 'NOTICE_REQUESTED' || event.type === 'NOTICE_FAILED') && isOfCustomer(event.notice.message)

/** The silence has lasted long enough: the customer hears that the order is not forgotten. */
export function breakSilence(state: RouterState, { version }: TimerFired, { now }: Context): NewEvent[] {
  const { silence, cases, orderId, policyVersion } = state
  if (!silence || silence.version !== version) return []
  const holding = cases.filter(keepsWaiting).map(({ caseId }) => caseId)
  const noticeId = noticeIdOf(orderId, `silence:${version}`)
  const reason =
    brokenPromiseOf(state, now) === null
      ? 'The customer has heard nothing for as long as the policy allows.'
      : 'The customer was told to hear from us by now.'
  return tell(state, holding, 'silence', { noticeId, policyVersion, reason })
}
