import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml'
import type { PolicyError } from './policy.ts'

/** Bytes that a policy may have; ten times the sample of a wholesaler. */
export const largestPolicy = 100_000

/** Errors that are told at once. */
const mostErrors = 100

export type Path = readonly (string | number)[]

/** A YAML text in which every error knows its line and column. */
export class YamlSource {
  readonly errors: PolicyError[] = []
  readonly #text: string
  readonly #lines = new LineCounter()
  readonly #document: Document.Parsed | undefined

  constructor(text: string) {
    this.#text = text
    const size = Buffer.byteLength(text)
    if (size > largestPolicy)
      this.#report(0, `the policy has ${size} bytes`, `at most ${largestPolicy} can be published`)
    else this.#document = this.#parse()
  }

  /** The plain value of the text; undefined when it cannot be read at all. */
  value(): unknown {
    return this.#document?.toJS()
  }

  /** So many errors were noted that nobody wants more. */
  get full(): boolean {
    return this.errors.length >= mostErrors
  }

  /** Notes an error at a value; at the key above it when there is no value. */
  report(path: Path, message: string, hint: string): void {
    if (!this.full) this.#report(this.#offsetOf(path), message, hint)
  }

  /** Notes an error at the name of a value. */
  reportName(path: Path, message: string, hint: string): void {
    if (!this.full) this.#report(this.#nameOffsetOf(path), message, hint)
  }

  /** Notes an error within a text, so many characters from its start. */
  reportWithin(path: Path, at: number, message: string, hint: string): void {
    const node = this.#nodeAt(path)
    this.#report(node ? offsetWithin(this.#text, node, at) : this.#offsetOf(path), message, hint)
  }

  #parse(): Document.Parsed | undefined {
    try {
      const document = parseDocument(this.#text, {
        lineCounter: this.#lines,
        prettyErrors: false,
        stringKeys: true,
        uniqueKeys: false,
        resolveKnownTags: false,
        logLevel: 'error',
      })
      for (const { pos, code, message } of document.errors)
        this.#report(pos[0], ...yamlProblem(code, message))
      this.#refuseUnsafe(document)
      if (this.errors.length > 0) return undefined
      this.#refuseDoubles(document)
      return document
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#report(0, 'the file is nested too deeply', yamlHints.RESOURCE_EXHAUSTION as string)
      return undefined
    }
  }

  /** The rest can still be looked at, so that all errors are told at once. The library's own check is quadratic. */
  #refuseDoubles(document: Document.Parsed): void {
    visit(document, {
      Map: (_, { items }) => {
        const seen = new Set<unknown>()
        for (const { key } of items) {
          if (!isScalar(key)) continue
          if (seen.has(key.value)) this.#report(startOf(key), 'this name is there twice', 'keep one of them')
          seen.add(key.value)
        }
      },
    })
  }

  #refuseUnsafe(document: Document.Parsed): void {
    const tab = this.#text.indexOf('\t')
    if (tab >= 0 && !document.errors.some(({ code }) => code === 'TAB_AS_INDENT'))
      this.#report(tab, 'there is a tab', useBlanks)
    visit(document, {
      Pair: (_, { key }) => {
        if (isScalar(key) && key.value === '__proto__')
          this.#report(startOf(key), '"__proto__" cannot be a name', 'use another name')
      },
      Node: (_, node) => {
        if (isAlias(node)) this.#report(startOf(node), ...noReferences)
        else if (node.tag?.startsWith('!')) this.#report(startOf(node), ...noTags)
        else if (node.anchor) this.#report(startOf(node), ...noReferences)
      },
    })
  }

  #report(offset: number, message: string, hint: string): void {
    if (this.full) return
    const { line, col } = this.#lines.linePos(offset)
    this.errors.push({ line: Math.max(line, 1), column: Math.max(col, 1), message, hint })
  }

  #offsetOf(path: Path): number {
    const node = this.#nodeAt(path)
    if (node?.range && !(isScalar(node) && node.source === '')) return node.range[0]
    return this.#nameOffsetOf(path)
  }

  #nameOffsetOf(path: Path): number {
    for (let length = path.length; length > 0; length--) {
      const parent = this.#nodeAt(path.slice(0, length - 1))
      const name = path[length - 1]
      if (isMap(parent)) {
        const pair = parent.items.find(({ key }) => isScalar(key) && key.value === name)
        if (pair && isNode(pair.key)) return startOf(pair.key)
      }
      const item = isSeq(parent) ? parent.items[Number(name)] : undefined
      if (isNode(item)) return startOf(item)
    }
    return 0
  }

  #nodeAt(path: Path): Node | undefined {
    const node = path.length === 0 ? this.#document?.contents : this.#document?.getIn(path, true)
    return isNode(node) ? node : undefined
  }
}

const useBlanks = 'use blanks: tabs look different everywhere'

type Problem = [message: string, hint: string]

const noReferences: Problem = [
  'anchors (&) and references (*) are not allowed',
  'write the value out, or put it whole in single quotes',
]
const noTags: Problem = ['a value cannot begin with !', "put the whole value in single quotes: '!cancelled'"]

const startOf = ({ range }: Node): number => range?.[0] ?? 0

function yamlProblem(code: string, message: string): Problem {
  const [first = ''] = message.split('\n')
  return code === 'DUPLICATE_KEY'
    ? ['this name is there twice', 'keep one of them']
    : [
        first.charAt(0).toLowerCase() + first.slice(1),
        yamlHints[code] ?? 'the text cannot be read as YAML here',
      ]
}

const yamlHints: Record<string, string> = {
  TAB_AS_INDENT: useBlanks,
  RESOURCE_EXHAUSTION: 'a policy has seven levels at most',
  UNEXPECTED_TOKEN:
    'a text that begins with a quote has to be put whole in single quotes: \'"D" in lines.skus\'',
  BAD_INDENT: 'what belongs together starts in the same column',
  BLOCK_AS_IMPLICIT_KEY: 'a text with ": " in it has to be put in quotes',
  MULTILINE_IMPLICIT_KEY: 'a name is followed by ":" on the same line',
  NON_STRING_KEY: 'a name is plain text',
  MULTIPLE_DOCS: 'one policy a file: leave "---" out',
}

/**
 * Where a character of a text stands in the file. Quotes, indentation and folded lines are in the file only; behind
 * an escape that stands for another character, the start of the text has to do.
 */
function offsetWithin(file: string, node: Node, at: number): number {
  const start = startOf(node)
  if (!isScalar(node) || typeof node.value !== 'string') return start
  const isBlock = node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL'
  let here = isBlock ? file.indexOf('\n', start) + 1 : start + (node.type === 'PLAIN' ? 0 : 1)
  for (let index = 0; index <= at && index <= node.value.length; index++) {
    const wanted = node.value.charAt(index)
    if (wanted.trim() === '') {
      if (index === at) return here
      continue
    }
    while (/\s/.test(file.charAt(here))) here++
    if (node.type === 'QUOTE_DOUBLE' && file.charAt(here) === '\\') here++
    if (file.charAt(here) !== wanted) return start
    if (index === at) return here
    here += node.type === 'QUOTE_SINGLE' && wanted === "'" ? 2 : 1
  }
  return here
}
