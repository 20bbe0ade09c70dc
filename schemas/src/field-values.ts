import { canonicalDecimal, unitsOf } from './decimal.ts'
import { formProblem } from './field-forms.ts'
import type { Decimal, Order, PathValue } from './generated/types.ts'
import { fieldMatches, readField, writeField } from './order-path.ts'
import { isBlank, shortened } from './visible-text.ts'

/** Longer than any name, street or description that a person types. */
const longestValue = 2_000
/** Longest part of a path or value that a message repeats. */
const longestQuote = 100

/** What is wrong with one of the values that somebody wants to set. */
export interface ValueProblem {
  /** Which of them: its place in the list. */
  index: number
  path: string
  /** Which part of it is wrong. */
  part: 'path' | 'value'
  /** What is wrong and what to do, as a sentence. */
  message: string
}

/** Why these values cannot be set on this order, each problem with its field; empty when all of them can. */
export function valueProblems(order: Order, fields: readonly PathValue[]): ValueProblem[] {
  const seen = new Set<string>()
  return fields.flatMap(({ path, value }, index): ValueProblem[] => {
    const message = pathProblem(order, path, seen)
    seen.add(path)
    if (message) return [{ index, path, part: 'path', message }]
    const wrong = valueProblem(order, path, value)
    return wrong ? [{ index, path, part: 'value', message: wrong }] : []
  })
}

function pathProblem(order: Order, path: string, seen: ReadonlySet<string>): string | undefined {
  if (seen.has(path)) return `"${shortened(path, longestQuote)}" is named twice: give it one value.`
  if (readField(order, path) !== undefined) return undefined
  return `This order has no field "${shortened(path, longestQuote)}": look at the order again.`
}

function valueProblem(order: Order, path: string, value: string): string | undefined {
  if (value.length > longestValue)
    return `"${path}" would get ${value.length} characters, at most ${longestValue} can be set: shorten it.`
  if (hasControlCharacter(value))
    return `"${path}" would get characters that cannot be seen: type the value again.`
  if (value !== '' && isBlank(value))
    return `"${path}" would get blanks that say nothing: type the value, or leave it empty.`
  const written = writeField(order, path, value)
  if ('problem' in written) return shortened(written.problem, longestQuote * 3)
  const wrong = formProblem(path, value)
  return wrong ? `"${path}" would be ${wrong}` : discountProblem(path, value)
}

function discountProblem(path: string, value: string): string | undefined {
  const percent = fieldMatches('lines.*.discountPercent', path) ? canonicalDecimal(value) : undefined
  if (percent === undefined || isDiscount(percent)) return undefined
  return `"${path}" would become ${percent}: a discount is at least 0 and at most 100 percent.`
}

/** Whether a line can be sold at this discount, in percent. */
export function isDiscount(percent: Decimal): boolean {
  const units = unitsOf(percent)
  return units >= 0n && units <= unitsOf('100')
}

/** Line breaks and tabs belong to addresses as people paste them; anything else of that sort is damage. */
function hasControlCharacter(value: string): boolean {
  return /[^\P{Cc}\t\n\r]/u.test(value)
}
