import { canonicalDecimal, instantOf, orderFields, unitsOf } from '@holdpoint/schemas'
import { type ASTNode, serialize } from '@marcbachmann/cel-js'

/** A condition as logic: what has to be true of which value. `what` is the value as the rule writes it. */
export type Formula =
  | { is: 'all'; of: readonly Formula[] }
  | { is: 'any'; of: readonly Formula[] }
  | { is: 'not'; of: Formula }
  | Atom

export type Atom =
  /** The text is one of these. */
  | { is: 'text'; what: string; values: readonly string[] }
  /** The number (ten-thousandths) or instant (milliseconds) lies in `from`–`to`, both included; null for no bound. */
  | { is: 'number'; what: string; from: bigint | null; to: bigint | null }
  /** Anything else that is true or false. */
  | { is: 'truth'; what: string }

/** The logic of an expression that was type-checked before. */
export function formulaOf(node: ASTNode): Formula {
  switch (node.op) {
    case '&&':
      return { is: 'all', of: node.args.map(formulaOf) }
    case '||':
      return { is: 'any', of: node.args.map(formulaOf) }
    case '!_':
      return not(formulaOf(node.args))
    case '?:': {
      const [condition, yes, no] = node.args.map(formulaOf) as [Formula, Formula, Formula]
      return {
        is: 'any',
        of: [
          { is: 'all', of: [condition, yes] },
          { is: 'all', of: [not(condition), no] },
        ],
      }
    }
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(node.op, node.args)
    case 'in':
      return membership(node, node.args)
    case 'call':
      return presence(node.args) ?? truth(node)
    default:
      return truth(node)
  }
}

export const not = (of: Formula): Formula => ({ is: 'not', of })

const truth = (node: ASTNode): Atom => ({ is: 'truth', what: serialize(node) })

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

/** The same comparison read from the other side. */
const turned = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

function comparison(op: Comparison, [left, right]: readonly [ASTNode, ASTNode]): Formula {
  const value = literalOf(right)
  if (value !== undefined) return withLiteral(op, left, value)
  const turnedValue = literalOf(left)
  if (turnedValue !== undefined) return withLiteral(turned[op], right, turnedValue)
  return betweenVariables(op, serialize(left), serialize(right))
}

type Literal = string | bigint | boolean

function withLiteral(op: Comparison, node: ASTNode, value: Literal): Formula {
  if (op === '!=') return not(withLiteral('==', node, value))
  if (typeof value === 'boolean') return value ? formulaOf(node) : not(formulaOf(node))
  const what = serialize(node)
  if (typeof value === 'string') return { is: 'text', what, values: [value] }
  return { is: 'number', what, ...boundsOf(op, value) }
}

/** Numbers have four places and instants milliseconds, so that the next one is one unit away. */
function boundsOf(op: Exclude<Comparison, '!='>, value: bigint): { from: bigint | null; to: bigint | null } {
  switch (op) {
    case '==':
      return { from: value, to: value }
    case '<':
      return { from: null, to: value - 1n }
    case '<=':
      return { from: null, to: value }
    case '>':
      return { from: value + 1n, to: null }
    case '>=':
      return { from: value, to: null }
    default:
      return op satisfies never
  }
}

/** Each comparison of two variables in one form, so that the same one is recognised. */
function betweenVariables(op: Comparison, left: string, right: string): Formula {
  const [first, second] = left < right ? [left, right] : [right, left]
  switch (op) {
    case '==':
      return { is: 'truth', what: `${first} == ${second}` }
    case '!=':
      return not({ is: 'truth', what: `${first} == ${second}` })
    case '>':
      return { is: 'truth', what: `${left} > ${right}` }
    case '<':
      return { is: 'truth', what: `${right} > ${left}` }
    case '<=':
      return not({ is: 'truth', what: `${left} > ${right}` })
    case '>=':
      return not({ is: 'truth', what: `${right} > ${left}` })
    default:
      return op satisfies never
  }
}

function membership(node: ASTNode, [item, list]: readonly [ASTNode, ASTNode]): Formula {
  if (list.op !== 'list') return truth(node)
  const values = list.args.map(literalOf)
  if (values.every((value) => typeof value === 'string')) return { is: 'text', what: serialize(item), values }
  return { is: 'any', of: list.args.map((value) => comparison('==', [item, value])) }
}

/** `has(x)` of a text means that it is not empty. Whether a number is there says nothing of its value. */
function presence([name, [argument]]: [string, ASTNode[]]): Formula | undefined {
  if (name !== 'has' || !argument || isNumber(argument)) return undefined
  return not({ is: 'text', what: serialize(argument), values: [''] })
}

/** The numbers of an order, as rules write them. */
const numbers = new Set(
  orderFields().flatMap(({ path, type }) => (type === 'decimal' ? [`order.${path}`] : [])),
)
const isNumber = (node: ASTNode): boolean => numbers.has(serialize(node))

/** The value of a literal: text, ten-thousandths, milliseconds of a timestamp, true or false. */
function literalOf(node: ASTNode): Literal | undefined {
  if (node.op === '-_') {
    const value = literalOf(node.args)
    return typeof value === 'bigint' ? -value : undefined
  }
  if (node.op === 'call') return timestampOf(node.args)
  if (node.op !== 'value') return undefined
  if (typeof node.args === 'string' || typeof node.args === 'boolean') return node.args
  const decimal = canonicalDecimal(node.input.slice(node.start, node.end))
  return decimal === undefined ? undefined : unitsOf(decimal)
}

function timestampOf([name, [argument]]: [string, ASTNode[]]): bigint | undefined {
  if (name !== 'timestamp' || argument?.op !== 'value') return undefined
  const at = instantOf(String(argument.args))
  return at === undefined ? undefined : BigInt(at)
}
