import type { FileError } from '../../reading/file-error.ts'
import { type Zone, zoneOf } from '../../time/zone.ts'
import { zoneProblem } from '../../time/zone-problem.ts'
import type { Person, Shift, ShiftRota } from '../roster.ts'
import type { Span } from '../spans.ts'
import { type CalendarEvent, type EventProblem, readEvent } from './calendar-event.ts'
import { type Problem, zoneOfTzid } from './calendar-time.ts'
import { type ContentLine, type EventLines, readEvents } from './content-lines.ts'
import { occurrencesIn, type Series } from './series.ts'
import { sayTentative, type Tentative, whoIsNamed } from './who-is-named.ts'

export interface ICalendarOptions extends Span {
  /** Role that the rota is for. */
  role: string
  /** Of the roster. */
  people: readonly Person[]
  /** Zone of dates, and of times that name none; left out, that which the calendar names itself, else UTC. */
  zone?: string
  /** What a shift counts for that is only tentative; left out, it is an error that says so. */
  tentative?: Tentative
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
  const unknown = options.zone === undefined ? undefined : zoneProblem(options.zone)
  if (unknown) return { errors: [{ line: 1, column: 1, ...unknown }] }
  const written = readEvents(text)
  const wrongZones = options.zone === undefined ? zoneErrors(written) : []
  if (wrongZones.length > 0) return { errors: wrongZones }
  const read = written.map((lines) => readEvent(lines, zoneOfTimes(lines, options.zone)))
  const events = read.flatMap((one) => ('event' in one ? [one.event] : []))
  const found = [...Map.groupBy(events, ({ uid }) => uid).values()].map((series) => shiftsOf(series, options))
  const problems = [...read, ...found].flatMap((one) => ('problems' in one ? one.problems : []))
  if (problems.length > 0)
    return { errors: problems.map(toError).sort((one, other) => one.line - other.line) }
  const shifts = found.flatMap((one) => ('shifts' in one ? one.shifts : []))
  if (shifts.length === 0) return { errors: [nothingFound(options)] }
  const { role } = options
  const zone = options.zone ?? zoneNameOf(written[0]) ?? 'UTC'
  return { rota: { kind: 'shifts', role, zone, shifts: inOrder(shifts).map(toShift) } }
}

/** Of dates, and of times that name none. */
function zoneOfTimes(lines: EventLines, given: string | undefined): Zone {
  const own = given ?? zoneLineOf(lines)?.value
  const zone = own === undefined ? zoneOf('UTC') : zoneOfTzid(own)
  return 'problem' in zone ? zoneOf('UTC') : zone
}

function zoneErrors(events: readonly EventLines[]): FileError[] {
  const lines = new Set(events.flatMap((one) => zoneLineOf(one) ?? []))
  return [...lines].flatMap(({ value, line }) => {
    const zone = zoneOfTzid(value)
    const hint = 'name the zone in which its times without one are meant'
    return 'problem' in zone ? [{ line, column: 1, message: `the calendar: ${zone.problem}`, hint }] : []
  })
}

/** Google, Apple and others name the zone of the whole calendar so, of which its floating times are. */
const zoneLineOf = ({ calendar }: EventLines): ContentLine | undefined =>
  calendar.find(({ name }) => name === 'X-WR-TIMEZONE')

/** As the roster writes it. */
function zoneNameOf(lines: EventLines | undefined): string | undefined {
  const name = lines && zoneLineOf(lines)?.value
  return name === undefined || zoneProblem(name) ? undefined : name
}

type PlainShift = Span & { person: string }

function shiftsOf(
  series: Series,
  options: ICalendarOptions,
): { shifts: PlainShift[] } | { problems: EventProblem[] } {
  const occurrences = occurrencesIn(series, options)
  if ('problem' in occurrences) return { problems: [problemOf(occurrences.event, occurrences)] }
  const counting = occurrences.filter(({ event }) => !event.isTentative || options.tentative !== 'leave')
  const events = [...new Set(counting.map(({ event }) => event))]
  const people = new Map(events.map((event) => [event, personOf(event, options)] as const))
  const problems = [...people].flatMap(([event, one]) => ('problem' in one ? [problemOf(event, one)] : []))
  if (problems.length > 0) return { problems }
  return {
    shifts: counting.flatMap(({ event, fromMs, toMs }) => {
      const one = people.get(event)
      return one && 'person' in one ? [{ person: one.person.subject, fromMs, toMs }] : []
    }),
  }
}

function personOf(
  { summary = '', attendees, isTentative }: CalendarEvent,
  { people, role, tentative = 'say' }: ICalendarOptions,
): { person: Person } | Problem {
  if (isTentative && tentative === 'say') return { problem: 'it is only tentative', hint: sayTentative }
  const named = whoIsNamed(people, attendees, summary, tentative)
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
