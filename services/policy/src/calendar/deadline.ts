import type { Calendar } from './calendar.ts'
import { addOpenTime, nextOpening, openTimeBetween } from './open-time.ts'
import { type Pause, spansOf } from './pauses.ts'
import { checkInstant } from './range.ts'
import { msOf, type Within } from './within.ts'
import { addWorkingDays } from './working-days.ts'

/** A deadline whose clock runs. Plain data, to be kept with a case. */
export interface Deadline {
  /** Milliseconds since 1970 UTC. */
  dueMs: number
  counts: Counts
}

/**
 * What the clock of a deadline counts. `open-to-opening` is open time whose end on a close moves to the next opening:
 * working days that end as the day begins go on ending so.
 */
export type Counts = 'elapsed' | 'open' | 'open-to-opening'

/** What is left of a deadline whose clock stands still. A deadline that was reached stays as it is. */
export type Remaining =
  | { state: 'left'; counts: Counts; leftMs: number }
  | { state: 'reached'; deadline: Deadline }

/** The deadline of what has to happen within a time from an instant on. Raises CalendarFailure. */
export function startDeadline(calendar: Calendar, fromMs: number, within: Within): Deadline {
  checkInstant(fromMs)
  const { kind } = within
  switch (kind) {
    case 'elapsed':
      return { dueMs: fromMs + msOf(within), counts: 'elapsed' }
    case 'open':
      return { dueMs: addOpenTime(calendar, fromMs, msOf(within)), counts: 'open' }
    case 'working-days': {
      const dueMs = addWorkingDays(calendar, fromMs, within.count)
      return { dueMs, counts: isOnOpening(calendar, dueMs) ? 'open-to-opening' : 'open' }
    }
    default:
      return kind satisfies never
  }
}

/**
 * The deadline of a reminder: the instant at which so many percent of the time have passed, in whole milliseconds,
 * rounded down. It is paused and resumed like the deadline itself. Raises CalendarFailure.
 */
export function startReminder(calendar: Calendar, fromMs: number, within: Within, percent: number): Deadline {
  const deadline = startDeadline(calendar, fromMs, within)
  const leftMs = Math.floor((leftUntil(calendar, deadline, fromMs) * percent) / 100)
  return deadlineAfter(calendar, deadline.counts === 'elapsed' ? 'elapsed' : 'open', leftMs, fromMs)
}

/**
 * Stops the clock. What is left of working days is the open time up to the due instant: days that have begun have no
 * other measure. Raises CalendarFailure.
 */
export function pauseAt(calendar: Calendar, deadline: Deadline, atMs: number): Remaining {
  if (atMs >= deadline.dueMs) return { state: 'reached', deadline }
  return { state: 'left', counts: deadline.counts, leftMs: leftUntil(calendar, deadline, atMs) }
}

/** Lets the clock go on: what was left is added behind. Raises CalendarFailure. */
export function resumeAt(calendar: Calendar, remaining: Remaining, atMs: number): Deadline {
  const { state } = remaining
  switch (state) {
    case 'left':
      return deadlineAfter(calendar, remaining.counts, remaining.leftMs, atMs)
    case 'reached':
      return remaining.deadline
    default:
      return state satisfies never
  }
}

/**
 * The due instant, in milliseconds since 1970 UTC; null while a pause without an end lasts. Pauses before the start
 * and after the due instant do not matter. Raises CalendarFailure.
 */
export function dueAt(calendar: Calendar, fromMs: number, within: Within): number
export function dueAt(
  calendar: Calendar,
  fromMs: number,
  within: Within,
  pauses: readonly Pause[],
): number | null
export function dueAt(
  calendar: Calendar,
  fromMs: number,
  within: Within,
  pauses: readonly Pause[] = [],
): number | null {
  let deadline = startDeadline(calendar, fromMs, within)
  for (const { from, to } of spansOf(pauses, fromMs)) {
    if (from >= deadline.dueMs) break
    if (to === Number.POSITIVE_INFINITY) return null
    deadline = resumeAt(calendar, pauseAt(calendar, deadline, from), to)
  }
  return deadline.dueMs
}

function deadlineAfter(calendar: Calendar, counts: Counts, leftMs: number, fromMs: number): Deadline {
  checkInstant(fromMs)
  switch (counts) {
    case 'elapsed':
      return { dueMs: fromMs + leftMs, counts }
    case 'open':
      return { dueMs: addOpenTime(calendar, fromMs, leftMs), counts }
    case 'open-to-opening':
      return { dueMs: nextOpening(calendar, addOpenTime(calendar, fromMs, leftMs)), counts }
    default:
      return counts satisfies never
  }
}

function leftUntil(calendar: Calendar, { dueMs, counts }: Deadline, atMs: number): number {
  return counts === 'elapsed' ? dueMs - atMs : openTimeBetween(calendar, atMs, dueMs)
}

/** Working days end within opening hours: only on an opening was nothing open just before. */
const isOnOpening = (calendar: Calendar, at: number): boolean => openTimeBetween(calendar, at - 1, at) === 0
