import { dayMs } from '../../time/dates.ts'
import type { Zone } from '../../time/zone.ts'
import { type Attendee, attendeesOf } from './attendees.ts'
import { type CalendarTime, type Problem, readTimes, wallIn } from './calendar-time.ts'
import type { ContentLine, EventLines } from './content-lines.ts'

/** One VEVENT, as far as a rota needs it. */
export interface CalendarEvent {
  uid: string
  line: number
  /** For errors: its title and its day. */
  label: string
  summary: string | undefined
  attendees: Attendee[]
  start: CalendarTime
  length: Length
  rule: string | undefined
  /** Starts besides those of the rule. */
  also: CalendarTime[]
  except: CalendarTime[]
  /** The occurrence of the event with the same uid that this one takes the place of. */
  replaces: CalendarTime | undefined
  /** Of several versions, that with the highest is meant. */
  sequence: number
  isCancelled: boolean
  /** Nobody has said yet that it takes place. */
  isTentative: boolean
}

/** The end is so much later on the wall, and then so much elapsed time. */
export interface Length {
  wallMs: number
  elapsedMs: number
}

export type EventProblem = Problem & { line: number; label: string }

/** Reads an event, or everything that is wrong with it. `zone` is that of dates and floating times. */
export function readEvent(
  { line, lines }: Pick<EventLines, 'line' | 'lines'>,
  zone: Zone,
): { event: CalendarEvent } | { problems: EventProblem[] } {
  const summary = textOf(lines, 'SUMMARY')
  const label = `"${summary ?? 'without a title'}" of ${dayOf(fieldOf(lines, 'DTSTART'))}`
  const { times, problems } = readTimesOf(lines, zone)
  const wrong = [...refusals(lines), ...problems].map((problem) => ({ line, label, ...problem }))
  return times && wrong.length === 0
    ? { event: { line, label, summary, ...times, ...factsOf(lines, line) } }
    : { problems: wrong }
}

type Times = Pick<CalendarEvent, 'start' | 'length' | 'also' | 'except' | 'replaces'>

/** A problem of an event, and its line if it is that of one property. */
type LineProblem = Problem & { line?: number }

function readTimesOf(lines: readonly ContentLine[], zone: Zone): { times?: Times; problems: LineProblem[] } {
  const problems: LineProblem[] = []
  const read = (name: string, within: Zone): CalendarTime[] =>
    lines.flatMap((one) => {
      const times = one.name === name ? readTimes(one, within) : []
      if (!('problem' in times)) return times
      problems.push({ ...times, line: one.line })
      return []
    })
  const [start] = read('DTSTART', zone)
  if (!start)
    return {
      problems: problems.length > 0 ? problems : [{ problem: 'it has no start', hint: 'write DTSTART' }],
    }
  const inZone = (name: string) => read(name, start.zone)
  const length = lengthOf(start, inZone('DTEND')[0], fieldOf(lines, 'DURATION'))
  const others = { also: inZone('RDATE'), except: inZone('EXDATE'), replaces: inZone('RECURRENCE-ID')[0] }
  if (!('problem' in length)) return { problems, times: { start, length, ...others } }
  return { problems: problems.length > 0 ? problems : [length] }
}

function factsOf(lines: readonly ContentLine[], line: number) {
  const status = fieldOf(lines, 'STATUS')?.toUpperCase()
  return {
    uid: fieldOf(lines, 'UID') ?? `line ${line}`,
    attendees: attendeesOf(lines),
    rule: fieldOf(lines, 'RRULE'),
    sequence: Number(fieldOf(lines, 'SEQUENCE') ?? 0) || 0,
    isCancelled: status === 'CANCELLED',
    isTentative: status === 'TENTATIVE',
  }
}

/** What RFC 5545 allows, and few calendars write. Passing over it would put the wrong person on duty. */
function refusals(lines: readonly ContentLine[]): (Problem & { line: number })[] {
  return lines.flatMap(({ name, parameters, line }, index) => {
    if (name === 'RECURRENCE-ID' && parameters.has('RANGE'))
      return [
        {
          problem: 'it changes all occurrences from one on (RANGE)',
          hint: 'end the series there, and begin another',
          line,
        },
      ]
    if (name === 'EXRULE' || (name === 'RRULE' && lines.findIndex((one) => one.name === name) < index))
      return [{ problem: `it has one ${name} too many`, hint: 'write a series for each rule', line }]
    return []
  })
}

const longestMs = 366 * dayMs

function lengthOf(
  start: CalendarTime,
  end: CalendarTime | undefined,
  duration: string | undefined,
): Length | Problem {
  const length = end
    ? { wallMs: wallIn(start.zone, end) - start.wallMs, elapsedMs: 0 }
    : readDuration(duration, start)
  if ('problem' in length) return length
  const wholeMs = length.wallMs + length.elapsedMs
  if (wholeMs <= 0) return { problem: 'it ends before it lasts any time', hint: 'let it end after it begins' }
  return wholeMs > longestMs
    ? { problem: 'it lasts longer than a year', hint: 'let it recur instead' }
    : length
}

/** `P1D` is a day on the wall, `PT24H` is elapsed time. */
function readDuration(text: string | undefined, { isDate }: CalendarTime): Length | Problem {
  if (text === undefined)
    return isDate
      ? { wallMs: dayMs, elapsedMs: 0 }
      : { problem: 'it has no end', hint: 'give it an end (DTEND)' }
  const pattern = /^\+?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/
  const [, ...parts] = pattern.exec(text) ?? []
  if (parts.length === 0)
    return { problem: `${text.slice(0, 60)} is not a duration`, hint: 'a calendar writes P1W, P1D or PT12H' }
  const [weeks, days, hours, minutes, seconds] = parts.map((part) => Number(part ?? 0)) as FiveNumbers
  return {
    wallMs: (weeks * 7 + days) * dayMs,
    elapsedMs: ((hours * 60 + minutes) * 60 + seconds) * 1_000,
  }
}

type FiveNumbers = [number, number, number, number, number]

function fieldOf(lines: readonly ContentLine[], name: string): string | undefined {
  return lines.find((one) => one.name === name)?.value
}

function textOf(lines: readonly ContentLine[], name: string): string | undefined {
  const value = fieldOf(lines, name)?.replace(/\\(.)/g, (_, mark: string) => (/n/i.test(mark) ? ' ' : mark))
  return value?.trim() || undefined
}

function dayOf(written = ''): string {
  return /^\d{8}/.test(written) ? written.slice(0, 8).replace(/(....)(..)(..)/, '$1-$2-$3') : 'an unknown day'
}
