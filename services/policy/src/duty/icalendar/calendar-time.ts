import { noSuchDay, noSuchTime } from '@holdpoint/schemas'
import windowsZones from 'node-ical/windowsZones.json' with { type: 'json' }
import { utcDayOf } from '../../time/dates.ts'
import { type Zone, zoneOf } from '../../time/zone.ts'
import { zoneProblem } from '../../time/zone-problem.ts'
import type { ContentLine } from './content-lines.ts'

/** What the wall shows in a zone. */
export interface CalendarTime {
  /** Milliseconds, as of `Zone.wallAt`. */
  wallMs: number
  zone: Zone
  /** A whole day. */
  isDate: boolean
}

export type Problem = { problem: string; hint: string }

/**
 * The times of a line: usually one, several after EXDATE and RDATE. Dates and floating times, which name no zone, are
 * taken in `zone`, never in that of the machine.
 */
export function readTimes({ value, parameters }: ContentLine, zone: Zone): CalendarTime[] | Problem {
  const named = parameters.get('TZID')
  const own = named === undefined ? zone : zoneOfTzid(named)
  if ('problem' in own) return own
  const times = value.split(',').map((text) => readTime(text.trim(), own))
  return times.find((time) => 'problem' in time) ?? (times as CalendarTime[])
}

function readTime(text: string, zone: Zone): CalendarTime | Problem {
  const [, date = '', time = '000000', utc] = /^(\d{8})(?:T(\d{6})(Z?))?$/.exec(text) ?? []
  const wallMs = wallOf(date, time)
  if (wallMs === undefined) {
    const none = date === '' ? undefined : noSuchMoment(date, time)
    return none ?? { problem: `${text.slice(0, 60) || 'nothing'} is not a time`, hint: writeTime }
  }
  return { wallMs, zone: utc ? zoneOf('UTC') : zone, isDate: !text.includes('T') }
}

const writeTime = 'a calendar writes 20260105, 20260105T090000 or 20260105T090000Z'

/** Undefined for what no clock between 1970 and 2199 shows. */
export function wallOf(date: string, time: string): number | undefined {
  if (date === '' || noSuchMoment(date, time)) return undefined
  const wallMs = Date.UTC(...dateIn(date), ...timeIn(time))
  return wallMs >= 0 && wallMs < Date.UTC(2200) ? wallMs : undefined
}

function noSuchMoment(date: string, time: string): Problem | undefined {
  const [year, month, day] = dateIn(date)
  return noSuchDay(month + 1, day, year) ?? noSuchTime(...timeIn(time))
}

type Three = [number, number, number]

const dateIn = (date: string): Three => [
  Number(date.slice(0, 4)),
  Number(date.slice(4, 6)) - 1,
  Number(date.slice(6)),
]

/** A leap second is taken for the second before it (RFC 5545, section 3.3.12). */
function timeIn(time: string): Three {
  const [hour, minute, second] = [time.slice(0, 2), time.slice(2, 4), time.slice(4)].map(Number) as Three
  return [hour, minute, second === 60 ? 59 : second]
}

/** Outlook has names of its own, which node-ical has a table of. */
export function zoneOfTzid(tzid: string): Zone | Problem {
  const table: Partial<Record<string, { iana: string[] }>> = windowsZones
  const name = Object.hasOwn(table, tzid) ? table[tzid]?.iana[0] : tzid
  if (name !== undefined && !zoneProblem(name)) return zoneOf(name)
  return {
    problem: `there is no time zone "${tzid.slice(0, 60)}"`,
    hint: 'export the calendar with a zone such as Europe/London, or with times in UTC',
  }
}

/** What a time is on the wall of another zone. */
export function wallIn(zone: Zone, time: CalendarTime): number {
  return time.zone === zone ? time.wallMs : zone.wallAt(time.zone.instantOf(time.wallMs))
}

/** Whether a time of an EXDATE means an occurrence; a date means all those of the day. */
export function means(time: CalendarTime, occurrence: CalendarTime): boolean {
  const wallMs = wallIn(occurrence.zone, time)
  return time.isDate ? utcDayOf(wallMs) === utcDayOf(occurrence.wallMs) : wallMs === occurrence.wallMs
}
