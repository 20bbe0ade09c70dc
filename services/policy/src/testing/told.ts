import { Temporal } from 'temporal-polyfill'
import { compileCalendar } from '../calendar/calendar.ts'
import { dueAt } from '../calendar/deadline.ts'
import { readWithin } from '../calendar/read-within.ts'
import type { CalendarDefinition } from '../calendar/shape.ts'
import type { Within } from '../calendar/within.ts'

/** For tests: `2026-03-29T03:00:00+01:00`, as the clock of the zone shows an instant. */
export function told(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString({ timeZone: zone })
}

export function within(text: string): Within {
  const read = readWithin(text)
  if ('within' in read) return read.within
  throw new Error(read.problem)
}

/** From and due instant as the clock shows them. */
export function due(definition: CalendarDefinition, from: string, text: string): string {
  return told(dueAt(compileCalendar(definition), Date.parse(from), within(text)), definition.zone)
}

/** An office that closes early on Fridays. In 2026, 2 March is a Monday. */
export const office: CalendarDefinition = {
  zone: 'Europe/London',
  open: { 'mon-thu': '09:00-17:30', fri: '09:00-16:30' },
  holidays: 'GB-ENG',
  closed: ['2026-12-24'],
}
