import { minorDigits, shownAmount } from '@holdpoint/schemas/shown-amount'

/** Text for people out of the desk's values. Times are shown in the reader's own zone. */

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' })
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const listed = new Intl.ListFormat('en-GB')

export const showMoment = (iso: string): string => moment.format(new Date(iso))
export const showExactly = (iso: string): string => exact.format(new Date(iso))

/** The time of day for today, else the day with the time. */
export function showWhen(iso: string, now = new Date()): string {
  const at = new Date(iso)
  return at.toDateString() === now.toDateString() ? time.format(at) : moment.format(at)
}

/** `total` as money when the currency is known, else as the plain number; rounded as everywhere else. */
export function showMoney(total: string, currency: string): string {
  const amount = shownAmount(total, currency)
  try {
    const digits = minorDigits(currency)
    const options = { style: 'currency', currency, minimumFractionDigits: digits } as const
    return new Intl.NumberFormat(undefined, options).format(amount as Intl.StringNumericLiteral)
  } catch {
    return `${amount} ${currency}`.trim()
  }
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long until a deadline, in the largest two units: "in 1 h 20 min", "3 min late". */
export function showRemaining(deadline: string, now: number): string {
  const left = new Date(deadline).getTime() - now
  const span = showSpan(Math.abs(left))
  return left >= 0 ? `in ${span}` : `${span} late`
}

/** What is due next on an open case: an answer, or the decision, late since its first deadline. */
export function dueOf({ question, lateSince, deadline }: Due): { at: string; what: string } | null {
  if (question) return { at: question.answerBy, what: 'answer ' }
  const at = lateSince ?? deadline
  return at === null ? null : { at, what: '' }
}

interface Due {
  question: { answerBy: string } | null
  lateSince: string | null
  deadline: string | null
}

export function showSpan(ms: number): string {
  if (ms < minute) return `${Math.max(0, Math.floor(ms / 1000))} s`
  if (ms < hour) return `${Math.floor(ms / minute)} min`
  if (ms < day) return `${Math.floor(ms / hour)} h ${Math.floor((ms % hour) / minute)} min`
  return `${Math.floor(ms / day)} d ${Math.floor((ms % day) / hour)} h`
}

/** `order-manager` → `order manager`. */
export const showRole = (role: string): string => role.replaceAll('-', ' ')

/** `ESCALATED` → `Escalated`. */
export const showWord = (word: string): string =>
  word.charAt(0).toUpperCase() + word.slice(1).toLowerCase().replaceAll('_', ' ')

/** `finance decides` → `Finance decides`. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `a`, `a and b`, `a, b and c`. */
export const showList = (words: readonly string[]): string => listed.format(words)

export const showCount = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString()} ${count === 1 ? one : many}`
