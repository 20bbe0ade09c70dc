import { decimalOf } from '@holdpoint/schemas'
import { type Domain, domainOf } from './domain.ts'
import type { Atom, Formula } from './formula.ts'

/** Values under which a formula is true, by what the rules read; `truth` atoms say true or false. */
export type Example = ReadonlyMap<string, string>

export type Solution =
  | { is: 'possible'; example: Example }
  | { is: 'impossible' }
  /** The formula is too large to look at every way in which it can be true. */
  | { is: 'unknown' }

/** Ways of being true that are looked at before giving up; rules that people write have a few. */
const mostSteps = 20_000

/** How many more of them may be looked at for all the formulas of a file together: a second's work. */
export interface Effort {
  left: number
}

export const newEffort = (): Effort => ({ left: 500_000 })

/**
 * Whether a formula can be true at all, and for which values. Knows that a value is one thing at a time, what numbers
 * and texts can be, and nothing of how values depend on each other: `possible` may be wrong there, `impossible` never.
 */
export function solve(formula: Formula, stages: readonly string[], effort: Effort = newEffort()): Solution {
  const search: Search = { stages, left: Math.min(mostSteps, effort.left) }
  const before = search.left
  try {
    const found = satisfy([{ formula, wanted: true }], new Map(), search)
    return found ? { is: 'possible', example: exampleOf(found) } : { is: 'impossible' }
  } catch (error) {
    if (error instanceof TooLarge) return { is: 'unknown' }
    throw error
  } finally {
    effort.left -= before - Math.max(0, search.left)
  }
}

class TooLarge extends Error {}

interface Search {
  stages: readonly string[]
  /** Steps. */
  left: number
}

interface Goal {
  formula: Formula
  wanted: boolean
}

/** What is known of each value so far. */
type Knowledge = ReadonlyMap<string, Known>

type Known =
  | { is: 'truth'; value: boolean }
  /** `oneOf` null: any text but those of `noneOf`. */
  | { is: 'text'; oneOf: readonly string[] | null; noneOf: readonly string[] }
  | {
      is: 'number'
      from: bigint | null
      to: bigint | null
      noneOf: readonly { from: bigint; to: bigint }[]
      domain: Domain
    }

/** Depth first over the ways in which all goals can be met; undefined when there is none. */
function satisfy(goals: readonly Goal[], known: Knowledge, search: Search): Knowledge | undefined {
  const [goal, ...rest] = goals
  if (!goal) return known
  if (--search.left < 0) throw new TooLarge()
  const { formula, wanted } = goal
  if (formula.is === 'not') return satisfy([{ formula: formula.of, wanted: !wanted }, ...rest], known, search)
  if (formula.is === 'all' || formula.is === 'any') {
    const parts = formula.of.map((part) => ({ formula: part, wanted }))
    if ((formula.is === 'all') === wanted) return satisfy([...parts, ...rest], known, search)
    return firstOf(parts, (part) => satisfy([part, ...rest], known, search))
  }
  return firstOf(learn(formula, wanted, known.get(formula.what), search.stages), (next) =>
    satisfy(rest, new Map(known).set(formula.what, next), search),
  )
}

/** What is known of a value once an atom about it is true (or not): none when that cannot be. */
function learn(atom: Atom, wanted: boolean, before: Known | undefined, stages: readonly string[]): Known[] {
  switch (atom.is) {
    case 'truth':
      if (before && !(before.is === 'truth' && before.value === wanted)) return []
      return [{ is: 'truth', value: wanted }]
    case 'text':
      return learnText(atom.values, wanted, before ?? textBefore(atom.what, stages))
    case 'number':
      return learnNumber(atom, wanted, before ?? numberBefore(atom.what, stages))
    default:
      return atom satisfies never
  }
}

function textBefore(what: string, stages: readonly string[]): Known {
  return { is: 'text', oneOf: domainOf(what, stages).texts, noneOf: [] }
}

function numberBefore(what: string, stages: readonly string[]): Known {
  const domain = domainOf(what, stages)
  return { is: 'number', from: domain.from, to: null, noneOf: [], domain }
}

function learnText(values: readonly string[], wanted: boolean, before: Known): Known[] {
  if (before.is !== 'text') return []
  const { oneOf, noneOf } = before
  if (!wanted) {
    const left = oneOf?.filter((value) => !values.includes(value)) ?? null
    return left?.length === 0 ? [] : [{ is: 'text', oneOf: left, noneOf: [...noneOf, ...values] }]
  }
  const left = values.filter((value) => !noneOf.includes(value) && (oneOf?.includes(value) ?? true))
  return left.length === 0 ? [] : [{ is: 'text', oneOf: left, noneOf }]
}

type NumberAtom = Extract<Atom, { is: 'number' }>

/** What lies outside of a span lies below or above it: two ways, unless it is one value. */
function learnNumber({ from, to }: NumberAtom, wanted: boolean, before: Known): Known[] {
  if (before.is !== 'number') return []
  if (wanted) return feasible({ ...before, from: greater(before.from, from), to: lesser(before.to, to) })
  if (from !== null && to !== null) return feasible({ ...before, noneOf: [...before.noneOf, { from, to }] })
  if (from !== null) return feasible({ ...before, to: lesser(before.to, from - 1n) })
  return to === null ? [] : feasible({ ...before, from: greater(before.from, to + 1n) })
}

const greater = (a: bigint | null, b: bigint | null) => (a === null || (b !== null && b > a) ? b : a)
const lesser = (a: bigint | null, b: bigint | null) => (a === null || (b !== null && b < a) ? b : a)

type KnownNumber = Extract<Known, { is: 'number' }>

const feasible = (known: KnownNumber): Known[] => (someValue(known) === undefined ? [] : [known])

/** A value within the bounds, as near to the lower one as can be; undefined when there is none. */
function someValue({ from, to, noneOf, domain }: KnownNumber): bigint | undefined {
  const { step } = domain
  const upwards = from !== null || to === null
  let value = upwards ? roundUp(from ?? 0n, step) : roundDown(to ?? 0n, step)
  for (let tries = 0; tries <= noneOf.length; tries++) {
    if ((to !== null && value > to) || (from !== null && value < from)) return undefined
    const hit = noneOf.find((span) => value >= span.from && value <= span.to)
    if (!hit) return value
    value = upwards ? roundUp(hit.to + 1n, step) : roundDown(hit.from - 1n, step)
  }
  return undefined
}

const roundUp = (value: bigint, step: bigint) => value + modulo(-value, step)
const roundDown = (value: bigint, step: bigint) => value - modulo(value, step)
const modulo = (value: bigint, step: bigint) => ((value % step) + step) % step

function exampleOf(known: Knowledge): Example {
  return new Map([...known].map(([what, one]) => [what, textOf(one)]))
}

function textOf(known: Known): string {
  switch (known.is) {
    case 'truth':
      return String(known.value)
    case 'text':
      return JSON.stringify(known.oneOf?.[0] ?? (known.noneOf.includes('') ? 'something' : ''))
    case 'number':
      return known.domain.isInstant
        ? new Date(Number(someValue(known) ?? 0n)).toISOString()
        : decimalOf(someValue(known) ?? 0n)
    default:
      return known satisfies never
  }
}

function firstOf<In, Out>(items: readonly In[], attempt: (item: In) => Out | undefined): Out | undefined {
  for (const item of items) {
    const found = attempt(item)
    if (found) return found
  }
  return undefined
}
