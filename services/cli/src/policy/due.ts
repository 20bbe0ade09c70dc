import type { Policy } from '@holdpoint/policy'
import {
  type Calendar,
  type CalendarDefinition,
  calendarProblems,
  calendarShape,
  compileCalendar,
  dueAt,
  type Pause,
  readWithin,
  receiptOf,
} from '@holdpoint/policy/calendar'
import { Failure, Misuse } from '../failures.ts'
import { instantIn, isoOf, periodIn } from '../instants.ts'
import { answerLines } from '../json-lines.ts'
import type { Session } from '../session.ts'
import { policyIn } from './policy-file.ts'

export interface DueOptions {
  calendar?: string
  from?: string
  within?: string
  pause?: string[]
  stdin?: boolean
}

/** Says when something is due that has to happen within a time: one question by options, or a line each of stdin. */
export async function due(session: Session, options: DueOptions, file?: string): Promise<void> {
  const policy = file === undefined ? undefined : await policyIn(file)
  const calendars = calendarsOf(policy)
  if (options.stdin) {
    const all = await answerLines(session.terminal, (question) => dueOf(questionIn(question), calendars))
    if (!all) session.no()
    return
  }
  const { calendar, from, within, pause = [] } = options
  if (calendar === undefined || from === undefined || within === undefined)
    throw new Misuse('Say --calendar, --from and --within, or --stdin.')
  const question = { calendar, from: instantIn(from), within, pauses: pause.map(periodIn), receipt: true }
  session.terminal.out(`${JSON.stringify(dueOf(question, calendars), null, 2)}\n`)
}

interface Question {
  /** A name, or a definition in place. */
  calendar: string | CalendarDefinition
  from: number
  within: string
  pauses: Pause[]
  receipt: boolean
}

type Calendars = (calendar: string | CalendarDefinition) => Calendar

/** Each definition is compiled once, also one that comes in place again and again. */
function calendarsOf(policy: Policy | undefined): Calendars {
  const known = new Map<string, Calendar>()
  return (calendar) => {
    const key = typeof calendar === 'string' ? calendar : JSON.stringify(calendar)
    const compiled = known.get(key) ?? compileCalendar(definitionOf(calendar, policy))
    known.set(key, compiled)
    return compiled
  }
}

function definitionOf(calendar: string | CalendarDefinition, policy: Policy | undefined): CalendarDefinition {
  if (typeof calendar !== 'string') return soundDefinition(calendar)
  const calendars = policy?.calendars ?? {}
  const definition = Object.hasOwn(calendars, calendar) ? calendars[calendar] : undefined
  if (definition) return definition
  const names = Object.keys(calendars).join(', ') || 'none'
  throw new Failure(
    'UNKNOWN_CALENDAR',
    `There is no calendar "${calendar}" in the policy; these are: ${names}.`,
  )
}

function soundDefinition(calendar: unknown): CalendarDefinition {
  const read = calendarShape.safeParse(calendar)
  const problems = read.success
    ? calendarProblems(read.data).map(({ path, message, hint }) => `${path.join('.')}: ${message} (${hint})`)
    : read.error.issues.map(({ path, message }) => `${path.join('.') || 'calendar'}: ${message}`)
  if (read.success && problems.length === 0) return read.data
  throw new Failure('UNSOUND_CALENDAR', `The calendar cannot be used: ${problems.join('; ')}`)
}

function questionIn({
  calendar,
  from,
  within,
  pauses = [],
  receipt = false,
}: Record<string, unknown>): Question {
  if (typeof calendar !== 'string' && (typeof calendar !== 'object' || calendar === null))
    throw new Misuse('"calendar" has to be a name or a definition.')
  if (typeof from !== 'string' || typeof within !== 'string')
    throw new Misuse('"from" has to be an instant and "within" a time, both as text.')
  if (!Array.isArray(pauses)) throw new Misuse('"pauses" has to be a list.')
  return {
    calendar: calendar as string | CalendarDefinition,
    from: instantIn(from),
    within,
    pauses: pauses.map(pauseIn),
    receipt: receipt === true,
  }
}

/** `"FROM/TO"`, `["FROM", "TO"]` or `{ "from": …, "to": … }`. */
function pauseIn(pause: unknown): Pause {
  if (typeof pause === 'string') return periodIn(pause)
  const { from, to } = (Array.isArray(pause) ? { from: pause[0], to: pause[1] } : (pause ?? {})) as {
    from?: unknown
    to?: unknown
  }
  return periodIn(`${from ?? ''}/${to ?? ''}`)
}

function dueOf({ calendar, from, within, pauses, receipt }: Question, calendars: Calendars) {
  const compiled = calendars(calendar)
  const read = readWithin(within)
  if ('problem' in read) throw new Failure('NO_TIME', `${read.problem}: ${read.hint}.`)
  const at = dueAt(compiled, from, read.within, pauses)
  const about = { due: at === null ? null : isoOf(at), zone: compiled.zone }
  if (!receipt) return about
  const until = at ?? Math.max(...pauses.map((pause) => pause.from))
  const lines = receiptOf(compiled, from, read.within, pauses, until)
  return { ...about, receipt: lines.map((line) => ({ ...line, from: isoOf(line.from), to: isoOf(line.to) })) }
}
