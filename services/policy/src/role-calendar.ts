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

/** The zone of that calendar. */
export function zoneOfRole({ roles, calendars }: Policy, role: string): string {
  return calendars[roles.get(role)?.calendar ?? '']?.zone ?? 'UTC'
}
