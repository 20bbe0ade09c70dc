import { dateOf, weekdayOf } from '../time/dates.ts'
import { isPublicHoliday } from './holidays.ts'
import type { Hours } from './hours.ts'

/** When a calendar is open, by the local clock. Dates are `2026-12-24`, or `12-24` in every year. */
export interface Plan {
  readonly zone: string
  /** Hours of each day of the week, Monday first, in order. */
  readonly week: readonly (readonly Hours[])[]
  /** Region whose public holidays close the whole day. */
  readonly holidays: string | undefined
  readonly closed: ReadonlySet<string>
  readonly extraOpen: ReadonlyMap<string, readonly Hours[]>
}

const none: readonly Hours[] = []

/** Hours that begin on a local date, in order. Days count from 1970-01-01. */
export function hoursOn(plan: Plan, day: number): readonly Hours[] {
  return extraHoursOn(plan, day) ?? (isClosed(plan, dateOf(day)) ? none : weekHoursOn(plan, day))
}

/** Hours that could begin on a local date, whether or not it is closed. */
export function hoursPlannedOn(plan: Plan, day: number): readonly Hours[] {
  return extraHoursOn(plan, day) ?? weekHoursOn(plan, day)
}

/** `extra-open` says all hours of its dates; one with a year goes before one for every year. */
function extraHoursOn({ extraOpen }: Plan, day: number): readonly Hours[] | undefined {
  const date = dateOf(day)
  return extraOpen.get(date) ?? extraOpen.get(date.slice(5))
}

const weekHoursOn = ({ week }: Plan, day: number): readonly Hours[] => week[weekdayOf(day)] ?? none

function isClosed({ closed, holidays }: Plan, date: string): boolean {
  if (closed.has(date) || closed.has(date.slice(5))) return true
  return holidays !== undefined && isPublicHoliday(holidays, date)
}
