import { firstYear, lastYear } from './range.ts'

type ReadDate = { date: string } | { problem: string; hint: string }

/** A date as a policy says it: `2026-12-24`, or `12-24` for every year. */
export function readDate(text: string): ReadDate {
  const [, year, month = '', day = ''] = /^(?:(\d{4})-)?(\d\d)-(\d\d)$/.exec(text) ?? []
  if (month === '')
    return {
      problem: `"${text.slice(0, 60)}" is not a date`,
      hint: 'write 2026-12-24, or 12-24 for every year',
    }
  if (year !== undefined && (Number(year) < firstYear || Number(year) > lastYear))
    return { problem: `the year ${year} is out of range`, hint: `write ${firstYear} to ${lastYear}` }
  return impossible(text, year, Number(month), Number(day)) ?? { date: text }
}

function impossible(
  text: string,
  year: string | undefined,
  month: number,
  day: number,
): ReadDate | undefined {
  if (month < 1 || month > 12)
    return { problem: `"${text}" has no such month`, hint: 'the month comes before the day: 12-24' }
  // Without a year, 29 February is a date: it comes every four years.
  const days = new Date(Date.UTC(Number(year ?? 2000), month, 0)).getUTCDate()
  if (day >= 1 && day <= days) return undefined
  return { problem: `there is no ${text}`, hint: `that month has ${days} days` }
}
