import type { Evidence } from '@holdpoint/schemas'
import type { ASTNode } from '@marcbachmann/cel-js'
import { type Compilation, compile } from '../condition/compile.ts'
import type { Subject } from '../condition/subject.ts'
import { inWords } from '../words/in-words.ts'

/** A part of a condition that is true or false by itself. */
export interface Clause {
  /** As a person would say it. */
  words: string
  /** Raises RuleFailure when there is no answer. */
  holds(subject: Subject): boolean
  /** The values that it reads. */
  evidence(subject: Subject): Evidence[]
}

/** How the parts of a condition belong together. */
export type Clauses =
  | { is: 'all'; of: readonly Clauses[] }
  | { is: 'any'; of: readonly Clauses[] }
  | { is: 'one'; clause: Clause }

/** The parts of an expression that was type-checked before. */
export function clausesOf(node: ASTNode, compilation: Compilation): Clauses {
  switch (node.op) {
    case '&&':
      return { is: 'all', of: partsOf(node, '&&').map((part) => clausesOf(part, compilation)) }
    case '||':
      return { is: 'any', of: partsOf(node, '||').map((part) => clausesOf(part, compilation)) }
    default:
      return { is: 'one', clause: clauseOf(node, compilation) }
  }
}

function partsOf(node: ASTNode, op: '&&' | '||'): ASTNode[] {
  return node.op === op ? node.args.flatMap((part) => partsOf(part, op)) : [node]
}

function clauseOf(node: ASTNode, compilation: Compilation): Clause {
  const term = compile(node, compilation)
  if (!term) throw new Error(`A condition with errors was taken as sound: ${compilation.source}`)
  return {
    words: inWords(node),
    holds: term.run as Clause['holds'],
    evidence: (subject) => term.parts.map(({ expression, text }) => ({ expression, value: text(subject) })),
  }
}
