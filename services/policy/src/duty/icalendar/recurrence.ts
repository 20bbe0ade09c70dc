import { dayMs, hourMs, utcDayOf, weekdayOf } from '../../time/dates.ts'
import type { DayOfRule, Rule } from './rule.ts'

/**
 * Starts that a rule gives between two times on the wall, in milliseconds. Recurrence is a matter of the wall: neither
 * zones nor changes of the clocks come into it.
 *
 * Source: RFC 5545, section 3.3.10. A rule takes each of its periods (day, week, month, year), keeps the days that fit,
 * and of these, with their hours, the positions that it names.
 */
export function recurring(rule: Rule, startWall: number, fromWall: number, toWall: number): number[] {
  const found: number[] = []
  const lastWall = Math.min(rule.untilWall, toWall)
  let count = 0
  for (let period = firstPeriod(rule, startWall, fromWall); ; period++) {
    const [first, last] = daysOf(rule, startWall, period)
    if (first * dayMs > lastWall) return found
    for (const wallMs of startsIn(rule, startWall, first, last)) {
      if (wallMs < startWall) continue
      if (wallMs > lastWall || count === rule.count) return found
      count++
      if (wallMs >= fromWall) found.push(wallMs)
    }
  }
}

/** Periods before it are over by `fromWall`. Counting has to begin with the first one. */
function firstPeriod(rule: Rule, startWall: number, fromWall: number): number {
  if (Number.isFinite(rule.count) || fromWall <= startWall) return 0
  const [start, from] = [new Date(startWall), new Date(fromWall)]
  const years = from.getUTCFullYear() - start.getUTCFullYear()
  const days = Math.floor((fromWall - startWall) / dayMs)
  const units = {
    DAILY: days,
    WEEKLY: Math.floor(days / 7),
    MONTHLY: years * 12 + from.getUTCMonth() - start.getUTCMonth(),
    YEARLY: years,
  }
  return Math.max(0, Math.floor(units[rule.frequency] / rule.interval) - 1)
}

/** First and last day of a period, counted from 1970-01-01. */
function daysOf(
  { frequency, interval, weekStart }: Rule,
  startWall: number,
  period: number,
): [number, number] {
  const start = new Date(startWall)
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth()]
  const startDay = utcDayOf(startWall)
  const step = period * interval
  switch (frequency) {
    case 'DAILY':
      return [startDay + step, startDay + step]
    case 'WEEKLY': {
      const monday = startDay - ((weekdayOf(startDay) - weekStart + 7) % 7) + step * 7
      return [monday, monday + 6]
    }
    case 'MONTHLY':
      return [utcDay(year, month + step, 1), utcDay(year, month + step + 1, 0)]
    case 'YEARLY':
      return [utcDay(year + step, 0, 1), utcDay(year + step, 11, 31)]
    default:
      return frequency satisfies never
  }
}

const utcDay = (year: number, month: number, day: number): number => Date.UTC(year, month, day) / dayMs

function startsIn(rule: Rule, startWall: number, first: number, last: number): number[] {
  const hours = [...new Set(rule.hours)].sort((one, other) => one - other)
  const starts: number[] = []
  for (let day = first; day <= last; day++)
    if (fits(rule, day))
      for (const hour of hours) starts.push(day * dayMs + hour * hourMs + (startWall % hourMs))
  const { positions } = rule
  if (positions.length === 0) return starts
  return starts.filter(
    (_, index) => positions.includes(index + 1) || positions.includes(index - starts.length),
  )
}

function fits({ months, monthDays, days, frequency }: Rule, day: number): boolean {
  const date = new Date(day * dayMs)
  const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  if (months.length > 0 && !months.includes(month + 1)) return false
  if (
    monthDays.length > 0 &&
    !monthDays.some((one) => one === dayOfMonth || one === dayOfMonth - lastOfMonth - 1)
  )
    return false
  if (days.length === 0) return true
  const inYear = frequency === 'YEARLY' && months.length === 0
  const before = inYear ? day - utcDay(year, 0, 1) : dayOfMonth - 1
  const after = inYear ? utcDay(year, 11, 31) - day : lastOfMonth - dayOfMonth
  return days.some((one) => isMeant(one, weekdayOf(day), before, after))
}

/** `before` and `after` count the days of the month, or year, on both sides. */
function isMeant({ ordinal, weekday }: DayOfRule, of: number, before: number, after: number): boolean {
  if (weekday !== of) return false
  if (ordinal === 0) return true
  return ordinal > 0 ? Math.floor(before / 7) + 1 === ordinal : Math.floor(after / 7) + 1 === -ordinal
}
