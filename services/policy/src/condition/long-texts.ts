import { type Compilation, report } from './compile.ts'
import type { Subject } from './subject.ts'
import { RuleFailure, type Term } from './term.ts'

/*
 * What is looked through costs by its length: with these limits no condition takes more than a millisecond, whatever
 * an order holds.
 */

/** Characters of a text that a rule looks through, or compares with one as long. */
export const longestText = 2_000
/** Characters of a text that is searched for in another. */
export const longestSearched = 200
/** Texts that one condition looks through. */
export const mostTexts = 5

/** Counts a text that is looked through; undefined after reporting that there are too many. */
export function countText(compilation: Compilation, at: number): true | undefined {
  compilation.textsLookedThrough++
  if (compilation.textsLookedThrough <= mostTexts) return true
  if (compilation.textsLookedThrough > mostTexts + 1) return undefined
  return report(
    compilation,
    at,
    `the condition looks through more than ${mostTexts} texts`,
    'use == or in […], or make several exception types of it',
  )
}

/** A text that is short enough; raises RuleFailure for a longer one. */
export function shortText({ run }: Term, written: string, most: number): (subject: Subject) => string {
  return (subject) => {
    const text = run(subject) as string
    if (text.length > most) throw tooLong(written, text, most)
    return text
  }
}

/** Two texts of the same length have to be compared to the end. */
export function sameText(one: string, other: string, written: string): boolean {
  if (one.length !== other.length) return false
  if (one.length > longestText) throw tooLong(written, one, longestText)
  return one === other
}

function tooLong(written: string, { length }: string, most: number): RuleFailure {
  return new RuleFailure(`${written} has ${length} characters, more than the ${most} that a rule looks at`)
}
