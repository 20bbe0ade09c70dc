import { dayMs, hourMs } from '../time/dates.ts'
import { refusalOf } from './refusal.ts'
import { msOf, type Within, withinInWords } from './within.ts'

export const withinForm: RegExp = /^([1-9]\d{0,6}) (working )?(minute|hour|day)s?$/
export const shareForm: RegExp = /^([1-9]\d?) ?%$/

/** About a year of each kind. */
const longest = { elapsed: 365 * dayMs, open: 2_000 * hourMs, 'working-days': 250 }

/**
 * Reads `30 minutes`, `2 hours`, `3 days`, `90 working minutes`, `2 working hours`, `1 working day`; or tells what is
 * wrong and what to write. Nothing is guessed: "2 hrs", "1.5 hours" and "two weeks" are refused.
 */
export function readWithin(text: string): { within: Within } | { problem: string; hint: string } {
  const [, digits, working, unit] = withinForm.exec(text) ?? []
  if (digits === undefined) return refusalOf(text)
  const within = withinOf(Number(digits), unit as Unit, working !== undefined)
  const amount = within.kind === 'working-days' ? within.count : msOf(within)
  return amount <= longest[within.kind] ? { within } : tooLong(within)
}

type Unit = 'minute' | 'hour' | 'day'

function withinOf(count: number, unit: Unit, isWorking: boolean): Within {
  if (!isWorking) return { kind: 'elapsed', count, unit }
  return unit === 'day' ? { kind: 'working-days', count } : { kind: 'open', count, unit }
}

const limits = { elapsed: '365 days', open: '2000 working hours', 'working-days': '250 working days' }

function tooLong(within: Within): { problem: string; hint: string } {
  const limit = limits[within.kind]
  return { problem: `"${withinInWords(within)}" is longer than ${limit}`, hint: `write ${limit} at most` }
}

/** Reads a share of a time such as `75 %`: whole percents above 0 and below 100. */
export function readShare(text: string): { percent: number } | { problem: string; hint: string } {
  const [, digits] = shareForm.exec(text) ?? []
  if (digits !== undefined) return { percent: Number(digits) }
  return {
    problem: `"${text.slice(0, 60)}" is not a share of the time`,
    hint: 'write 75 %, or another whole number of percents from 1 % to 99 %',
  }
}
