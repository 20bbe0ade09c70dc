import { type ASTNode, serialize } from '@marcbachmann/cel-js'
import { nameOf, nameOfPattern } from './names.ts'

/** A condition as a person would say it: `the total of the lines is more than 5,000, and …`. */
export function inWords(node: ASTNode): string {
  return say(node, true)
}

/** `wanted` false says the opposite. */
function say(node: ASTNode, wanted: boolean): string {
  switch (node.op) {
    case '&&':
    case '||':
      return connective(node, wanted)
    case '!_':
      return say(node.args, !wanted)
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(node.op, node.args, wanted)
    case 'in':
      return membership(node.args, wanted)
    case 'call':
      return called(node, wanted)
    case 'rcall':
      return method(node, wanted)
    case '?:': {
      const [condition, yes, no] = node.args
      const whole = `${say(yes, true)} if ${say(condition, true)}, else ${say(no, true)}`
      return wanted ? whole : `not so: ${whole}`
    }
    default:
      return truth(nameOf(serialize(node)), wanted)
  }
}

/** Not (a and b) is said as: not a, or not b. */
function connective(node: Extract<ASTNode, { op: '&&' | '||' }>, wanted: boolean): string {
  const all = (node.op === '&&') === wanted
  const parts = partsOf(node, node.op).map((part) => within(part, all, wanted))
  const [last] = parts.splice(-1)
  return parts.length === 1 && !all
    ? `${parts[0]} or ${last}`
    : `${parts.join(', ')}${all ? ' and ' : ', or '}${last}`
}

function partsOf(node: ASTNode, op: '&&' | '||'): ASTNode[] {
  return node.op === op ? node.args.flatMap((part) => partsOf(part, op)) : [node]
}

/** An "or" within an "and", and the other way round, is put in brackets. */
function within(part: ASTNode, all: boolean, wanted: boolean): string {
  const isOther = part.op === '&&' || part.op === '||'
  return isOther && ((part.op === '&&') === wanted) !== all ? `(${say(part, wanted)})` : say(part, wanted)
}

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

const opposites = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const
const turned = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

function comparison(
  written: Comparison,
  [left, right]: readonly [ASTNode, ASTNode],
  wanted: boolean,
): string {
  if (isLiteral(left) && !isLiteral(right)) return comparison(turned[written], [right, left], wanted)
  const op = wanted ? written : opposites[written]
  const name = value(left)
  if (right.op === 'value' && right.args === '') return `${name} is ${op === '==' ? 'missing' : 'there'}`
  if (right.op === 'value' && typeof right.args === 'boolean') return say(left, (op === '==') === right.args)
  if (isTimestamp(right)) return `${name} ${inTime[op]} ${value(right)}`
  return `${name} ${inSize[op]} ${value(right)}`
}

const inSize = {
  '==': 'is',
  '!=': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
} as const

const inTime = {
  '==': 'is',
  '!=': 'is not',
  '<': 'is before',
  '<=': 'is at the latest',
  '>': 'is after',
  '>=': 'is at the earliest',
} as const

function membership([item, list]: readonly [ASTNode, ASTNode], wanted: boolean): string {
  if (list.op === 'list') {
    const name = value(item)
    const [only, ...others] = list.args.map(value)
    if (others.length === 0) return `${name} ${wanted ? 'is' : 'is not'} ${only}`
    return `${name} ${wanted ? 'is one of' : 'is none of'} ${[only, ...others].join(', ')}`
  }
  const subject = wanted ? 'a line has' : 'no line has'
  switch (serialize(list)) {
    case 'lines.skus':
      return `${subject} ${isEmptyText(item) ? 'an empty product code' : `the product code ${value(item)}`}`
    case 'lines.descriptions':
      return `${subject} ${isEmptyText(item) ? 'an empty description' : `the description ${value(item)}`}`
    default:
      return `${value(item)} ${wanted ? 'is' : 'is not'} among ${value(list)}`
  }
}

const isEmptyText = (node: ASTNode): boolean => node.op === 'value' && node.args === ''

function called(node: Extract<ASTNode, { op: 'call' }>, wanted: boolean): string {
  const [name, args] = node.args
  const [argument] = args
  if (name === 'has' && argument) return `${value(argument)} is ${wanted ? 'there' : 'missing'}`
  if (name === 'changed' && argument?.op === 'value')
    return `${nameOfPattern(String(argument.args))} ${wanted ? 'changed' : 'did not change'}`
  if (name === 'isOpen' && argument?.op === 'value' && args[1])
    return `${String(argument.args)} is ${wanted ? 'open' : 'closed'} at ${value(args[1])}`
  return truth(serialize(node), wanted)
}

const methods: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  contains: ['contains', 'does not contain'],
  startsWith: ['begins with', 'does not begin with'],
  endsWith: ['ends with', 'does not end with'],
}

function method(node: Extract<ASTNode, { op: 'rcall' }>, wanted: boolean): string {
  const [name, receiver, [argument]] = node.args
  const verbs = methods[name]
  if (!verbs || !argument) return truth(serialize(node), wanted)
  return `${value(receiver)} ${verbs[wanted ? 0 : 1]} ${value(argument)}`
}

const truth = (name: string, wanted: boolean): string => (wanted ? name : `not: ${name}`)

const isLiteral = (node: ASTNode): boolean =>
  node.op === 'value' || isTimestamp(node) || (node.op === '-_' && isLiteral(node.args))

const isTimestamp = (node: ASTNode): boolean => node.op === 'call' && node.args[0] === 'timestamp'

/** Something that is compared: a name, a text in quotes, a number, or a calculation. */
function value(node: ASTNode): string {
  switch (node.op) {
    case 'value':
      return literal(node)
    case '-_':
      return `-${value(node.args)}`
    case '+':
    case '-':
    case '*':
    case '/': {
      const [left, right] = node.args
      return `(${value(left)} ${signs[node.op]} ${value(right)})`
    }
    case 'call':
      return result(node)
    default:
      return nameOf(serialize(node))
  }
}

const signs = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'divided by' } as const

function literal(node: Extract<ASTNode, { op: 'value' }>): string {
  if (typeof node.args === 'string') return JSON.stringify(node.args)
  const written = node.input.slice(node.start, node.end)
  const [whole = '', places] = written.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return places === undefined ? grouped : `${grouped}.${places}`
}

function result(node: Extract<ASTNode, { op: 'call' }>): string {
  const [name, args] = node.args
  const [argument] = args
  if (!argument) return serialize(node)
  if (name === 'timestamp' && argument.op === 'value') return String(argument.args)
  if (name === 'number') return value(argument)
  if (name === 'size') return `the length of ${value(argument)}`
  const [from, to] = args.slice(-2).map(value)
  if (name === 'days') return `the days from ${from} to ${to}`
  if (name === 'workingDays')
    return `the working days (${argument.op === 'value' ? argument.args : ''}) from ${from} to ${to}`
  if (name === 'workingHours')
    return `the working hours (${argument.op === 'value' ? argument.args : ''}) from ${from} to ${to}`
  return serialize(node)
}
