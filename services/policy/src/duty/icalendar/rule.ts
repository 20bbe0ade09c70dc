import { dayMs, utcDayOf, weekdayOf } from '../../time/dates.ts'
import { zoneOf } from '../../time/zone.ts'
import { type CalendarTime, type Problem, wallIn, wallOf } from './calendar-time.ts'

/** A recurrence rule (RRULE), with all that it leaves to the start of its series. Lists that do not matter are empty. */
export interface Rule {
  frequency: Frequency
  /** Every so many days, weeks, months or years. */
  interval: number
  /** Occurrences at most, counted from the start. */
  count: number
  /** Last time on the wall. */
  untilWall: number
  /** First day of a week, 0 for Monday. */
  weekStart: number
  days: DayOfRule[]
  /** From the end when negative, as are `positions`. */
  monthDays: number[]
  months: number[]
  hours: number[]
  positions: number[]
}

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'

/** `2MO` is the second Monday, `-1MO` the last, and `MO`, of ordinal 0, every one. */
export interface DayOfRule {
  ordinal: number
  weekday: number
}

const frequencies: readonly string[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']
const dayCodes: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const known = [
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'WKST',
  'BYDAY',
  'BYMONTHDAY',
  'BYMONTH',
  'BYHOUR',
  'BYSETPOS',
]

type Parts = ReadonlyMap<string, string>

/** Reads the value of RRULE (RFC 5545, section 3.3.10). What rotas have no use for is refused. */
export function readRule(text: string, start: CalendarTime): Rule | Problem {
  const parts: Parts = new Map(text.toUpperCase().split(';').map(readPart))
  const frequency = parts.get('FREQ') ?? ''
  if (!frequencies.includes(frequency)) return wrongFrequency(frequency)
  const other = [...parts.keys()].find((name) => !known.includes(name))
  if (other !== undefined) return problem(other.slice(0, 60))
  const numbers = readNumbers(parts)
  if ('problem' in numbers) return numbers
  const days = readDays(parts.get('BYDAY'))
  const weekStart = dayCodes.indexOf(parts.get('WKST') ?? 'MO')
  const untilWall = readUntil(parts.get('UNTIL'), start)
  if (untilWall === undefined) return problem(`UNTIL=${parts.get('UNTIL')?.slice(0, 60)}`)
  if (!days || !fits(days, numbers, frequency)) return problem(`BYDAY=${parts.get('BYDAY')?.slice(0, 60)}`)
  if (weekStart < 0) return problem(`WKST=${parts.get('WKST')?.slice(0, 60)}`)
  return completed({ frequency: frequency as Frequency, untilWall, weekStart, days, ...numbers }, start)
}

function readPart(part: string): [name: string, value: string] {
  const [name = '', value = ''] = part.split('=')
  return [name, value]
}

type Numbers = Pick<Rule, 'interval' | 'count' | 'monthDays' | 'months' | 'hours' | 'positions'>

function readNumbers(parts: Parts): Numbers | Problem {
  const wrong: string[] = []
  const read = (name: string, least: number, most: number, isSigned = false): number[] => {
    const texts = parts.get(name)?.split(',') ?? []
    const numbers = texts.map((text) => (/^[+-]?\d{1,6}$/.test(text) ? Number(text) : Number.NaN))
    const sizes = isSigned ? numbers.map(Math.abs) : numbers
    if (!sizes.every((size) => least <= size && size <= most))
      wrong.push(`${name}=${texts.join().slice(0, 60)}`)
    return numbers
  }
  const numbers = {
    interval: read('INTERVAL', 1, 10_000)[0] ?? 1,
    count: read('COUNT', 1, 100_000)[0] ?? Number.POSITIVE_INFINITY,
    monthDays: read('BYMONTHDAY', 1, 31, true),
    months: read('BYMONTH', 1, 12),
    hours: read('BYHOUR', 0, 23),
    positions: read('BYSETPOS', 1, 366, true),
  }
  return wrong[0] === undefined ? numbers : problem(wrong[0])
}

function readDays(text: string | undefined): DayOfRule[] | undefined {
  const days = text?.split(',').map((written) => {
    const [, ordinal = '', code = ''] = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(written) ?? []
    return { ordinal: Number(ordinal), weekday: dayCodes.indexOf(code) }
  })
  return days?.every(({ weekday }) => weekday >= 0) === false ? undefined : (days ?? [])
}

/** The n-th day of the week is one of a month or a year; so is a day of the month. */
function fits(days: readonly DayOfRule[], { monthDays }: Numbers, frequency: string): boolean {
  const needsMonths = frequency === 'DAILY' || frequency === 'WEEKLY'
  return (
    !needsMonths ||
    (days.every(({ ordinal }) => ordinal === 0) && (frequency === 'DAILY' || monthDays.length === 0))
  )
}

/** Written in UTC, or as a date, which is the last day of the series. */
function readUntil(text: string | undefined, { zone, isDate }: CalendarTime): number | undefined {
  if (text === undefined) return Number.POSITIVE_INFINITY
  const [, date = '', time, utc] = /^(\d{8})(?:T(\d{6})(Z?))?$/.exec(text) ?? []
  if (isDate || time === undefined) {
    const wallMs = wallOf(date, '000000')
    return wallMs === undefined ? undefined : wallMs + dayMs - 1
  }
  const wallMs = wallOf(date, time)
  return wallMs === undefined
    ? undefined
    : wallIn(zone, { wallMs, zone: utc ? zoneOf('UTC') : zone, isDate: false })
}

function completed(rule: Rule, { wallMs }: CalendarTime): Rule {
  const start = new Date(wallMs)
  const hours = rule.hours.length > 0 ? rule.hours : [start.getUTCHours()]
  if (rule.days.length + rule.monthDays.length > 0) return { ...rule, hours }
  const monthDays = [start.getUTCDate()]
  switch (rule.frequency) {
    case 'DAILY':
      return { ...rule, hours }
    case 'WEEKLY':
      return { ...rule, hours, days: [{ ordinal: 0, weekday: weekdayOf(utcDayOf(wallMs)) }] }
    case 'MONTHLY':
      return { ...rule, hours, monthDays }
    case 'YEARLY':
      return {
        ...rule,
        hours,
        monthDays,
        months: rule.months.length > 0 ? rule.months : [start.getUTCMonth() + 1],
      }
    default:
      return rule.frequency satisfies never
  }
}

function wrongFrequency(frequency: string): Problem {
  const hint = 'write a series that recurs daily, weekly, monthly or yearly'
  return { problem: `it recurs ${frequency.toLowerCase().slice(0, 60) || 'without a frequency'}`, hint }
}

function problem(part: string): Problem {
  return { problem: `its recurrence says ${part}, which cannot be read`, hint: 'write a simpler series' }
}
