import type { Outgoing } from '@holdpoint/chassis'
import type { CaseState, Instant, RouterState, Timer, TimerKind } from '@holdpoint/schemas'
import { retryTimerId } from '../customer/notice-events.ts'
import { isOpen } from '../record/state.ts'

/** What the order's timers need so that exactly those of `after` are pending: the new ones, and ends of the others. */
export function timerChanges(before: RouterState, after: RouterState): Outgoing<'timers.schedule.v1'>[] {
  if (
    before.cases === after.cases &&
    before.notices === after.notices &&
    before.staffNotices === after.staffNotices &&
    before.silence === after.silence
  )
    return []
  const was = pendingTimers(before)
  const is = pendingTimers(after)
  const ended = [...was.keys()].filter((timerId) => !is.has(timerId)).map((timerId) => put(timerId, null))
  const changed = [...is.values()].filter((timer) => was.get(timer.timerId)?.version !== timer.version)
  return [...ended, ...changed.map((timer) => put(timer.timerId, timer))]
}

/**
 * The timers that an order waits for: the deadline and the reminder of each open case or the answer it waits for, the
 * next attempt of each failed notice, and the end of the silence towards the customer.
 */
export function pendingTimers(state: RouterState): Map<string, Timer> {
  const { orderId, silence } = state
  const timers = state.cases.filter(isOpen).flatMap((one) => caseTimers(orderId, one))
  for (const notice of state.notices) {
    if (notice.retryAt === null) continue
    const { timerVersion: version, retryAt: dueAt, caseIds } = notice
    const timerId = retryTimerId(notice)
    timers.push({ timerId, orderId, caseId: caseIds[0] ?? '', kind: 'NOTICE_RETRY', version, dueAt })
  }
  for (const notice of state.staffNotices) {
    if (notice.retryAt === null) continue
    const { timerVersion: version, retryAt: dueAt, caseIds } = notice
    const timerId = retryTimerId(notice)
    timers.push({ timerId, orderId, caseId: caseIds[0] ?? '', kind: 'NOTICE_RETRY', version, dueAt })
  }
  if (silence)
    timers.push({ timerId: silenceTimerId(orderId), orderId, caseId: '', kind: 'SILENCE', ...silence })
  return new Map(timers.map((timer) => [timer.timerId, timer]))
}

export const silenceTimerId = (orderId: string): string => `${orderId}:silence`

const suffixes = { DEADLINE: 'deadline', REMINDER: 'reminder', ANSWER: 'answer' } as const satisfies Partial<
  Record<TimerKind, string>
>

export const caseTimerId = (caseId: string, kind: keyof typeof suffixes): string =>
  `${caseId}:${suffixes[kind]}`

function caseTimers(orderId: string, { caseId, clock, question }: CaseState): Timer[] {
  const due: [kind: keyof typeof suffixes, at: Instant | null | undefined][] = [
    ['DEADLINE', clock.deadline],
    ['REMINDER', clock.remindAt],
    ['ANSWER', question?.answerBy],
  ]
  return due.flatMap(([kind, dueAt]) =>
    typeof dueAt === 'number'
      ? [{ timerId: caseTimerId(caseId, kind), orderId, caseId, kind, version: clock.version, dueAt }]
      : [],
  )
}

function put(timerId: string, value: Timer | null): Outgoing<'timers.schedule.v1'> {
  return { topic: 'timers.schedule.v1', key: timerId, value }
}
