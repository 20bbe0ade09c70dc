import { type Hours, hoursInWords, inOrder, overlapIn, readHours } from './hours.ts'
import type { Report } from './problem.ts'

/** The hours of one day in order; empty after reporting what is wrong with them. */
export function readHoursOfDay(
  path: readonly (string | number)[],
  written: string | readonly string[],
  report: Report,
): Hours[] {
  const isList = typeof written !== 'string'
  const hours = (isList ? written : [written]).flatMap((text, index) => {
    const read = readHours(text)
    if ('hours' in read) return [read.hours]
    report({ path: isList ? [...path, index] : [...path], message: read.problem, hint: read.hint })
    return []
  })
  const overlap = overlapIn(hours)
  if (!overlap) return inOrder(hours)
  const [first, second] = overlap.map(hoursInWords)
  report({
    path: [...path],
    message: `the hours ${first} and ${second} overlap`,
    hint: 'let one end before the next begins',
  })
  return []
}
