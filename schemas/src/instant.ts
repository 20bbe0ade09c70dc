/** Dates and instants as people and other systems write them. None rolls over: there is no 30 February. */

/** What is wrong with a text, and what to write instead. */
export interface TimeProblem {
  problem: string
  hint: string
}

/** Days since 1970-01-01 of a date such as `2026-03-02`. */
export function readDay(text: string): { day: number } | TimeProblem {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  if (year === undefined)
    return { problem: `${quoted(text)} is no date`, hint: 'write a date such as 2026-03-02' }
  const wrong = noSuchDay(Number(month), Number(day), Number(year))
  return wrong ?? { day: Date.parse(text) / dayMs }
}

/**
 * Milliseconds since 1970 of an instant with its offset from UTC, such as `2026-03-02T09:30:00Z` or
 * `2026-03-02T10:30+01:00`; parts of a millisecond are cut off.
 */
export function readInstant(text: string): { atMs: number } | TimeProblem {
  const [, date, hour, minute, second = '00', offset] = pattern.exec(text) ?? []
  if (date === undefined) return { problem: `${quoted(text)} is no instant`, hint: writeInstant }
  const day = readDay(date)
  if ('problem' in day) return day
  const wrong = noSuchTime(Number(hour), Number(minute), Number(second))
  if (wrong) return wrong
  if (offset === undefined)
    return { problem: `${quoted(text)} says no offset from UTC`, hint: `write ${text}Z, or ${text}+01:00` }
  return wrongOffset(offset) ?? { atMs: Date.parse(text) }
}

const pattern = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?$/

const writeInstant = 'write it with its offset, such as 2026-03-02T09:30:00Z'

/** What is wrong with a day of the calendar; without a year, 29 February is one. */
export function noSuchDay(month: number, day: number, year?: number): TimeProblem | undefined {
  const name = monthNames[month - 1]
  if (name === undefined)
    return {
      problem: `there is no month ${month}`,
      hint: 'the month comes before the day, such as 2026-12-24',
    }
  const days = new Date(Date.UTC(2000 + ((year ?? 2000) % 400), month, 0)).getUTCDate()
  if (day >= 1 && day <= days) return undefined
  const of = year === undefined ? '' : ` ${year}`
  return { problem: `there is no ${day} ${name}${of}`, hint: `${name}${of} has ${days} days` }
}

/** What is wrong with a time of day. */
export function noSuchTime(hour: number, minute: number, second: number): TimeProblem | undefined {
  const time = [hour, minute].map(two).join(':')
  if (hour === 24 && minute === 0 && second === 0)
    return { problem: 'there is no 24:00', hint: 'write 00:00 of the next day' }
  if (hour > 23 || minute > 59)
    return { problem: `there is no ${time}`, hint: 'the clock goes from 00:00 to 23:59' }
  if (second > 59)
    return {
      problem: `there is no ${time}:${two(second)}`,
      hint: 'seconds go from 00 to 59: leap seconds are not counted',
    }
  return undefined
}

/** No place is further from UTC, in minutes. */
const furthest = { behind: 12 * 60, ahead: 14 * 60 }

function wrongOffset(offset: string): TimeProblem | undefined {
  if (offset === 'Z') return undefined
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(4))]
  if (minutes <= 59 && hours * 60 + minutes <= furthest[offset.startsWith('-') ? 'behind' : 'ahead'])
    return undefined
  return { problem: `there is no offset ${offset} from UTC`, hint: 'offsets go from -12:00 to +14:00' }
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const dayMs = 86_400_000

const two = (part: number): string => String(part).padStart(2, '0')

const quoted = (text: string): string => `"${text.slice(0, 60)}"`
