import { dateOf, dayOf } from '../time/dates.ts'
import { dayNames, keyFor } from './days-of-week.ts'
import { dayMinutes, type Hours, hoursInWords, later, overlapIn } from './hours.ts'
import { hoursPlannedOn, type Plan } from './plan.ts'
import type { Report } from './problem.ts'
import { readDate } from './read-date.ts'
import type { CalendarDefinition } from './shape.ts'

/**
 * Reports hours over midnight that run into those of the next day. Whether a day is closed does not count, so that no
 * holiday that moves can bring an overlap about.
 */
export function checkOverlaps(plan: Plan, definition: CalendarDefinition, report: Report): void {
  if (!runsOverMidnight(plan)) return
  const overlaps = [...overlapsOfWeek(plan, Object.keys(definition.open)), ...overlapsOfExtraOpen(plan)]
  for (const { path, first, second, on } of overlaps)
    report({
      path,
      message: `the hours ${hoursInWords(first)} run into ${hoursInWords(second)} on ${on}`,
      hint: 'let them end before the next hours begin',
    })
}

const runsOverMidnight = ({ week, extraOpen }: Plan): boolean =>
  [...week, ...extraOpen.values()].flat().some(({ close }) => close > dayMinutes)

interface Overlap {
  path: string[]
  first: Hours
  second: Hours
  /** The day of the second. */
  on: string
}

function overlapsOfWeek({ week }: Plan, keys: readonly string[]): Overlap[] {
  return week.flatMap((hours, day) => {
    const next = (day + 1) % week.length
    const overlap = overlapBetween(hours, week[next] ?? [])
    return overlap ? [{ path: ['open', keyFor(day, keys) ?? ''], ...overlap, on: dayNames[next] ?? '' }] : []
  })
}

/** One for each entry at most: a date for every year has neighbours of every kind. */
function overlapsOfExtraOpen(plan: Plan): Overlap[] {
  return [...plan.extraOpen.keys()].flatMap((date) => {
    const days = daysMeant(date).flatMap((day) => [day - 1, day])
    const overlaps = days.flatMap((day) => overlapAfter(day, plan))
    return overlaps.slice(0, 1).map((overlap) => ({ path: ['extra-open', date], ...overlap }))
  })
}

function overlapAfter(day: number, plan: Plan): Omit<Overlap, 'path'>[] {
  const overlap = overlapBetween(hoursPlannedOn(plan, day), hoursPlannedOn(plan, day + 1))
  return overlap ? [{ ...overlap, on: dateOf(day + 1) }] : []
}

function overlapBetween(hours: readonly Hours[], next: readonly Hours[]) {
  const [first, second] = overlapIn([...hours, ...later(next, dayMinutes)]) ?? []
  return first && second && { first, second: later([second], -dayMinutes)[0] ?? second }
}

/** Days since 1970-01-01 of a date; for every year, those of 28 years, after which the days of the week repeat. */
function daysMeant(date: string): number[] {
  if (date.length > '12-24'.length) return [dayOf(date)]
  const dates = Array.from({ length: 28 }, (_, index) => `${2000 + index}-${date}`)
  return dates.filter((each) => 'date' in readDate(each)).map(dayOf)
}
