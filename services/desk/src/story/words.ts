import type { Actor, Change, Correction, Evidence } from '@holdpoint/schemas'

/** `shipping.postalCode` as people say it: `shipping postal code`; `lines.7.quantity`: `quantity of line 7`. */
export function fieldWords(path: string): string {
  const [, line, field] = /^lines\.(.+?)(?:\.(\w+))?$/.exec(path) ?? []
  if (line) return field ? `${spelt(field)} of line ${line}` : `line ${line}`
  return path.split('.').map(spelt).join(' ')
}

const spelt = (name: string): string => name.replace(/([A-Z])/g, ' $1').toLowerCase()

const valueWords = (value: string): string => (value === '' ? 'nothing' : value)

export const changeWords = ({ path, from, to }: Pick<Change, 'path' | 'from' | 'to'>): string =>
  `${fieldWords(path)} from ${valueWords(from)} to ${valueWords(to)}`

export const correctionWords = (corrections: readonly Correction[]): string =>
  listed(corrections.map(({ path, expected, value }) => changeWords({ path, from: expected, to: value })))

/** `order.shipping.country was US`; an expression that is no plain name speaks for itself. */
export function evidenceWords({ expression, value }: Evidence): string {
  const isName = /^[a-z]\w*(\.\w+)*$/i.test(expression)
  return `${isName ? fieldWords(expression.replace(/^order\./, '')) : expression} was ${valueWords(value)}`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}

export const quoted = (text: string): string => `“${text}”`

/** Who did it; Holdpoint itself where no person did. */
export const who = ({ subject, name }: Actor): string =>
  subject.startsWith('system:') ? 'Holdpoint' : name || subject

/** `, because “…”`; what people said ends as they ended it. */
export const because = (reason: string): string => (reason === '' ? '' : `, because ${quoted(reason)}`)

/** `2026-11-27 22:54 UTC`. */
export const moment = (instant: number): string =>
  `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** A customer, whoever asked for it, or a role. */
export const whom = (to: string): string =>
  ({ customer: 'the customer', requester: 'whoever asked for it' })[to] ?? to

export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** Ends a sentence that does not end yet. */
export const ended = (text: string): string => (/[.!?…]”?$/.test(text) ? text : `${text}.`)
