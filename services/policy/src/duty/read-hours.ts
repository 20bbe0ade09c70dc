import { dayNames, keyFor } from '../calendar/days-of-week.ts'
import { dayMinutes, type Hours, hoursInWords, later, overlapIn } from '../calendar/hours.ts'
import type { CalendarProblem } from '../calendar/problem.ts'
import { readWeek } from '../calendar/read-week.ts'

/** Hours by days of the week, as the file says them. */
export type WrittenHours = Readonly<Record<string, string | string[]>>

/** Hours of each day, Monday first, written as those of a calendar; or everything that is wrong with them. */
export function readHours(written: WrittenHours): { week: Hours[][] } | { problems: CalendarProblem[] } {
  const problems: CalendarProblem[] = []
  const week = readWeek({ zone: '', open: written }, ({ path, ...problem }) =>
    problems.push({ ...problem, path: path.slice(1) }),
  )
  const found = problems.length > 0 ? problems : overlapOverMidnight(week, Object.keys(written))
  return found.length > 0 ? { problems: found } : { week }
}

function overlapOverMidnight(week: readonly Hours[][], days: readonly string[]): CalendarProblem[] {
  return week.flatMap((hours, day) => {
    const next = (day + 1) % 7
    const [first, second] = overlapIn([...hours, ...later(week[next] ?? [], dayMinutes)]) ?? []
    if (!first || !second) return []
    const [ofNext] = later([second], -dayMinutes).map(hoursInWords)
    const message = `the hours ${hoursInWords(first)} run into ${ofNext} on ${dayNames[next]}`
    return [{ path: [keyFor(day, days) ?? ''], message, hint: 'let them end before the next hours begin' }]
  })
}

/** Minutes after midnight of a wall time such as `09:00`. */
export function readClock(text: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes)
}
