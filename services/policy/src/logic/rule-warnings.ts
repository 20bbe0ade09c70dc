import { readCondition, treeOf } from '../condition/condition.ts'
import { vocabularyOf } from '../condition/vocabulary.ts'
import type { SoundParts } from '../reading/sound-parts.ts'
import type { YamlSource } from '../reading/yaml-source.ts'
import { inWords } from '../words/in-words.ts'
import { type Formula, formulaOf, not } from './formula.ts'
import { type Effort, type Example, newEffort, type Solution, solve } from './solve.ts'

/** In plain words, a longer rule is one that nobody reads to the end. */
const longestInWords = 200

interface Rule {
  type: string
  holds: readonly string[]
  togetherWith: readonly string[]
  formula: Formula
  /** What it looks at, but for whether the order is cancelled: that only narrows a rule down. */
  values: ReadonlySet<string>
  words: string
}

/** What the rules of one file are looked at with. */
interface Look {
  stages: readonly string[]
  source: YamlSource
  effort: Effort
}

/**
 * Warns of rules that can never match, always match, are too long to be read, or match the same orders as another one
 * that holds the same stage. A warning stops nobody from publishing. Of rules that nobody would write, not every overlap
 * is found.
 */
export function warnOfRules(parts: SoundParts, source: YamlSource): void {
  const { stages } = parts
  if (!stages) return
  const look: Look = { stages, source, effort: newEffort() }
  const rules = soundRules(parts)
  const sound = rules.filter((rule) => !warnOfConstant(rule, look))
  for (const rule of rules) warnOfLength(rule, source)
  for (const [index, rule] of sound.entries())
    for (const earlier of sound.slice(0, index)) warnOfOverlap(rule, earlier, look)
}

function soundRules(parts: SoundParts): Rule[] {
  const vocabulary = vocabularyOf(parts)
  return Object.entries(parts.exceptions).flatMap(
    ([type, { when, holds = [], 'together-with': togetherWith = [] }]) => {
      if (when === undefined || 'problems' in readCondition(when, vocabulary)) return []
      const tree = treeOf(when)
      const formula = formulaOf(tree)
      const values = new Set(valuesOf(formula))
      return [{ type, holds, togetherWith, formula, values, words: inWords(tree) }]
    },
  )
}

const at = ({ type }: Rule) => ['exceptions', type, 'when']

function warnOfConstant(rule: Rule, { stages, source, effort }: Look): boolean {
  if (solve(rule.formula, stages, effort).is === 'impossible') {
    source.warn(at(rule), `the rule of "${rule.type}" can never match`, `it says: ${rule.words}`)
    return true
  }
  if (solve(not(rule.formula), stages, effort).is === 'impossible') {
    source.warn(at(rule), `the rule of "${rule.type}" matches every order`, `it says: ${rule.words}`)
    return true
  }
  return false
}

function warnOfLength(rule: Rule, source: YamlSource): void {
  const { length } = rule.words
  if (length <= longestInWords) return
  source.warn(
    at(rule),
    `the rule of "${rule.type}" has ${length} characters in plain words, more than ${longestInWords}`,
    'make several exception types of it, each with a plain name',
  )
}

/**
 * Two rules overlap when one order can match both and one looks at nothing that the other does not look at: both would
 * open for the same reason. Types that say `together-with` mean it.
 */
function warnOfOverlap(rule: Rule, earlier: Rule, { stages, source, effort }: Look): void {
  const held = rule.holds.filter((stage) => earlier.holds.includes(stage))
  const shared = sharedReason(rule, earlier)
  if (held.length === 0 || shared.length === 0) return
  if (rule.togetherWith.includes(earlier.type) || earlier.togetherWith.includes(rule.type)) return
  const both = solve({ is: 'all', of: [rule.formula, earlier.formula] }, stages, effort)
  if (both.is === 'impossible' || effort.left === 0) return
  source.warn(
    at(rule),
    `"${rule.type}" and "${earlier.type}" can both match one order, and both hold ${held.join(' and ')}`,
    `${exampleIn(both, shared)}: let one leave such orders to the other, or write together-with: [${earlier.type}]`,
  )
}

/** The values of the rule that looks at fewer, when the other one looks at all of them. */
function sharedReason(one: Rule, other: Rule): string[] {
  const [fewer, more] = one.values.size < other.values.size ? [one, other] : [other, one]
  const shared = [...fewer.values]
  return shared.every((what) => more.values.has(what)) ? shared : []
}

function valuesOf(formula: Formula): string[] {
  switch (formula.is) {
    case 'all':
    case 'any':
      return formula.of.flatMap(valuesOf)
    case 'not':
      return valuesOf(formula.of)
    case 'text':
    case 'number':
    case 'truth':
      return formula.what === 'cancelled' ? [] : [formula.what]
    default:
      return formula satisfies never
  }
}

function exampleIn(solution: Solution, shared: readonly string[]): string {
  if (solution.is !== 'possible') return 'they look at the same values'
  return `such as ${shared.map((what) => `${what} = ${valueIn(solution.example, what)}`).join(', ')}`
}

const valueIn = (example: Example, what: string): string => example.get(what) ?? 'anything'
