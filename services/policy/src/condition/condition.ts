import type { Basis, Evidence } from '@holdpoint/schemas'
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js'
import { type Compilation, compile, report } from './compile.ts'
import { scopeOf } from './scope.ts'
import type { Subject } from './subject.ts'
import type { ExpressionProblem, Part, Term, VariableName } from './term.ts'
import type { Vocabulary } from './vocabulary.ts'

/** The condition of a rule, type-checked and ready to run. */
export interface Condition {
  basis: Extract<Basis, 'STANDING' | 'MOMENTARY' | 'REQUEST'>
  /** Raises RuleFailure when there is no answer. */
  holds(subject: Subject): boolean
  /** Every value that the expression reads, in the order in which it reads them. */
  evidence(subject: Subject): Evidence[]
}

/** Longer than any rule that a person can check by reading it. */
export const longestExpression = 2_000

/** The library parses; what an expression may contain is said in compile.ts. */
const environment = new Environment({
  limits: { maxAstNodes: 250, maxDepth: 40, maxListElements: 100, maxMapEntries: 10, maxCallArguments: 8 },
})

/** The tree of an expression. Raises ParseError. */
export const treeOf = (source: string): ASTNode => environment.parse(source).ast

/** Reads an expression for a policy with these names: the condition, or everything that is wrong with it. */
export function readCondition(
  source: string,
  vocabulary: Vocabulary,
): { condition: Condition } | { problems: ExpressionProblem[] } {
  const compilation = newCompilation(source, vocabulary)
  const term = compileSource(compilation)
  if (!term || compilation.problems.length > 0) return { problems: compilation.problems }
  const parts = withoutRepeats(term.parts)
  return {
    condition: {
      basis: basisOf(term.reads),
      holds: term.run as (subject: Subject) => boolean,
      evidence: (subject) => parts.map(({ expression, text }) => ({ expression, value: text(subject) })),
    },
  }
}

export function newCompilation(source: string, { stages, calendars }: Vocabulary): Compilation {
  return { source, scope: scopeOf(stages), calendars, textsLookedThrough: 0, problems: [] }
}

function compileSource(compilation: Compilation): Term | undefined {
  const { source } = compilation
  if (source.length > longestExpression)
    return report(
      compilation,
      0,
      `the condition has ${source.length} characters`,
      `at most ${longestExpression}: make several exception types of it`,
    )
  try {
    const term = compile(treeOf(source), compilation)
    return term && checkWhole(term, compilation)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return report(compilation, error.range?.start ?? 0, messageFor(error), hintFor(error.code))
  }
}

function checkWhole(term: Term, compilation: Compilation): Term | undefined {
  if (term.type.is !== 'truth')
    return report(
      compilation,
      0,
      'the condition is not something that is true or false',
      'compare it with something, such as lines.total > 5000',
    )
  if (term.reads.length === 0)
    return report(
      compilation,
      0,
      'the condition looks at nothing, so it is always the same',
      'name what the rule depends on, such as order.channel == "web"',
    )
  const momentary = term.reads.find(isMomentary)
  if (momentary && term.reads.includes('request'))
    return report(
      compilation,
      0,
      `the condition reads both request and ${momentary}`,
      `a rule about a request is judged for as long as the request waits: leave ${momentary} out, or make two types of it`,
    )
  return term
}

function basisOf(reads: readonly VariableName[]): Condition['basis'] {
  if (reads.includes('request')) return 'REQUEST'
  return reads.some(isMomentary) ? 'MOMENTARY' : 'STANDING'
}

const isMomentary = (name: VariableName): boolean => name === 'changes' || name === 'event'

function withoutRepeats(parts: readonly Part[]): Part[] {
  return [...new Map(parts.map((part) => [part.expression, part])).values()]
}

function messageFor({ code, summary }: ParseError): string {
  if (code === 'limit_exceeded') return 'the condition is too long or too deep'
  if (summary.endsWith('EOF')) return 'something is missing at the end'
  return summary.charAt(0).toLowerCase() + summary.slice(1)
}

const hints: Record<string, string> = {
  unexpected_character: 'compare with == (two signs), join with && or ||',
  unterminated_string:
    'close the text with the quote that opened it; behind a blank, # starts a comment in YAML',
  limit_exceeded: 'make several exception types of it',
  reserved_identifier: 'use another name',
}

const hintFor = (code: string): string =>
  hints[code] ?? 'a condition reads like lines.total > 5000 && order.channel == "web"'
