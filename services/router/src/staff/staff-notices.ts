import type { Outgoing } from '@holdpoint/chassis'
import type { StaffOccasion } from '@holdpoint/policy/duty'
import type { NoticeOutcome, RouterState, StaffNotice, TimerFired } from '@holdpoint/schemas'
import { backOffOf, retryTimerId } from '../customer/notice-events.ts'
import type { DomainEvent } from '../record/event.ts'
import { attemptId, noticeIdOf } from '../record/ids.ts'
import type { Context, Input } from '../record/input.ts'
import { caseOf, isOpen } from '../record/state.ts'
import { atDesk, type Way, waysTo, waysToRole } from './reach.ts'
import { staffRequest } from './staff-request.ts'
import { isUnderWay, unreachedId, withUnreached } from './undelivered.ts'
import { type Heard, whoHears } from './who-hears.ts'

/*
 * Messages to staff are no events of a case: who has it and why is told by the events themselves. What is kept of them is
 * what has still to be sent, or waits for an outcome. One message for each person, order and occasion, however many cases.
 */

/** So many messages to staff about one order may be under way; beyond that, the desk's lists tell. */
const mostUnderWay = 60

export interface Staffed {
  state: RouterState
  publish: Outgoing<'notices.requested.v1'>[]
}

/** What staff are told after an input. `state` is given back as it is when there is nothing. */
export function tellStaff(
  before: RouterState,
  state: RouterState,
  { input, events }: { input: Input; events: readonly DomainEvent[] },
  context: Context,
): Staffed {
  const settled = settle(state, input, context)
  const begun = newNotices(whoHears(before, state, events, context), state, context).filter(
    (one) => !state.staffFailures.includes(attemptId(one)),
  )
  const kept = [...settled.notices, ...begun].slice(0, mostUnderWay)
  const sent = [...settled.again, ...begun.filter(({ retryAt }) => retryAt === null)].filter((one) =>
    kept.includes(one),
  )
  const publish = sent.flatMap((notice) => staffRequest(state, notice, context))
  const staffNotices = kept.filter(
    (one) => one.retryAt !== null || !sent.includes(one) || wasSent(one, publish),
  )
  const same =
    staffNotices.length === state.staffNotices.length &&
    staffNotices.every((one, i) => one === state.staffNotices[i])
  return { state: withUnreached(same ? state : { ...state, staffNotices }, begun), publish }
}

const wasSent = ({ noticeId }: StaffNotice, publish: Staffed['publish']): boolean =>
  publish.some(({ value }) => value?.noticeId === noticeId)

function newNotices(heard: readonly Heard[], state: RouterState, context: Context): StaffNotice[] {
  const roster = context.roster()?.roster
  if (!roster) return []
  const byWay = new Map<string, StaffNotice>()
  for (const one of heard) {
    const { occasion, caseId, person, role, said, by } = one
    const policy = context.policy(caseOf(state, caseId)?.policyVersion ?? state.policyVersion)
    const ways =
      occasion === 'unreached'
        ? [atDesk(person)]
        : [
            waysTo(person, occasion, { role, policy, now: context.now }),
            ...waysToRole(role, occasion, roster),
          ]
    for (const way of ways) {
      const notice = noticeBy(way, { occasion, said, by }, state, context)
      const known = byWay.get(notice.noticeId) ?? notice
      byWay.set(notice.noticeId, { ...known, caseIds: [...new Set([...known.caseIds, caseId])] })
    }
  }
  return [...byWay.values()]
}

function noticeBy(
  { channel, person, role, notBefore }: Way,
  { occasion, said, by }: { occasion: StaffOccasion; said: string; by: string },
  { orderId, eventSequence }: RouterState,
  { now }: Context,
): StaffNotice {
  const noticeId =
    occasion === 'unreached'
      ? unreachedId(by, person, now)
      : noticeIdOf(orderId, JSON.stringify(['staff', occasion, channel, person, role, eventSequence]))
  return {
    noticeId,
    ...{ occasion, caseIds: [], person, role, said, by, channel },
    attempt: notBefore === null ? 1 : 0,
    timerVersion: 0,
    retryAt: notBefore,
  }
}

/** What an outcome or a timer does to the messages under way. `again`: those whose next attempt is made now. */
function settle(
  state: RouterState,
  input: Input,
  context: Context,
): { notices: StaffNotice[]; again: StaffNotice[] } {
  const { staffNotices: notices } = state
  if (notices.length === 0) return { notices, again: [] }
  if (input.kind === 'notice') return { notices: afterOutcome(notices, input.outcome, context), again: [] }
  if (input.kind === 'timer' && input.fired.kind === 'NOTICE_RETRY') return afterTimer(state, input.fired)
  return { notices, again: [] }
}

function afterOutcome(notices: StaffNotice[], outcome: NoticeOutcome, { now }: Context): StaffNotice[] {
  const open = notices.find((one) => isUnderWay(one, outcome))
  if (!open) return notices
  const wait = outcome.status === 'SENT' ? undefined : backOffOf(open.attempt, outcome)
  if (wait === undefined) return notices.filter((one) => one !== open)
  return notices.map((one) =>
    one === open ? { ...one, timerVersion: open.attempt, retryAt: now + wait } : one,
  )
}

function afterTimer(state: RouterState, { timerId, version }: TimerFired) {
  const { staffNotices: notices } = state
  const due = notices.find((one) => retryTimerId(one) === timerId && one.timerVersion === version)
  if (!due || due.retryAt === null) return { notices, again: [] }
  if (isPointless(due, state)) return { notices: notices.filter((one) => one !== due), again: [] }
  const next = { ...due, attempt: due.attempt + 1, retryAt: null }
  return { notices: notices.map((one) => (one === due ? next : one)), again: [next] }
}

/** By the time at which it may be sent, somebody else may have it, or nobody needs to know any more. */
function isPointless({ occasion, caseIds, person }: StaffNotice, state: RouterState): boolean {
  if (occasion === 'decided' || occasion === 'unreachable') return false
  const cases = caseIds.flatMap((caseId) => caseOf(state, caseId) ?? []).filter(isOpen)
  if (occasion === 'asked') return !cases.some(({ question }) => question !== null)
  if (occasion === 'review' || person === '') return cases.length === 0
  return !cases.some(({ assignee }) => assignee.subject === person || assignee.subject === '')
}
