import type { Calendar, Opening } from './calendar.ts'
import { openingAt, workingDayAfter } from './open-time.ts'

/**
 * The same local clock time on the N-th following working day, cut to that day's opening hours: before the first
 * opening it is that opening, after a close (also in a break between two) it is that close. A start outside opening
 * hours moves to the next opening. In an opening over midnight the clock goes on past 24:00 of the day on which it
 * began. Raises CalendarFailure.
 */
export function addWorkingDays(calendar: Calendar, from: number, count: number): number {
  const start = openingAt(calendar, from)
  const clock = calendar.clockAt(start.day, Math.max(from, start.open))
  const day = workingDayAfter(calendar, start.day, count)
  return cut(calendar.instantOf(day, clock), calendar.openingsOn(day))
}

function cut(at: number, openings: readonly Opening[]): number {
  const begun = openings.findLast(({ open }) => open <= at)
  return begun ? Math.min(at, begun.close) : Math.max(at, openings[0]?.open ?? at)
}
