import { noSuchDay } from '@holdpoint/schemas'
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
  const wrong = noSuchDay(Number(month), Number(day), year === undefined ? undefined : Number(year))
  return wrong ?? { date: text }
}
