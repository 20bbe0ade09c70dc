import type { Moment } from './roster.ts'

export type Problem = { problem: string; hint: string }

const firstYear = 2000
const lastYear = 2199

const writeMoment = 'write a date such as 2026-02-28, or an instant such as 2026-02-28T09:00:00Z'

/** A date, or an instant with its offset from UTC. A time without an offset is refused: whose clock would it be? */
export function readMoment(text: string): { moment: Moment } | Problem {
  const [, date, time, offset] =
    /^(\d{4}-\d\d-\d\d)(?:T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(
      text,
    ) ?? []
  if (date === undefined)
    return { problem: `"${text.slice(0, 60)}" is not a date or an instant`, hint: writeMoment }
  const wrong = wrongDate(date)
  if (wrong) return wrong
  if (time === undefined) return { moment: { kind: 'date', date } }
  if (offset === undefined)
    return { problem: `"${text}" says no offset from UTC`, hint: `write ${text}Z, or ${text}+01:00` }
  const atMs = Date.parse(text)
  return Number.isNaN(atMs)
    ? { problem: `"${text}" has an unknown offset`, hint: writeMoment }
    : { moment: { kind: 'instant', atMs } }
}

/** A date of the calendar, such as 2026-01-05. */
export function readDate(text: string): { date: string } | Problem {
  if (!/^\d{4}-\d\d-\d\d$/.test(text))
    return { problem: `"${text.slice(0, 60)}" is not a date`, hint: 'write a date such as 2026-01-05' }
  return wrongDate(text) ?? { date: text }
}

function wrongDate(date: string): Problem | undefined {
  const day = new Date(`${date}T00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== date)
    return { problem: `there is no day ${date}`, hint: 'write a day of the calendar, such as 2026-02-28' }
  const year = day.getUTCFullYear()
  if (year < firstYear || year > lastYear)
    return { problem: `${date} is out of reach`, hint: `write a year from ${firstYear} to ${lastYear}` }
  return undefined
}
