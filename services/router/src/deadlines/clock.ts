import { type Calendar, calendarOf, type ExceptionType, type Policy } from '@holdpoint/policy'
import {
  type Counts,
  type Deadline,
  pauseAt,
  resumeAt,
  startDeadline,
  startReminder,
} from '@holdpoint/policy/calendar'
import type { CaseClock, ClockCounts, Instant } from '@holdpoint/schemas'

/** How often the clock of a case may be stopped. */
export const mostPauses = 50

/** The policy that a clock goes by. */
export interface Rules {
  policy: Policy
  version: number
  type: ExceptionType
}

/** The clock of a case that opens, or opens again: the owner's time to answer, from now on. */
export function startClock({ policy, version, type }: Rules, timers: number, now: Instant): CaseClock {
  const calendar = calendarOf(policy, type.owner)
  const { dueMs, counts } = startDeadline(calendar, now, type.answerWithin)
  return {
    version: timers,
    policyVersion: version,
    startedAt: now,
    role: type.owner,
    deadline: dueMs,
    counts: written[counts],
    remindAt: reminderOf(calendar, now, type)?.dueMs ?? null,
    leftMs: null,
    remindLeftMs: null,
    pauses: [],
  }
}

/** The time of a level: until the next one takes over or, at the last, until it is reminded. */
export function levelClock(
  clock: CaseClock,
  { policy, type }: Rules,
  level: number,
  now: Instant,
): CaseClock {
  const role = level === 0 ? type.owner : (type.ladder[level - 1]?.to ?? type.owner)
  const within = type.ladder[level]?.after ?? type.answerWithin
  const { dueMs, counts } = startDeadline(calendarOf(policy, role), now, within)
  const version = clock.version + 1
  return { ...clock, version, role, deadline: dueMs, counts: written[counts], remindAt: null }
}

/** The clock stands still from now on. A clock that stands still already stays as it is. */
export function pauseClock(clock: CaseClock, policy: Policy, now: Instant): CaseClock {
  const { deadline, remindAt, role, pauses } = clock
  if (deadline === null) return { ...clock, version: clock.version + 1 }
  const left = (dueMs: number, counts: Counts) => {
    const remaining = pauseAt(calendarOf(policy, role), { dueMs, counts }, now)
    return remaining.state === 'left' ? remaining.leftMs : 0
  }
  return {
    ...clock,
    version: clock.version + 1,
    deadline: null,
    remindAt: null,
    leftMs: left(deadline, read[clock.counts]),
    remindLeftMs: remindAt === null ? null : left(remindAt, remindCounts(clock)),
    pauses: [...pauses, { from: now, to: null }],
  }
}

/** The clock goes on: what was left is added behind. */
export function resumeClock(clock: CaseClock, policy: Policy, now: Instant): CaseClock {
  const { leftMs, remindLeftMs, role, pauses } = clock
  if (leftMs === null) return clock
  const due = (ms: number, counts: Counts) =>
    resumeAt(calendarOf(policy, role), { state: 'left', counts, leftMs: ms }, now).dueMs
  return {
    ...clock,
    version: clock.version + 1,
    deadline: due(leftMs, read[clock.counts]),
    remindAt: remindLeftMs === null ? null : due(remindLeftMs, remindCounts(clock)),
    leftMs: null,
    remindLeftMs: null,
    pauses: pauses.map((pause) => (pause.to === null ? { ...pause, to: now } : pause)),
  }
}

/** The same run by the times of another policy: since it began, with the same pauses. */
export function replanClock(clock: CaseClock, { policy, version, type }: Rules, now: Instant): CaseClock {
  const calendar = calendarOf(policy, type.owner)
  const { startedAt, pauses } = clock
  const after = (deadline: Deadline): Deadline =>
    pauses.reduce(
      (running, { from, to }) =>
        from < running.dueMs ? resumeAt(calendar, pauseAt(calendar, running, from), to ?? now) : running,
      deadline,
    )
  const { dueMs, counts } = after(startDeadline(calendar, startedAt, type.answerWithin))
  const reminder = reminderOf(calendar, startedAt, type)
  const remindAt = reminder && after(reminder).dueMs
  return {
    ...clock,
    version: clock.version + 1,
    policyVersion: version,
    role: type.owner,
    deadline: dueMs,
    counts: written[counts],
    remindAt: remindAt !== undefined && remindAt > now ? remindAt : null,
  }
}

function reminderOf(calendar: Calendar, from: Instant, type: ExceptionType): Deadline | undefined {
  const { remindAtPercent: share, answerWithin } = type
  return share === null ? undefined : startReminder(calendar, from, answerWithin, share)
}

const remindCounts = ({ counts }: CaseClock): Counts => (counts === 'ELAPSED' ? 'elapsed' : 'open')

const written = {
  elapsed: 'ELAPSED',
  open: 'OPEN',
  'open-to-opening': 'OPEN_TO_OPENING',
} as const satisfies Record<Counts, ClockCounts>

const read: Record<ClockCounts, Counts> = {
  ELAPSED: 'elapsed',
  OPEN: 'open',
  OPEN_TO_OPENING: 'open-to-opening',
  UNKNOWN: 'elapsed',
}
