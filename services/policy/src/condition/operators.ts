import type { ASTNode } from '@marcbachmann/cel-js'
import { serialize } from '@marcbachmann/cel-js'
import { suggest } from '../reading/did-you-mean.ts'
import { divideUnits, multiplyUnits } from './arithmetic.ts'
import { type Compilation, compile, report } from './compile.ts'
import { sameText } from './long-texts.ts'
import type { Subject } from './subject.ts'
import { joined, nameOf, number, RuleFailure, type Term, truth, type Value } from './term.ts'
import type { TextList } from './text-list.ts'

type Node<Op extends ASTNode['op']> = Extract<ASTNode, { op: Op }>
type Pair = readonly [Term | undefined, Term | undefined]
type Truth = (subject: Subject) => boolean

/** As CEL has it: a side that has no answer does not matter when the other side decides. */
export function connective(
  node: Node<'&&' | '||'>,
  [left, right]: Pair,
  compilation: Compilation,
): Term | undefined {
  const fits = [isTruth(node.args[0], left, compilation), isTruth(node.args[1], right, compilation)]
  if (!left || !right || fits.includes(false)) return undefined
  const decisive = node.op === '||'
  const first = left.run as Truth
  const second = right.run as Truth
  return {
    type: truth,
    run: (subject) => shortcut(first, second, subject, decisive),
    ...joined([left, right]),
  }
}

function shortcut(first: Truth, second: Truth, subject: Subject, decisive: boolean): boolean {
  let answer: boolean
  try {
    answer = first(subject)
  } catch (failure) {
    if (second(subject) === decisive) return decisive
    throw failure
  }
  return answer === decisive ? decisive : second(subject)
}

const orders: Record<string, (left: bigint | number, right: bigint | number) => boolean> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
}

export function comparison(
  node: Node<'==' | '!=' | '<' | '<=' | '>' | '>='>,
  [left, right]: Pair,
  compilation: Compilation,
): Term | undefined {
  if (!left || !right) return undefined
  const order = orders[node.op]
  if (!areComparable(node, left, right, order !== undefined, compilation)) return undefined
  const run = order
    ? (subject: Subject) => order(left.run(subject) as bigint, right.run(subject) as bigint)
    : equality(node, left, right)
  return { type: truth, run, ...joined([left, right]) }
}

function equality(node: Node<'==' | '!=' | '<' | '<=' | '>' | '>='>, left: Term, right: Term) {
  const wanted = node.op === '=='
  if (left.type.is !== 'text')
    return (subject: Subject) => (left.run(subject) === right.run(subject)) === wanted
  const written = serialize(node.args[0])
  return (subject: Subject) =>
    sameText(left.run(subject) as string, right.run(subject) as string, written) === wanted
}

function areComparable(
  node: Node<'==' | '!=' | '<' | '<=' | '>' | '>='>,
  left: Term,
  right: Term,
  byOrder: boolean,
  compilation: Compilation,
): boolean {
  if (left.type.is !== right.type.is) return refuseMixed(node, left, right, compilation)
  const orderable = left.type.is === 'number' || left.type.is === 'instant'
  if (byOrder ? !orderable : left.type.is === 'texts') {
    const hint = byOrder
      ? 'numbers and instants have an order; number(…) makes a number of text'
      : 'use in, or size(…)'
    report(
      compilation,
      node,
      `${node.op} does not compare ${nameOf(left.type)} with ${nameOf(right.type)}`,
      hint,
    )
    return false
  }
  return canBe(node.args[1], left, right, compilation) && canBe(node.args[0], right, left, compilation)
}

function refuseMixed(
  node: Node<'==' | '!=' | '<' | '<=' | '>' | '>='>,
  left: Term,
  right: Term,
  compilation: Compilation,
) {
  const message = `${node.op} compares ${nameOf(left.type)} with ${nameOf(right.type)}`
  report(compilation, node, message, mixedHint(left, right))
  return false
}

function mixedHint(left: Term, right: Term): string {
  const [written] = [left, right].filter(({ literal }) => literal !== undefined)
  const [other] = [left, right].filter(({ literal }) => literal === undefined)
  if (written?.type.is === 'text' && other?.type.is === 'number') return 'write the number without quotes'
  if (written?.type.is === 'number' && other?.type.is === 'text')
    return `write the text in quotes: "${written.literal}", or number(…) around the other side`
  if (other?.type.is === 'texts') return 'use in: "…" in the list'
  return 'both sides have to be of one sort'
}

/** Whether a value that is one of a few can ever be the text that it is compared with. */
function canBe(node: ASTNode, { type }: Term, { literal }: Term, compilation: Compilation): boolean {
  if (type.is !== 'text' || !type.oneOf || literal === undefined || type.oneOf.includes(literal)) return true
  report(compilation, node, `it is never "${literal}"`, suggest(literal, type.oneOf))
  return false
}

const calculations = {
  '+': (left: bigint, right: bigint) => left + right,
  '-': (left: bigint, right: bigint) => left - right,
  '*': multiplyUnits,
  '/': divideUnits,
}

/** Exact to four places; a product or a quotient is rounded to them, a tie to the even one. */
export function arithmetic(
  node: Node<'+' | '-' | '*' | '/'>,
  [left, right]: Pair,
  compilation: Compilation,
): Term | undefined {
  if (!left || !right) return undefined
  for (const [index, term] of [left, right].entries())
    if (term.type.is !== 'number')
      return report(
        compilation,
        node.args[index] as ASTNode,
        `${node.op} takes numbers, not ${nameOf(term.type)}`,
        'number(…) makes a number of text',
      )
  const calculate = calculations[node.op]
  const written = serialize(node)
  const run = (subject: Subject) => {
    const divisor = right.run(subject) as bigint
    if (node.op === '/' && divisor === 0n) throw new RuleFailure(`${written} divides by zero`)
    return calculate(left.run(subject) as bigint, divisor)
  }
  return { type: number, run, ...joined([left, right]) }
}

/** `order.channel in ["web", "shop"]`, `"D" in lines.skus`. */
export function membership(node: Node<'in'>, compilation: Compilation): Term | undefined {
  const [item, list] = node.args
  const wanted = compile(item, compilation)
  return list.op === 'list'
    ? inLiterals(item, wanted, list.args, compilation)
    : inTexts(node, wanted, compile(list, compilation), compilation)
}

function inLiterals(
  item: ASTNode,
  wanted: Term | undefined,
  nodes: readonly ASTNode[],
  compilation: Compilation,
) {
  const literals = nodes.map((node) => compile(node, compilation))
  for (const [index, literal] of literals.entries())
    if (literal && literal.literal === undefined)
      return report(
        compilation,
        nodes[index] as ASTNode,
        'a list holds plain values only',
        'such as ["web", "shop"]',
      )
  if (!wanted || literals.includes(undefined)) return undefined
  const terms = literals as Term[]
  for (const [index, term] of terms.entries()) {
    const node = nodes[index] as ASTNode
    if (term.type.is !== wanted.type.is)
      return report(
        compilation,
        node,
        `in compares ${nameOf(wanted.type)} with ${nameOf(term.type)}`,
        mixedHint(wanted, term),
      )
    if (!canBe(node, wanted, term, compilation)) return undefined
  }
  if (wanted.type.is === 'texts')
    return report(
      compilation,
      item,
      'a list is not in a list',
      'write "…" in lines.skus, one text after the other',
    )
  const values = new Set<Value>(terms.map((term) => term.run(nobody)))
  return { type: truth, run: (subject: Subject) => values.has(wanted.run(subject)), ...joined([wanted]) }
}

/** Literals look at nothing. */
const nobody = undefined as unknown as Subject

/** The evidence is the answer itself: the whole list would be long, and would change with every other line. */
function inTexts(
  node: Node<'in'>,
  wanted: Term | undefined,
  list: Term | undefined,
  compilation: Compilation,
) {
  if (!wanted || !list) return undefined
  if (list.type.is !== 'texts')
    return report(
      compilation,
      node.args[1],
      `behind in stands ${nameOf(list.type)}`,
      'a list such as lines.skus or ["web", "shop"] has to stand there',
    )
  if (wanted.type.is !== 'text')
    return report(
      compilation,
      node.args[0],
      `${nameOf(wanted.type)} is not in a list of texts`,
      'write text in quotes: "D" in lines.skus',
    )
  const run = (subject: Subject) => (list.run(subject) as TextList).has(wanted.run(subject) as string)
  const part = { expression: serialize(node), text: (subject: Subject) => String(run(subject)) }
  return { type: truth, run, reads: joined([wanted, list]).reads, parts: [part] }
}

export function opposite(node: ASTNode, term: Term | undefined, compilation: Compilation): Term | undefined {
  if (!term || !isTruth(node, term, compilation)) return undefined
  return { ...joined([term]), type: truth, run: (subject) => !term.run(subject) }
}

export function negated(node: ASTNode, term: Term | undefined, compilation: Compilation): Term | undefined {
  if (!term) return undefined
  if (term.type.is !== 'number')
    return report(
      compilation,
      node,
      `- takes a number, not ${nameOf(term.type)}`,
      'number(…) makes a number of text',
    )
  const literal = term.literal === undefined ? {} : { literal: `-${term.literal}` }
  return { ...joined([term]), ...literal, type: number, run: (subject) => -(term.run(subject) as bigint) }
}

export function choice(node: Node<'?:'>, compilation: Compilation): Term | undefined {
  const [condition, yes, no] = node.args.map((part) => compile(part, compilation))
  if (!condition || !yes || !no || !isTruth(node.args[0], condition, compilation)) return undefined
  if (yes.type.is !== no.type.is)
    return report(
      compilation,
      node.args[2],
      `one side is ${nameOf(yes.type)}, the other ${nameOf(no.type)}`,
      mixedHint(yes, no),
    )
  const type = { is: yes.type.is } as Term['type']
  const run = (subject: Subject) => (condition.run(subject) ? yes.run(subject) : no.run(subject))
  return { type, run, ...joined([condition, yes, no]) }
}

function isTruth(node: ASTNode, term: Term | undefined, compilation: Compilation): boolean {
  if (!term || term.type.is === 'truth') return true
  report(
    compilation,
    node,
    `here has to stand something that is true or false, not ${nameOf(term.type)}`,
    'compare it with something, or use has(…)',
  )
  return false
}
