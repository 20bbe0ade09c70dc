import type { FileError } from '../../reading/file-error.ts'
import { zoneOf } from '../../time/zone.ts'
import { zoneProblem } from '../../time/zone-problem.ts'
import type { Person, Shift, ShiftRota } from '../roster.ts'
import type { Span } from '../spans.ts'
import { type CalendarEvent, type EventProblem, readEvent } from './calendar-event.ts'
import type { Problem } from './calendar-time.ts'
import { readEvents } from './content-lines.ts'
import { occurrencesIn, type Series } from './series.ts'
import { whoIsNamed } from './who-is-named.ts'

export interface ICalendarOptions extends Span {
  /** Role that the rota is for. */
  role: string
  /** Of the roster. */
  people: readonly Person[]
  /** Zone of dates, and of times that name none. */
  zone: string
}

/** Characters that a calendar may have. */
const largest = 5_000_000

/**
 * Reads shifts from an iCalendar text: one for each event or occurrence that lies in the span from `fromMs` to `toMs`,
 * whole when it goes beyond. Every error names its event. A shift of a series ends at the wall time at which its first
 * one does, so that a hand-over stays where it is when the clocks change.
 */
export function rotaFromICalendar(
  text: string,
  options: ICalendarOptions,
): { rota: ShiftRota } | { errors: FileError[] } {
  if (text.length > largest) return { errors: [tooLarge(text.length)] }
  const unknown = zoneProblem(options.zone)
  if (unknown) return { errors: [{ line: 1, column: 1, ...unknown }] }
  const zone = zoneOf(options.zone)
  const read = readEvents(text).map((lines) => readEvent(lines, zone))
  const events = read.flatMap((one) => ('event' in one ? [one.event] : []))
  const found = [...Map.groupBy(events, ({ uid }) => uid).values()].map((series) => shiftsOf(series, options))
  const problems = [...read, ...found].flatMap((one) => ('problems' in one ? one.problems : []))
  if (problems.length > 0)
    return { errors: problems.map(toError).sort((one, other) => one.line - other.line) }
  const shifts = found.flatMap((one) => ('shifts' in one ? one.shifts : []))
  if (shifts.length === 0) return { errors: [nothingFound(options)] }
  const { role } = options
  return { rota: { kind: 'shifts', role, zone: options.zone, shifts: inOrder(shifts).map(toShift) } }
}

type PlainShift = Span & { person: string }

function shiftsOf(
  series: Series,
  options: ICalendarOptions,
): { shifts: PlainShift[] } | { problems: EventProblem[] } {
  const occurrences = occurrencesIn(series, options)
  if ('problem' in occurrences) return { problems: [problemOf(occurrences.event, occurrences)] }
  const events = [...new Set(occurrences.map(({ event }) => event))]
  const people = new Map(events.map((event) => [event, personOf(event, options)] as const))
  const problems = [...people].flatMap(([event, one]) => ('problem' in one ? [problemOf(event, one)] : []))
  if (problems.length > 0) return { problems }
  return {
    shifts: occurrences.flatMap(({ event, fromMs, toMs }) => {
      const one = people.get(event)
      return one && 'person' in one ? [{ person: one.person.subject, fromMs, toMs }] : []
    }),
  }
}

function personOf(
  { summary = '', attendees }: CalendarEvent,
  { people, role }: ICalendarOptions,
): { person: Person } | Problem {
  const named = whoIsNamed(people, attendees, summary)
  if ('problem' in named || named.person.roles.includes(role)) return named
  const { name, subject } = named.person
  return {
    problem: `${name} does not have the role ${role}`,
    hint: `add ${role} to the roles of "${subject}"`,
  }
}

/** By time; the same shift in two events is one. */
function inOrder(shifts: readonly PlainShift[]): PlainShift[] {
  const different = new Map(shifts.map((shift) => [`${shift.fromMs} ${shift.toMs} ${shift.person}`, shift]))
  return [...different.values()].sort((one, other) => one.fromMs - other.fromMs || one.toMs - other.toMs)
}

function toShift({ person, fromMs, toMs }: PlainShift): Shift {
  return { person, from: { kind: 'instant', atMs: fromMs }, to: { kind: 'instant', atMs: toMs } }
}

function problemOf({ line, label }: CalendarEvent, { problem, hint }: Problem): EventProblem {
  return { problem, hint, line, label }
}

function toError({ line, label, problem, hint }: EventProblem): FileError {
  return { line, column: 1, message: `the event ${label}: ${problem}`, hint }
}

function tooLarge(length: number): FileError {
  const hint = `at most ${largest}: export the calendar of the rota only`
  return { line: 1, column: 1, message: `the calendar has ${length} characters`, hint }
}

function nothingFound({ fromMs, toMs }: Span): FileError {
  const [from, to] = [fromMs, toMs].map((at) => new Date(at).toISOString().slice(0, 10))
  const message = `no event of the calendar lies between ${from} and ${to}`
  return { line: 1, column: 1, message, hint: 'look at the span, and whether this is an iCalendar file' }
}
