import { fieldMatches, orderFields, type Revision } from '@holdpoint/schemas'
import { TextList } from './text-list.ts'

/** Whether a pattern can name something that changes: a field, `lines` for any of them, or a fact. */
export function isChangePattern(pattern: string): boolean {
  return (
    pattern === 'lines' ||
    (pattern.startsWith('facts.') && pattern.length > 'facts.'.length) ||
    orderFields().some(({ path }) => fieldMatches(pattern, path))
  )
}

/** Fields and groups of fields that a pattern may name. */
export function knownPatterns(): string[] {
  const paths = orderFields().map(({ path }) => path)
  const groups = paths.filter((path) => path.includes('.')).map((path) => path.replace(/[^.]*$/, '*'))
  return [...new Set(['lines', ...groups, ...paths])]
}

/** What a revision changed, worked out once for all rules: thousands of lines may have changed. */
export class Changes {
  readonly count: number
  readonly #changes: Revision['changes']
  #paths: TextList | undefined
  #kinds: ReadonlySet<string> | undefined

  constructor(changes: Revision['changes']) {
    this.count = changes.length
    this.#changes = changes
  }

  get paths(): TextList {
    this.#paths ??= new TextList(this.#changes.map(({ path }) => path))
    return this.#paths
  }

  /** What changed, by the field of any line: `lines.*.quantity`; facts together are `facts.*`. */
  get kinds(): ReadonlySet<string> {
    this.#kinds ??= kindsOf(this.#changes)
    return this.#kinds
  }
}

/** A line that came or went. */
const wholeLine = 'lines.*'
const anyFact = 'facts.*'
const lineFields = orderFields().flatMap(({ path }) => (path.startsWith('lines.') ? [path] : []))
const lineFieldOf = new Map(lineFields.map((path) => [path.slice(path.lastIndexOf('.')), path]))

/** Thousands of lines and facts are of few kinds: what was seen last is not looked up again. */
function kindsOf(changes: Revision['changes']): ReadonlySet<string> {
  const kinds = new Set<string>()
  let hasFacts = false
  let last = ''
  for (const { path } of changes) {
    if (path.startsWith('facts.')) {
      hasFacts = true
      continue
    }
    const kind = kindOf(path)
    if (kind !== last) kinds.add(kind)
    last = kind
  }
  return hasFacts ? kinds.add(anyFact) : kinds
}

/** A line id may hold points itself: the name of the field is what stands behind the last one. */
function kindOf(path: string): string {
  if (!path.startsWith('lines.')) return path
  const last = path.lastIndexOf('.')
  return (last > 'lines.'.length ? lineFieldOf.get(path.slice(last)) : undefined) ?? wholeLine
}

/** A test of whether a revision changed what a pattern names. A line that came or went changed each of its fields. */
export function changeTest(pattern: string): (changes: Changes) => boolean {
  if (pattern.startsWith('facts.') && pattern !== anyFact) return ({ paths }) => paths.has(pattern)
  const kinds = kindsNamed(pattern)
  return (changes) => kinds.some((kind) => changes.kinds.has(kind))
}

function kindsNamed(pattern: string): string[] {
  if (pattern === anyFact) return [anyFact]
  if (pattern === 'lines') return ['lines', wholeLine, ...lineFields]
  const fields = orderFields().flatMap(({ path }) => (fieldMatches(pattern, path) ? [path] : []))
  return pattern.startsWith('lines.') ? [wholeLine, ...fields] : fields
}
