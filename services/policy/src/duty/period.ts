import { dayMs, dayOf } from '../time/dates.ts'
import type { Zone } from '../time/zone.ts'
import type { Moment, Period } from './roster.ts'
import type { Span } from './spans.ts'

/** A period in milliseconds; dates are whole days of the zone, from the first to the last. */
export function periodIn(zone: Zone, { from, to }: Period): Span {
  return { fromMs: instantOf(from, 0, zone), toMs: instantOf(to, dayMs, zone) }
}

function instantOf(moment: Moment, daysMs: number, zone: Zone): number {
  switch (moment.kind) {
    case 'date':
      return zone.instantOf(dayOf(moment.date) * dayMs + daysMs)
    case 'instant':
      return moment.atMs
    default:
      return moment satisfies never
  }
}
