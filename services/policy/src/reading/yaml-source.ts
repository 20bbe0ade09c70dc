import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node } from 'yaml'
import type { FileError } from './file-error.ts'
import { offsetWithin } from './offset-within.ts'
import { parseYaml, startOf } from './parse-yaml.ts'

/** What a file is, for its errors, and how many bytes it may have. */
export interface FileKind {
  what: string
  mostBytes: number
}

/** Ten times the sample of a wholesaler. */
export const policyFile: FileKind = { what: 'policy', mostBytes: 100_000 }

/** Errors that are told at once. */
const mostErrors = 100

/** Some program before us has put it where it could not read a character. */
const spoiltText = {
  message: 'there is U+FFFD, which stands where a character could not be read',
  hint: 'save the file as UTF-8, and write the character again',
}

export type Path = readonly (string | number)[]

/** A YAML text in which every error knows its line and column. */
export class YamlSource {
  readonly errors: FileError[] = []
  /** What is likely to be wrong, and stops nobody. */
  readonly warnings: FileError[] = []
  readonly #text: string
  readonly #lines = new LineCounter()
  readonly #document: Document.Parsed | undefined
  #value: unknown

  constructor(text: string, { what, mostBytes }: FileKind = policyFile) {
    this.#text = text
    const size = Buffer.byteLength(text)
    if (size > mostBytes) {
      this.#report(0, `the ${what} has ${size} bytes`, `at most ${mostBytes} can be published`)
      return
    }
    const { document, problems } = parseYaml(text, what, this.#lines)
    for (const { at, message, hint } of problems) this.#report(at, message, hint)
    this.#document = document
    const spoilt = text.indexOf('\uFFFD')
    if (spoilt >= 0) this.warnings.push({ ...this.#placeOf(spoilt), ...spoiltText })
  }

  /** The plain value of the text; undefined when it cannot be read at all. */
  value(): unknown {
    this.#value ??= this.#document?.toJS()
    return this.#value
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

  /** Notes a warning at a value. */
  warn(path: Path, message: string, hint: string): void {
    if (this.warnings.length < mostErrors)
      this.warnings.push({ ...this.#placeOf(this.#offsetOf(path)), message, hint })
  }

  #report(offset: number, message: string, hint: string): void {
    if (!this.full) this.errors.push({ ...this.#placeOf(offset), message, hint })
  }

  #placeOf(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
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
