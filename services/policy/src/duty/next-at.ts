import { dayMs, minuteMs, utcDayOf } from '../time/dates.ts'
import { zoneOf } from '../time/zone.ts'

/** The next instant, not before `now`, at which the wall of a zone shows a time of day (minutes after midnight). */
export function nextAt(minutes: number, zoneName: string, now: number): number {
  const zone = zoneOf(zoneName)
  for (let day = utcDayOf(zone.wallAt(now)); ; day++) {
    const at = zone.instantOf(day * dayMs + minutes * minuteMs)
    if (at >= now) return at
  }
}
