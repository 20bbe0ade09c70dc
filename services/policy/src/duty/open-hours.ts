import type { Hours } from '../calendar/hours.ts'
import { dayMs, minuteMs, utcDayOf, weekdayOf } from '../time/dates.ts'
import type { Zone } from '../time/zone.ts'
import type { Span } from './spans.ts'

/** The hours in which a rota is on duty at all. */
export interface OpenHours {
  isOpen(atMs: number): boolean
  /** Every opening and closing near a span of time. */
  edges(fromMs: number, toMs: number): number[]
}

/** Hours that begin on a date; none on one that does not come. Days count from 1970-01-01. */
export function hoursOn(week: readonly (readonly Hours[])[], zone: Zone, day: number): readonly Hours[] {
  const hours = week[weekdayOf(day)] ?? []
  return hours.length > 0 && zone.hasDay(day) ? hours : []
}

/** `week` has the hours of each day, Monday first; none for always. */
export function openHours(week: readonly (readonly Hours[])[], zone: Zone): OpenHours {
  if (week.length === 0) return { isOpen: () => true, edges: () => [] }
  const openOn = (day: number): Span[] =>
    hoursOn(week, zone, day).map(({ open, close }) => ({
      fromMs: zone.instantOf(day * dayMs + open * minuteMs),
      toMs: zone.instantOf(day * dayMs + close * minuteMs),
    }))
  return {
    // The day before may last over midnight; the next one may have begun already where midnight comes twice.
    isOpen(atMs) {
      const day = utcDayOf(zone.wallAt(atMs))
      for (let near = day - 1; near <= day + 1; near++)
        if (openOn(near).some(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)) return true
      return false
    },
    edges(fromMs, toMs) {
      const found: number[] = []
      const last = utcDayOf(zone.wallAt(toMs)) + 1
      for (let day = utcDayOf(zone.wallAt(fromMs)) - 1; day <= last; day++)
        for (const open of openOn(day)) found.push(open.fromMs, open.toMs)
      return found
    },
  }
}
