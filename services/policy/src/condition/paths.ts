import type { ASTNode } from '@marcbachmann/cel-js'
import { suggest } from '../reading/did-you-mean.ts'
import { type Compilation, report } from './compile.ts'
import type { Term, VariableName } from './term.ts'
import type { Section, Variable } from './variable.ts'

/** One name of a path, and where it stands. */
interface Step {
  name: string
  at: number
}

/** A path such as order.shipping.city or facts["credit limit"]; undefined for anything else. */
export function pathOf(node: ASTNode): Step[] | undefined {
  if (node.op === 'id') return [{ name: node.args, at: node.start }]
  if (node.op === '.') return stepBehind(node.args[0], { name: node.args[1], at: node.pos })
  if (node.op !== '[]') return undefined
  const [before, index] = node.args
  if (index.op !== 'value' || typeof index.args !== 'string') return undefined
  return stepBehind(before, { name: index.args, at: index.start })
}

function stepBehind(before: ASTNode, step: Step): Step[] | undefined {
  const path = pathOf(before)
  return path && [...path, step]
}

/** The variable at a path. */
export function resolve(path: readonly Step[], compilation: Compilation): Term | undefined {
  const [first, ...rest] = path as [Step, ...Step[]]
  const root = compilation.scope.get(first.name as VariableName)
  if (!root) return unknown(first, '', [...compilation.scope.keys()], compilation)
  const found = walk(root, first.name, rest, compilation)
  return found && termOf(first.name as VariableName, written(path), found)
}

function walk(
  root: Section | Variable,
  name: string,
  rest: readonly Step[],
  compilation: Compilation,
): Variable | undefined {
  let here = root
  let reached = name
  for (const step of rest) {
    if (here.kind === 'variable')
      return report(
        compilation,
        step.at,
        `${reached} has nothing named ${step.name} in it`,
        `write ${reached} alone`,
      )
    const next = member(here, step.name)
    if (!next) return unknown(step, reached, [...here.members.keys()], compilation)
    here = next
    reached = `${reached}.${step.name}`
  }
  if (here.kind === 'variable') return here
  return report(compilation, lastOf(rest)?.at ?? 0, `${reached} is not one value`, partsHint(reached, here))
}

function member({ members, open }: Section, name: string): Section | Variable | undefined {
  return members.get(name) ?? open?.(name)
}

function unknown(step: Step, within: string, known: readonly string[], compilation: Compilation): undefined {
  if (within === 'order' && step.name === 'lines')
    return report(
      compilation,
      step.at,
      'a rule does not look at single lines',
      'use lines.total, lines.count, lines.skus, lines.minQuantity and so on',
    )
  const where = within === '' ? 'there is nothing' : `${within} has nothing`
  return report(compilation, step.at, `${where} named ${step.name}`, suggest(step.name, known))
}

const partsHint = (reached: string, { members }: Section): string =>
  members.size === 0
    ? `name what you mean: ${reached}.name`
    : `name what you mean: ${[...members.keys()].map((name) => `${reached}.${name}`).join(', ')}`

const lastOf = (steps: readonly Step[]): Step | undefined => steps.at(-1)

/** The path as a rule writes it. */
function written(path: readonly Step[]): string {
  return path
    .map(({ name }, index) => {
      if (index === 0) return name
      return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
    })
    .join('')
}

function termOf(root: VariableName, expression: string, found: Variable): Term {
  const { type, run, text, isPresent } = found
  return { type, run, reads: [root], parts: [{ expression, text }], ...(isPresent ? { isPresent } : {}) }
}
