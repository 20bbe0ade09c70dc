import { dateOf, dayMs, utcDayOf } from '../time/dates.ts'
import type { Calendar, Opening } from './calendar.ts'
import { daySumsOf } from './day-sums.ts'
import { CalendarFailure } from './failure.ts'
import { checkInstant } from './range.ts'

const searchedDays = 3_653

/** The local date of an instant, in days since 1970-01-01. Raises CalendarFailure. */
export function dayAt(calendar: Calendar, at: number): number {
  checkInstant(at)
  return calendar.dayAt(at)
}

/** Whether the calendar is open at an instant; a close is not open. */
export function isOpen(calendar: Calendar, at: number): boolean {
  return openingsBetween(calendar, at, at + 1).length > 0
}

/** The instant itself when the calendar is open, else the next at which it opens. Raises CalendarFailure. */
export function nextOpening(calendar: Calendar, at: number): number {
  return addOpenTime(calendar, at, 0)
}

/**
 * Milliseconds for which the calendar is open in `[from, to)`; 0 when `to` comes first. Openings of the days in between
 * are whole: no local date is more than two days from the UTC date, and an opening ends on the date after it began.
 */
export function openTimeBetween(calendar: Calendar, from: number, to: number): number {
  const first = utcDayOf(from) + 3
  const last = utcDayOf(to) - 4
  if (last <= first) return sumOf(openingsBetween(calendar, from, to))
  checkInstant(from)
  checkInstant(to)
  const begun = openingsOfDays(calendar, firstDay(from), first, from, to)
  const ended = openingsOfDays(calendar, last + 1, utcDayOf(to) + 1, from, to)
  return sumOf(begun) + daySumsOf(calendar).openMs(first, last) + sumOf(ended)
}

const sumOf = (openings: readonly Opening[]): number =>
  openings.reduce((sum, { open, close }) => sum + close - open, 0)

/** Working days after one date, up to and with another. Days count from 1970-01-01. */
export function workingDaysBetween(calendar: Calendar, after: number, last: number): number {
  return daySumsOf(calendar).workingDays(after, last)
}

/**
 * The first instant at which so many milliseconds of open time have passed: a result on a close stays on the close. No
 * time at all has passed at the next opening. Raises CalendarFailure when that is more than ten years away.
 */
export function addOpenTime(calendar: Calendar, from: number, ms: number): number {
  let left = ms
  for (const { open, close } of openingsFrom(calendar, from)) {
    const start = Math.max(open, from)
    if (left <= close - start) return start + left
    left -= close - start
  }
  throw openTooSeldom(calendar, from)
}

/** The opening in which an instant lies, or the next one. Raises CalendarFailure. */
export function openingAt(calendar: Calendar, at: number): Opening {
  for (const opening of openingsFrom(calendar, at)) return opening
  throw openTooSeldom(calendar, at)
}

/** Openings within `[from, to)`, cut to it; those of different dates that touch stay apart. */
export function openingsBetween(calendar: Calendar, from: number, to: number): Opening[] {
  checkInstant(from)
  checkInstant(to)
  return openingsOfDays(calendar, firstDay(from), utcDayOf(to) + 1, from, to)
}

function openingsOfDays(
  calendar: Calendar,
  first: number,
  last: number,
  from: number,
  to: number,
): Opening[] {
  const found: Opening[] = []
  for (let day = first; day <= last; day++)
    for (const { open, close } of calendar.openingsOn(day))
      if (close > from && open < to)
        found.push({ day, open: Math.max(open, from), close: Math.min(close, to) })
  return found
}

/** The first date after this one on which an opening begins, so many times over. Raises CalendarFailure. */
export function workingDayAfter(calendar: Calendar, day: number, count: number): number {
  let left = count
  for (let each = day + 1; each <= day + searchedDays; each++)
    if (calendar.openingsOn(each).length > 0 && --left === 0) return each
  throw openTooSeldom(calendar, day * dayMs)
}

/** Openings that end after an instant, for ten years. */
function* openingsFrom(calendar: Calendar, from: number): Generator<Opening> {
  checkInstant(from)
  const first = firstDay(from)
  for (let day = first; day <= first + searchedDays; day++)
    for (const opening of calendar.openingsOn(day)) if (opening.close > from) yield opening
}

/** A local date is at most one day behind the UTC date, and an opening can begin a date before it ends. */
const firstDay = (at: number): number => utcDayOf(at) - 2

function openTooSeldom({ zone }: Calendar, from: number): CalendarFailure {
  return new CalendarFailure(
    'OPEN_TOO_SELDOM',
    `the calendar (${zone}) is not open for long enough in the ten years from ${dateOf(utcDayOf(from))}`,
  )
}
