import { dayMs, minuteMs, utcDayOf } from '../time/dates.ts'
import { remembered } from '../time/remembered.ts'
import { type Zone, zoneOf } from '../time/zone.ts'
import { CalendarFailure } from './failure.ts'
import { hoursOn, type Plan } from './plan.ts'
import type { CalendarProblem } from './problem.ts'
import { readPlan } from './read-plan.ts'
import type { CalendarDefinition } from './shape.ts'

/** One opening `[open, close)`, in milliseconds since 1970 UTC. */
export interface Opening {
  readonly open: number
  readonly close: number
  /** The local date on which it begins, in days since 1970-01-01: its working day, also after midnight. */
  readonly day: number
}

/** A calendar that is ready to be asked. What was asked once is remembered. */
export interface Calendar {
  /** IANA zone; the zone of the machine never counts. */
  readonly zone: string
  /** The openings of a local date, in order; they do not overlap those of other dates. Days count from 1970-01-01. */
  openingsOn(day: number): readonly Opening[]
  /** The local date that the clock has reached at an instant, in days since 1970-01-01. */
  dayAt(at: number): number
  /**
   * The local clock at an instant of an opening of this day, in milliseconds from its midnight: 03:00 in a night shift
   * is 27 hours.
   */
  clockAt(day: number, at: number): number
  /** The first instant at which that clock shows so much or more. */
  instantOf(day: number, clock: number): number
}

/** Everything that is wrong with a calendar of a policy file. */
export const calendarProblems = (definition: CalendarDefinition): CalendarProblem[] =>
  readPlan(definition).problems

/** Raises CalendarFailure for a definition with problems. */
export function compileCalendar(definition: CalendarDefinition): Calendar {
  const { plan, problems } = readPlan(definition)
  if (problems.length > 0)
    throw new CalendarFailure('UNSOUND_CALENDAR', problems.map(({ message }) => message).join('; '))
  const zone = zoneOf(plan.zone)
  return {
    zone: plan.zone,
    openingsOn: remembered((day: number) => openingsOf(day, plan, zone)),
    dayAt: (at) => dayAt(at, zone),
    clockAt: (day, at) => zone.wallAt(at) - day * dayMs,
    instantOf: (day, clock) => zone.instantOf(day * dayMs + clock),
  }
}

const none: readonly Opening[] = []

function openingsOf(day: number, plan: Plan, zone: Zone): readonly Opening[] {
  const hours = hoursOn(plan, day)
  if (hours.length === 0 || !zone.hasDay(day)) return none
  const instantOf = (minutes: number) => zone.instantOf(day * dayMs + minutes * minuteMs)
  const openings = hours.map(({ open, close }) => ({ day, open: instantOf(open), close: instantOf(close) }))
  // Hours within a spring gap begin and end at the same instant.
  return openings.filter(({ open, close }) => open < close)
}

/** No clock is more than a day from UTC; one that is set back over midnight does not go back to the day before. */
function dayAt(at: number, zone: Zone): number {
  const day = utcDayOf(at)
  if (startOf(day + 1, zone) <= at) return day + 1
  return startOf(day, zone) <= at ? day : day - 1
}

const startOf = (day: number, zone: Zone): number => zone.instantOf(day * dayMs)
