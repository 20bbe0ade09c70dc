import { canonicalDecimal, unitsOf } from '@holdpoint/schemas'
import type { ASTNode } from '@marcbachmann/cel-js'
import type { Calendar } from '../calendar/index.ts'
import { callFunction, callMethod } from './functions.ts'
import { arithmetic, choice, comparison, connective, membership, negated, opposite } from './operators.ts'
import { pathOf, resolve } from './paths.ts'
import { type ExpressionProblem, number, type Term, text, truth } from './term.ts'
import type { Scope } from './variable.ts'

/** What the pieces of one expression are compiled with. */
export interface Compilation {
  source: string
  scope: Scope
  calendars: ReadonlyMap<string, Calendar>
  /** Texts that the expression looks through so far. */
  textsLookedThrough: number
  /** Everything found wrong so far. */
  problems: ExpressionProblem[]
}

/**
 * Type-checks a parsed expression and makes it ready to run. Only what is named here is allowed; gives undefined
 * after reporting what is not.
 */
export function compile(node: ASTNode, compilation: Compilation): Term | undefined {
  switch (node.op) {
    case 'value':
      return literal(node, compilation)
    case 'id':
    case '.':
    case '[]':
      return variable(node, compilation)
    case '&&':
    case '||':
      return connective(node, both(node.args, compilation), compilation)
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(node, both(node.args, compilation), compilation)
    case '+':
    case '-':
    case '*':
    case '/':
      return arithmetic(node, both(node.args, compilation), compilation)
    case 'in':
      return membership(node, compilation)
    case '!_':
      return opposite(node.args, compile(node.args, compilation), compilation)
    case '-_':
      return negated(node.args, compile(node.args, compilation), compilation)
    case '?:':
      return choice(node, compilation)
    case 'call':
      return callFunction(node, compilation)
    case 'rcall':
      return callMethod(node, compilation)
    default:
      return report(compilation, node, notAllowed[node.op] ?? `"${node.op}" cannot be used here`, allowedHint)
  }
}

/** Notes a problem at a piece of the expression. */
export function report(
  { problems }: Compilation,
  at: Pick<ASTNode, 'start'> | number,
  message: string,
  hint: string,
): undefined {
  problems.push({ at: typeof at === 'number' ? at : at.start, message, hint })
  return undefined
}

const allowedHint =
  'use comparisons, in, &&, ||, !, + - * /, has(), number(), size(), changed(), contains(), startsWith(), endsWith(), days(), workingDays(), workingHours(), isOpen()'

const notAllowed: Record<string, string> = {
  list: 'a list can only stand behind "in"',
  map: 'a condition has no { }',
  '%': 'a condition has no remainder (%)',
}

function both([left, right]: readonly [ASTNode, ASTNode], compilation: Compilation) {
  return [compile(left, compilation), compile(right, compilation)] as const
}

function variable(node: ASTNode, compilation: Compilation): Term | undefined {
  const path = pathOf(node)
  if (path) return resolve(path, compilation)
  return report(
    compilation,
    node,
    'only names can be followed by . or [ ]',
    'such as order.shipping.city or facts["my name"]',
  )
}

function literal(node: Extract<ASTNode, { op: 'value' }>, compilation: Compilation): Term | undefined {
  const value = node.args
  switch (typeof value) {
    case 'string':
      return { type: text, run: () => value, reads: [], parts: [], literal: value }
    case 'boolean':
      return { type: truth, run: () => value, reads: [], parts: [], literal: String(value) }
    case 'bigint':
    case 'number':
      return numberLiteral(node, compilation)
    default:
      return value === null
        ? report(
            compilation,
            node,
            'a condition has no null',
            'absent text is "" and absent numbers are 0; has(…) tells',
          )
        : report(
            compilation,
            node,
            'this sort of value cannot be used here',
            'write text in "…", or a number such as 12.5',
          )
  }
}

function numberLiteral(node: ASTNode, compilation: Compilation): Term | undefined {
  const written = compilation.source.slice(node.start, node.end)
  const decimal = canonicalDecimal(written)
  if (decimal === undefined)
    return report(
      compilation,
      node,
      `${written} is no number that a rule can compare`,
      'at most 14 digits before the point and four behind it, such as 12.5',
    )
  const units = unitsOf(decimal)
  return { type: number, run: () => units, reads: [], parts: [], literal: decimal }
}
