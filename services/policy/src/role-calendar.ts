import { alwaysOpen, type Calendar, compileCalendar } from './calendar/index.ts'
import { vocabularyOf } from './condition/vocabulary.ts'
import type { Policy } from './policy.ts'

/** Elapsed time needs no opening hours. */
const aroundTheClock = compileCalendar(alwaysOpen)

/** The calendar in which a role's working time counts; one that is always open for a role without. */
export function calendarOf(policy: Policy, role: string): Calendar {
  const name = policy.roles.get(role)?.calendar ?? ''
  return vocabularyOf(policy).calendars.get(name) ?? aroundTheClock
}
