import { zoneProblem } from '../time/zone-problem.ts'
import { regionProblem } from './holidays.ts'
import type { Hours } from './hours.ts'
import { checkOverlaps } from './overlaps.ts'
import type { Plan } from './plan.ts'
import type { CalendarProblem, Report } from './problem.ts'
import { readDate } from './read-date.ts'
import { readHoursOfDay } from './read-hours-of-day.ts'
import { readWeek } from './read-week.ts'
import type { CalendarDefinition } from './shape.ts'

/** The plan that a definition says, as far as it can be read, and everything that is wrong with it. */
export function readPlan(definition: CalendarDefinition): { plan: Plan; problems: CalendarProblem[] } {
  const problems: CalendarProblem[] = []
  const report: Report = (problem) => problems.push(problem)
  checkZone(definition, report)
  checkHolidays(definition, report)
  const plan: Plan = {
    zone: definition.zone,
    week: readWeek(definition, report),
    holidays: definition.holidays,
    closed: readClosed(definition, report),
    extraOpen: readExtraOpen(definition, report),
  }
  checkOverlaps(plan, definition, report)
  // What could not be read may have been hours.
  if (problems.length === 0) checkOpens(plan, report)
  return { plan, problems }
}

function checkZone({ zone }: CalendarDefinition, report: Report): void {
  const problem = zoneProblem(zone)
  if (problem) report({ path: ['zone'], ...problem })
}

function checkHolidays({ holidays }: CalendarDefinition, report: Report): void {
  const problem = holidays === undefined ? undefined : regionProblem(holidays)
  if (problem) report({ path: ['holidays'], ...problem })
}

function readClosed({ closed = [] }: CalendarDefinition, report: Report): Set<string> {
  const dates = new Set<string>()
  for (const [index, text] of closed.entries()) {
    const path = ['closed', index]
    const read = readDate(text)
    if ('problem' in read) report({ path, message: read.problem, hint: read.hint })
    else if (dates.has(read.date))
      report({ path, message: `"${text}" is listed twice`, hint: 'once is enough' })
    else dates.add(read.date)
  }
  return dates
}

function readExtraOpen(definition: CalendarDefinition, report: Report): Map<string, Hours[]> {
  const dates = new Map<string, Hours[]>()
  for (const [text, hours] of Object.entries(definition['extra-open'] ?? {})) {
    const path = ['extra-open', text]
    const read = readDate(text)
    if ('problem' in read) report({ path, inName: true, message: read.problem, hint: read.hint })
    else dates.set(read.date, readHoursOfDay(path, hours, report))
  }
  return dates
}

function checkOpens({ week, extraOpen }: Plan, report: Report): void {
  if (extraOpen.size === 0 && week.every((hours) => hours.length === 0))
    report({
      path: ['open'],
      message: 'the calendar is never open',
      hint: 'write open: { mon-fri: "09:00-17:30" }, or open: always',
    })
}
