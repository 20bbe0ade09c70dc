import type { Evidence, Request, Revision } from '@holdpoint/schemas'
import { isBuiltIn } from '../built-in-types.ts'
import { newCompilation, treeOf } from '../condition/condition.ts'
import { type Subject, subjectOf } from '../condition/subject.ts'
import { vocabularyOf } from '../condition/vocabulary.ts'
import { matchesOf } from '../judge.ts'
import type { ExceptionType, Policy } from '../policy.ts'
import { nameOf } from '../words/names.ts'
import { type Clauses, clausesOf } from './clause.ts'

/** What a rule says of one revision, and why. */
export interface Explanation {
  type: string
  name: string
  /** The rule as a sentence. */
  rule: string
  /** `not-asked`: the rule is about requests, and none waits. */
  answer: 'matches' | 'does-not-match' | 'no-answer' | 'not-asked'
  /** The request that it was judged for; empty for none. */
  requestId: string
  why: Why | null
}

/** The answer of a condition, part by part. `holds` null: that part has no answer, `problem` says why. */
export type Why =
  | { is: 'all' | 'any'; holds: boolean | null; of: readonly Why[] }
  | { is: 'one'; holds: boolean | null; words: string; values: readonly NamedValue[]; problem: string }

/** A value that a rule read, under the name that people give it. */
export type NamedValue = Evidence & { name: string }

/** Every rule of the policy on one revision: whether it matches, and the value of each part of its condition. */
export function explain(policy: Policy, revision: Revision): Explanation[] {
  const whole = subjectOf(revision)
  const explained = [...policy.types.values()]
    .filter(({ type }) => !isBuiltIn(type))
    .flatMap((type) => explainType(type, policy, whole))
  return [...explained, ...explainUnnamed(policy, whole)]
}

/** Requests that no rule names: they are answered all the same. */
function explainUnnamed(policy: Policy, whole: Subject): Explanation[] {
  if (whole.revision.requests.length === 0) return []
  return matchesOf(policy, whole).flatMap(({ type, requestId }) => {
    const builtIn = requestId !== '' && isBuiltIn(type) ? policy.types.get(type) : undefined
    return builtIn ? [{ ...headOf(builtIn), answer: 'matches', requestId, why: null }] : []
  })
}

function explainType(type: ExceptionType, policy: Policy, whole: Subject): Explanation[] {
  if (type.basis !== 'REQUEST') return [explainFor(type, policy, whole)]
  const { requests } = whole.revision
  if (requests.length === 0) return [{ ...headOf(type), answer: 'not-asked', requestId: '', why: null }]
  return requests.map(({ request }) => explainFor(type, policy, { ...whole, request }, request))
}

const headOf = ({ type, name, rule }: ExceptionType) => ({ type, name, rule })

const answers = { true: 'matches', false: 'does-not-match', null: 'no-answer' } as const

function explainFor(type: ExceptionType, policy: Policy, subject: Subject, request?: Request): Explanation {
  const { when: source } = type
  const clauses = clausesOf(treeOf(source), newCompilation(source, vocabularyOf(policy)))
  const why = whyOf(clauses, subject)
  const answer = answers[String(why.holds) as keyof typeof answers]
  return { ...headOf(type), answer, requestId: request?.requestId ?? '', why }
}

function whyOf(clauses: Clauses, subject: Subject): Why {
  if (clauses.is !== 'one') {
    const of = clauses.of.map((part) => whyOf(part, subject))
    return { is: clauses.is, holds: together(clauses.is, of), of }
  }
  const { words, evidence } = clauses.clause
  const values = evidence(subject).map((one) => ({ ...one, name: nameOf(one.expression) }))
  try {
    return { is: 'one', holds: clauses.clause.holds(subject), words, values, problem: '' }
  } catch (error) {
    return { is: 'one', holds: null, words, values, problem: (error as Error).message }
  }
}

/** As the rule itself is judged: a part without an answer does not matter when another one decides. */
function together(is: 'all' | 'any', parts: readonly Why[]): boolean | null {
  const decisive = is === 'any'
  if (parts.some(({ holds }) => holds === decisive)) return decisive
  return parts.some(({ holds }) => holds === null) ? null : !decisive
}
