import type { Subject } from './subject.ts'
import type { TextList } from './text-list.ts'

/** What an expression can be. Numbers are decimals with four places; `texts` is a list. */
export type Type =
  | { is: 'text'; oneOf?: readonly string[] }
  | { is: 'number' }
  | { is: 'truth' }
  | { is: 'instant' }
  | { is: 'texts' }

/** A number is kept as ten-thousandths, an instant as milliseconds. */
export type Value = string | bigint | boolean | number | TextList

/** The first names that a rule can read; which of them it reads says how its case ends. */
export type VariableName =
  | 'order'
  | 'lines'
  | 'request'
  | 'changes'
  | 'stages'
  | 'facts'
  | 'event'
  | 'cancelled'

/** One value that an expression read, for the evidence of a finding. */
export interface Part {
  expression: string
  text(subject: Subject): string
}

/** A piece of an expression, type-checked and ready to run. */
export interface Term {
  type: Type
  /** Raises RuleFailure when there is no answer. */
  run(subject: Subject): Value
  reads: readonly VariableName[]
  parts: readonly Part[]
  /** The text of a literal. */
  literal?: string
  /** For a field that may be absent: whether it is there. */
  isPresent?(subject: Subject): boolean
}

/** A rule has no answer for this order: a division by zero, a text that is no number. */
export class RuleFailure extends Error {
  readonly code = 'RULE_FAILED'
}

/** What is wrong with an expression, and where: characters from its start. */
export interface ExpressionProblem {
  at: number
  message: string
  hint: string
}

const names = {
  text: 'text',
  number: 'a number',
  truth: 'true or false',
  instant: 'an instant',
  texts: 'a list of texts',
} satisfies Record<Type['is'], string>

export const nameOf = (type: Type): string => names[type.is]

export const text: Type = { is: 'text' }
export const number: Type = { is: 'number' }
export const truth: Type = { is: 'truth' }
export const instant: Type = { is: 'instant' }
export const texts: Type = { is: 'texts' }

/** What a term made of others reads and shows. */
export function joined(terms: readonly Term[]): Pick<Term, 'reads' | 'parts'> {
  return { reads: terms.flatMap(({ reads }) => reads), parts: terms.flatMap(({ parts }) => parts) }
}
