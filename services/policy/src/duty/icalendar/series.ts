import { dayMs } from '../../time/dates.ts'
import type { Span } from '../spans.ts'
import type { CalendarEvent } from './calendar-event.ts'
import { type CalendarTime, means, type Problem } from './calendar-time.ts'
import { recurring } from './recurrence.ts'
import { readRule } from './rule.ts'

/** All events with the same uid: one, or a series and its changed occurrences. */
export type Series = readonly CalendarEvent[]

/** Something that takes place: an event, or an occurrence of one. */
export interface Occurrence extends Span {
  event: CalendarEvent
}

/** What of a series takes place within a span of time, whole. */
export function occurrencesIn(
  series: Series,
  span: Span,
): Occurrence[] | (Problem & { event: CalendarEvent }) {
  const regular = latest(series.filter(({ replaces }) => !replaces))
  const changed = changedOnes(series)
  const starts = regular ? startsOf(regular, span) : []
  if ('problem' in starts) return { ...starts, event: regular as CalendarEvent }
  const asPlanned = starts
    .filter((start) => !changed.some(({ replaces }) => replaces && means(replaces, start)))
    .map((start) => occurrence(regular as CalendarEvent, start))
  const others = changed.map((event) => occurrence(withTitleOf(regular, event), event.start))
  return [...asPlanned, ...others].filter(
    ({ event, fromMs, toMs }) =>
      !event.isCancelled && fromMs < toMs && fromMs < span.toMs && span.fromMs < toMs,
  )
}

function startsOf(
  { start, length, rule, also, except }: CalendarEvent,
  span: Span,
): CalendarTime[] | Problem {
  const fromWall = start.zone.wallAt(span.fromMs) - length.wallMs - length.elapsedMs - dayMs
  const toWall = start.zone.wallAt(span.toMs) + dayMs
  const walls = startsByRule(rule, start, fromWall, toWall)
  if ('problem' in walls) return walls
  const all = [...walls.map((wallMs) => ({ ...start, wallMs })), ...also]
  return all.filter((occurrence) => !except.some((time) => means(time, occurrence)))
}

function startsByRule(
  text: string | undefined,
  start: CalendarTime,
  fromWall: number,
  toWall: number,
): number[] | Problem {
  if (text === undefined) return [start.wallMs]
  const rule = readRule(text, start)
  return 'problem' in rule ? rule : recurring(rule, start.wallMs, fromWall, toWall)
}

function occurrence(event: CalendarEvent, { wallMs, zone }: CalendarTime): Occurrence {
  const { length } = event
  return {
    event,
    fromMs: zone.instantOf(wallMs),
    toMs: zone.instantOf(wallMs + length.wallMs) + length.elapsedMs,
  }
}

/** Each changed occurrence in its latest version. */
function changedOnes(series: Series): CalendarEvent[] {
  const groups = Map.groupBy(
    series.filter(({ replaces }) => replaces),
    ({ replaces }) => replaces?.zone.instantOf(replaces.wallMs),
  )
  return [...groups.values()].flatMap((versions) => latest(versions) ?? [])
}

function latest(versions: readonly CalendarEvent[]): CalendarEvent | undefined {
  return versions.toSorted((one, other) => one.sequence - other.sequence).at(-1)
}

/** A changed occurrence says only what it changes. */
function withTitleOf(regular: CalendarEvent | undefined, event: CalendarEvent): CalendarEvent {
  const attendees = event.attendees.length > 0 ? event.attendees : (regular?.attendees ?? [])
  return { ...event, summary: event.summary ?? regular?.summary, attendees }
}
