import { canonicalDecimal, readInstant, unitsOf } from '@holdpoint/schemas'
import { type ASTNode, serialize } from '@marcbachmann/cel-js'
import { suggest } from '../reading/did-you-mean.ts'
import { changeTest, isChangePattern, knownPatterns } from './changes.ts'
import { type Compilation, compile, report } from './compile.ts'
import { countText, longestSearched, longestText, shortText } from './long-texts.ts'
import type { Subject } from './subject.ts'
import { instant, joined, nameOf, number, RuleFailure, type Term, type Type, truth } from './term.ts'
import type { TextList } from './text-list.ts'
import { timeFunctions } from './time-functions.ts'

type Call = Extract<ASTNode, { op: 'call' }>
type MethodCall = Extract<ASTNode, { op: 'rcall' }>
/** Makes the term of a call with one argument. */
type Builder = (argument: ASTNode, call: Call, compilation: Compilation) => Term | undefined

const functions: Record<string, Builder> = { has, number: numberOf, size, timestamp, changed }

const methods: Record<string, (text: string, searched: string) => boolean> = {
  contains: (text, searched) => text.includes(searched),
  startsWith: (text, searched) => text.startsWith(searched),
  endsWith: (text, searched) => text.endsWith(searched),
}

export function callFunction(call: Call, compilation: Compilation): Term | undefined {
  const [name, args] = call.args
  const ofTime = Object.hasOwn(timeFunctions, name) ? timeFunctions[name] : undefined
  if (ofTime) return ofTime.build(args, call, compilation)
  if (!Object.hasOwn(functions, name)) {
    const known = [...Object.keys(functions), ...Object.keys(timeFunctions)]
    return report(compilation, call, `there is no function ${name}(…)`, suggest(name, known))
  }
  const [argument] = args
  if (args.length !== 1 || !argument)
    return report(
      compilation,
      call,
      `${name}(…) takes one value, not ${args.length}`,
      `write ${name}(…) around one value`,
    )
  return (functions[name] as Builder)(argument, call, compilation)
}

export function callMethod(call: MethodCall, compilation: Compilation): Term | undefined {
  const [name, receiver, args] = call.args
  const at = call.input.indexOf(`.${name}`, receiver.end) + 1
  if (!Object.hasOwn(methods, name))
    return report(compilation, at, `there is no function .${name}(…)`, suggest(name, Object.keys(methods)))
  const [argument] = args
  if (args.length !== 1 || !argument)
    return report(compilation, at, `.${name}(…) takes one text, not ${args.length}`, `write .${name}("…")`)
  const whole = compile(receiver, compilation)
  const searched = compile(argument, compilation)
  if (!isA('text', receiver, whole, compilation) || !isA('text', argument, searched, compilation))
    return undefined
  if (!countText(compilation, at)) return undefined
  const test = methods[name] as (text: string, searched: string) => boolean
  const text = shortText(whole, serialize(receiver), longestText)
  const wanted = shortText(searched, serialize(argument), longestSearched)
  const run = (subject: Subject) => test(text(subject), wanted(subject))
  return { type: truth, run, ...joined([whole, searched]) }
}

/** Whether a text or number of the order is there. */
function has(argument: ASTNode, _call: Call, compilation: Compilation): Term | undefined {
  const term = compile(argument, compilation)
  if (!term) return undefined
  const { isPresent } = term
  if (!isPresent)
    return report(
      compilation,
      argument,
      `${serialize(argument)} always has a value`,
      'has(…) takes what may be absent, such as order.billing.purchaseOrder',
    )
  return { type: truth, run: isPresent, ...joined([term]) }
}

/** The number that a text says; absent text says 0. */
function numberOf(argument: ASTNode, _call: Call, compilation: Compilation): Term | undefined {
  const term = compile(argument, compilation)
  if (!isA('text', argument, term, compilation)) return undefined
  const written = serialize(argument)
  const run = (subject: Subject) => {
    const said = term.run(subject) as string
    const decimal = said === '' ? '0' : canonicalDecimal(said)
    if (decimal === undefined)
      throw new RuleFailure(`${written} is ${JSON.stringify(said.slice(0, 60))}, which is no number`)
    return unitsOf(decimal)
  }
  return { type: number, run, ...joined([term]) }
}

/** How many characters a text, or how many texts a list has. */
function size(argument: ASTNode, call: Call, compilation: Compilation): Term | undefined {
  const term = compile(argument, compilation)
  if (!term) return undefined
  if (term.type.is !== 'text' && term.type.is !== 'texts')
    return report(
      compilation,
      argument,
      `size(…) takes text or a list, not ${nameOf(term.type)}`,
      'such as size(order.billing.purchaseOrder)',
    )
  return term.type.is === 'text' ? length(argument, term, compilation) : sizeOfList(call, term)
}

function length(argument: ASTNode, term: Term, compilation: Compilation): Term | undefined {
  if (!countText(compilation, argument.start)) return undefined
  const text = shortText(term, serialize(argument), longestText)
  const run = (subject: Subject) => BigInt(charactersOf(text(subject))) * 10_000n
  return { type: number, run, ...joined([term]) }
}

/** The evidence is the number: the whole list would be long. */
function sizeOfList(call: Call, { run: listOf, reads }: Term): Term {
  const count = (subject: Subject) => (listOf(subject) as TextList).texts.length
  const part = { expression: serialize(call), text: (subject: Subject) => String(count(subject)) }
  return { type: number, run: (subject) => BigInt(count(subject)) * 10_000n, reads, parts: [part] }
}

/** An emoji is one character, although JavaScript has two units for it. */
function charactersOf(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

function timestamp(argument: ASTNode, _call: Call, compilation: Compilation): Term | undefined {
  const text = argument.op === 'value' && typeof argument.args === 'string' ? argument.args : ''
  const read = readInstant(text)
  if ('problem' in read)
    return report(
      compilation,
      argument,
      text === '' ? 'timestamp(…) takes an instant in quotes' : read.problem,
      'such as timestamp("2026-03-02T09:30:00Z")',
    )
  return { type: instant, run: () => read.atMs, reads: [], parts: [] }
}

/** Whether this revision changed a field: `changed("shipping.*")`. */
function changed(argument: ASTNode, call: Call, compilation: Compilation): Term | undefined {
  const pattern = argument.op === 'value' && typeof argument.args === 'string' ? argument.args : undefined
  if (pattern === undefined)
    return report(
      compilation,
      argument,
      'changed(…) takes a field in quotes',
      'such as changed("shipping.*")',
    )
  if (!isChangePattern(pattern))
    return report(
      compilation,
      argument,
      `an order has no field ${pattern}`,
      suggest(pattern, knownPatterns()),
    )
  const test = changeTest(pattern)
  const run = ({ changes }: Subject) => test(changes)
  const part = { expression: serialize(call), text: (subject: Subject) => String(run(subject)) }
  return { type: truth, run, reads: ['changes'], parts: [part] }
}

function isA(is: Type['is'], node: ASTNode, term: Term | undefined, compilation: Compilation): term is Term {
  if (!term) return false
  if (term.type.is === is) return true
  report(
    compilation,
    node,
    `here has to stand ${nameOf({ is } as Type)}, not ${nameOf(term.type)}`,
    'write text in "…"',
  )
  return false
}
