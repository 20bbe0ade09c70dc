import { parsePolicy } from '../parse-policy.ts'
import type { FileError } from '../reading/file-error.ts'
import { policyText } from './sample-revision.ts'

/** An error that a test plants into the sample policy: a piece of its text is another, and has to be told at `at`. */
export type Planted = [
  what: string,
  piece: string,
  replacement: string,
  at: string,
  message: string | RegExp,
  hint?: string | RegExp,
]

const base = policyText('lines.total > 5000')

/** Everything that is wrong with the policy, and what has to be among it. */
export function plant([_, piece, replacement, at, message, hint = /./]: Planted) {
  if (!base.includes(piece)) throw new Error(`The policy does not hold ${piece}`)
  const text = base.replace(piece, () => replacement)
  return { errors: errorsOf(text), wanted: { ...placeOf(at, text), message, hint } }
}

export function errorsOf(text: string): FileError[] {
  const parsed = parsePolicy(text)
  return 'errors' in parsed ? parsed.errors : []
}

/** Line and column at which a piece of text stands. */
export function placeOf(piece: string, text: string): { line: number; column: number } {
  const before = text.slice(0, text.indexOf(piece)).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
