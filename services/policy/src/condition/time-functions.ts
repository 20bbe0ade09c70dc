import { readDay } from '@holdpoint/schemas'
import { type ASTNode, serialize } from '@marcbachmann/cel-js'
import {
  type Calendar,
  CalendarFailure,
  dayAt,
  isOpen,
  openTimeBetween,
  workingDaysBetween,
} from '../calendar/index.ts'
import { suggest } from '../reading/did-you-mean.ts'
import { type Compilation, compile, report } from './compile.ts'
import type { Subject } from './subject.ts'
import { instant, joined, nameOf, number, RuleFailure, type Term, truth } from './term.ts'

type Call = Extract<ASTNode, { op: 'call' }>
type Builder = (args: readonly ASTNode[], call: Call, compilation: Compilation) => Term | undefined

const dayMs = 86_400_000
const hourMs = 3_600_000
/** Days are counted one by one, and a rule may take a millisecond at most. */
const mostDays = 3_660

/** Functions of dates and working time. A date is an instant, or text such as 2026-03-09. */
export const timeFunctions: Readonly<Record<string, { takes: string; build: Builder }>> = {
  days: { takes: 'days(from, to)', build: days },
  workingDays: { takes: 'workingDays("office", from, to)', build: workingDays },
  workingHours: { takes: 'workingHours("office", from, to)', build: workingHours },
  isOpen: { takes: 'isOpen("office", at)', build: open },
}

/** Days from one date to the other, exact to four places; below zero when the second comes first. */
function days(args: readonly ASTNode[], call: Call, compilation: Compilation): Term | undefined {
  const moments = momentsOf(args, 2, call, compilation)
  if (!moments) return undefined
  const run = span(moments, (from, to) => share(to.at - from.at, dayMs))
  return { type: number, run, ...joined(moments.map(({ term }) => term)) }
}

/** Working days after the first date, up to and with the second. */
function workingDays(args: readonly ASTNode[], call: Call, compilation: Compilation): Term | undefined {
  return ofCalendar(args, call, compilation, (calendar) => (from, to) => {
    const first = dayOf(from, calendar)
    const last = dayOf(to, calendar)
    if (Math.abs(last - first) > mostDays)
      throw new RuleFailure(`${serialize(call)} counts more than ${mostDays} days`)
    const count = workingDaysBetween(calendar, Math.min(first, last), Math.max(first, last))
    return BigInt(last < first ? -count : count) * 10_000n
  })
}

/** A date is a day wherever the calendar is. Raises CalendarFailure for years that no calendar knows. */
function dayOf({ at, day }: Moment, calendar: Calendar): number {
  const local = dayAt(calendar, at)
  return day ?? local
}

/** Hours for which the calendar is open between two instants. */
function workingHours(args: readonly ASTNode[], call: Call, compilation: Compilation): Term | undefined {
  return ofCalendar(args, call, compilation, (calendar) => (from, to) => {
    if (Math.abs(to.at - from.at) > mostDays * dayMs)
      throw new RuleFailure(`${serialize(call)} counts more than ${mostDays} days`)
    const ms = openTimeBetween(calendar, Math.min(from.at, to.at), Math.max(from.at, to.at))
    return share(to.at < from.at ? -ms : ms, hourMs)
  })
}

function open(args: readonly ASTNode[], call: Call, compilation: Compilation): Term | undefined {
  const calendar = calendarNamed(args[0], compilation)
  const moments = momentsOf(args.slice(1), 1, call, compilation)
  const [moment] = moments ?? []
  if (!calendar || !moment) return undefined
  const run = (subject: Subject) => answered(call, () => isOpen(calendar, moment.read(subject).at))
  return { type: truth, run, ...joined([moment.term]) }
}

/** Calendars know the years from 1970 to 2200. */
function answered<Answer>(call: Call, ask: () => Answer): Answer {
  try {
    return ask()
  } catch (error) {
    if (error instanceof CalendarFailure) throw new RuleFailure(`${serialize(call)}: ${error.message}`)
    throw error
  }
}

type Measure = (from: Moment, to: Moment) => bigint

function ofCalendar(
  args: readonly ASTNode[],
  call: Call,
  compilation: Compilation,
  measure: (calendar: Calendar) => Measure,
): Term | undefined {
  const calendar = calendarNamed(args[0], compilation)
  const moments = momentsOf(args.slice(1), 2, call, compilation)
  if (!calendar || !moments) return undefined
  const run = span(moments, measure(calendar))
  return {
    type: number,
    run: (subject) => answered(call, () => run(subject)),
    ...joined(moments.map(({ term }) => term)),
  }
}

function calendarNamed(node: ASTNode | undefined, compilation: Compilation): Calendar | undefined {
  const { calendars } = compilation
  const name = node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined
  if (!node || name === undefined)
    return report(
      compilation,
      node ?? 0,
      'the first value is the name of a calendar in quotes',
      'such as "office"',
    )
  return (
    calendars.get(name) ??
    report(compilation, node, `there is no calendar "${name}"`, suggest(name, [...calendars.keys()]))
  )
}

/** A point in time: an instant, or the beginning (UTC) of a date, which has a day of its own. */
interface Moment {
  /** Milliseconds since 1970. */
  at: number
  /** Days since 1970-01-01, for a date. */
  day?: number
}

interface MomentTerm {
  term: Term
  read(subject: Subject): Moment
}

function momentsOf(
  args: readonly ASTNode[],
  count: number,
  call: Call,
  compilation: Compilation,
): MomentTerm[] | undefined {
  const [name] = call.args
  if (args.length !== count)
    return report(compilation, call, `${name}(…) does not fit`, `write ${timeFunctions[name]?.takes}`)
  const moments = args.map((node) => momentOf(node, compilation))
  return moments.every((moment) => moment !== undefined) ? moments : undefined
}

function momentOf(node: ASTNode, compilation: Compilation): MomentTerm | undefined {
  const term = compile(node, compilation)
  if (!term) return undefined
  if (term.type.is === instant.is) return { term, read: (subject) => ({ at: term.run(subject) as number }) }
  if (term.type.is === 'text')
    return { term, read: (subject) => dateOf(term.run(subject) as string, serialize(node)) }
  return report(
    compilation,
    node,
    `here has to stand a date, not ${nameOf(term.type)}`,
    'such as order.placedAt, order.shipping.requestedDate or timestamp("…")',
  )
}

function dateOf(text: string, written: string): Moment {
  const read = readDay(text)
  if ('problem' in read)
    throw new RuleFailure(
      `${written} is ${JSON.stringify(text.slice(0, 60))}, which is no date such as 2026-03-09`,
    )
  return { at: read.day * dayMs, day: read.day }
}

function span([from, to]: readonly MomentTerm[], measure: Measure) {
  return (subject: Subject) => measure((from as MomentTerm).read(subject), (to as MomentTerm).read(subject))
}

/** A part of a unit in ten-thousandths, rounded towards zero. */
const share = (ms: number, unitMs: number): bigint => (BigInt(ms) * 10_000n) / BigInt(unitMs)
