import { readDay, readInstant, type TimeProblem } from '@holdpoint/schemas'
import type { Moment } from './roster.ts'

const firstYear = 2000
const lastYear = 2199

const writeMoment = 'write a date such as 2026-02-28, or an instant such as 2026-02-28T09:00:00Z'

/** A date, or an instant with its offset from UTC. A time without an offset is refused: whose clock would it be? */
export function readMoment(text: string): { moment: Moment } | TimeProblem {
  const [, date = '', time] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?:$|[:Z+-]).*)?$/.exec(text) ?? []
  if (date === '') return { problem: `"${text.slice(0, 60)}" is not a date or an instant`, hint: writeMoment }
  const day = readDate(date)
  if ('problem' in day) return day
  if (time === undefined) return { moment: { kind: 'date', date } }
  const instant = readInstant(text)
  return 'problem' in instant ? instant : { moment: { kind: 'instant', atMs: instant.atMs } }
}

/** A date of the calendar, such as 2026-01-05. */
export function readDate(text: string): { date: string } | TimeProblem {
  const read = readDay(text)
  if ('problem' in read) return read
  const year = Number(text.slice(0, 4))
  if (year < firstYear || year > lastYear)
    return { problem: `${text} is out of reach`, hint: `write a year from ${firstYear} to ${lastYear}` }
  return { date: text }
}
