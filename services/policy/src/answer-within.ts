const minute = 60_000
const units = { minute, hour: 60 * minute, day: 24 * 60 * minute }
const longest = 365 * units.day

/**
 * Milliseconds of an elapsed time such as `30 minutes`, `2 hours`, `1 day`; or what is wrong with it. A day is 24
 * hours. Nothing is guessed: "2 hrs", "1.5 hours" and "two hours" are refused.
 */
export function readAnswerWithin(text: string): { ms: number } | { problem: string } {
  const [, digits = '', unit = '', plural] = /^([1-9]\d{0,5}) (minute|hour|day)(s?)$/.exec(text) ?? []
  if (unit === '') return { problem: `"${text.slice(0, 60)}" is not a time` }
  const count = Number(digits)
  if ((count === 1) !== (plural === '')) return { problem: `"${text}" mixes one and many` }
  const ms = count * units[unit as keyof typeof units]
  return ms > longest ? { problem: `"${text}" is longer than 365 days` } : { ms }
}
