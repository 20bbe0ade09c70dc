import type { Outgoing } from '@holdpoint/chassis'
import type { RouterState, Timer } from '@holdpoint/schemas'
import { deadlineTimerId } from './decide.ts'
import { retryTimerId } from './notice-events.ts'
import { isOpen } from './state.ts'

/** What the order's timers need so that exactly those of `after` are pending: the new ones, and ends of the others. */
export function timerChanges(before: RouterState, after: RouterState): Outgoing<'timers.schedule.v1'>[] {
  if (before.cases === after.cases && before.notices === after.notices) return []
  const was = pendingTimers(before)
  const is = pendingTimers(after)
  const ended = [...was.keys()].filter((timerId) => !is.has(timerId)).map((timerId) => put(timerId, null))
  const changed = [...is.values()].filter((timer) => was.get(timer.timerId)?.version !== timer.version)
  return [...ended, ...changed.map((timer) => put(timer.timerId, timer))]
}

/** The timers that an order waits for: the deadline of each open case, the next attempt of each failed notice. */
export function pendingTimers(state: RouterState): Map<string, Timer> {
  const { orderId } = state
  const timers = new Map<string, Timer>()
  for (const one of state.cases) {
    if (!isOpen(one) || one.deadline === null) continue
    const { caseId, timerVersion: version, deadline: dueAt } = one
    const timerId = deadlineTimerId(one)
    timers.set(timerId, { timerId, orderId, caseId, kind: 'DEADLINE', version, dueAt })
  }
  for (const notice of state.notices) {
    if (notice.retryAt === null) continue
    const { timerVersion: version, retryAt: dueAt, caseIds } = notice
    const timerId = retryTimerId(notice)
    timers.set(timerId, { timerId, orderId, caseId: caseIds[0] ?? '', kind: 'NOTICE_RETRY', version, dueAt })
  }
  return timers
}

function put(timerId: string, value: Timer | null): Outgoing<'timers.schedule.v1'> {
  return { topic: 'timers.schedule.v1', key: timerId, value }
}
