import { dayNames, readDays } from './days-of-week.ts'
import { dayMinutes, type Hours } from './hours.ts'
import type { Report } from './problem.ts'
import { readHoursOfDay } from './read-hours-of-day.ts'
import type { CalendarDefinition } from './shape.ts'

/** Hours of each day of the week, Monday first. */
export function readWeek({ open }: CalendarDefinition, report: Report): Hours[][] {
  if (open === 'always') return dayNames.map(() => [{ open: 0, close: dayMinutes }])
  const week: Hours[][] = dayNames.map(() => [])
  const namedBy = new Map<number, string>()
  for (const [key, written] of Object.entries(open)) {
    const hours = readHoursOfDay(['open', key], written, report)
    for (const day of readKey(key, namedBy, report)) week[day] = hours
  }
  return week
}

/** The days of a key that no key before it named. */
function readKey(key: string, namedBy: Map<number, string>, report: Report): number[] {
  const days = readDays(key)
  if (!days) {
    report({
      path: ['open', key],
      inName: true,
      message: `"${key}" names no days`,
      hint: `write mon, mon-thu or mon,wed: the days are ${dayNames.join(' ')}`,
    })
    return []
  }
  const fresh: number[] = []
  for (const day of days) {
    const other = namedBy.get(day)
    if (other === undefined) fresh.push(day)
    else reportRepeat(key, day, other, report)
    namedBy.set(day, other ?? key)
  }
  return fresh
}

function reportRepeat(key: string, day: number, other: string, report: Report): void {
  report({
    path: ['open', key],
    inName: true,
    message: `"${key}" names ${dayNames[day]} again${other === key ? '' : `, after "${other}"`}`,
    hint: 'name each day once; several hours are a list: ["08:00-12:00", "13:00-17:00"]',
  })
}
