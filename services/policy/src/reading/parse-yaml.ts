import {
  Composer,
  type Document,
  isAlias,
  isScalar,
  Lexer,
  type LineCounter,
  type Node,
  Parser,
  visit,
  type YAMLMap,
} from 'yaml'
import {
  fromLibrary,
  nameTwice,
  nestedTooDeep,
  prototypeName,
  references,
  secondDocument,
  tab,
  tag,
  type YamlProblem,
} from './yaml-problems.ts'

/** Far more than a file needs, and far less than what exhausts the stack. */
const deepest = 100

/**
 * Reads a text as YAML without tags, anchors, references and tabs. Gives the document also when names are there twice,
 * so that the rest can be checked as well. `what` is what the file is; lines are counted on the way.
 */
export function parseYaml(
  text: string,
  what: string,
  lines: LineCounter,
): { document?: Document.Parsed; problems: YamlProblem[] } {
  try {
    const [document, second] = compose(text, lines)
    const { unsafe, doubled } = lookThrough(document, text)
    const problems = [
      ...document.errors.map(({ pos, code, message }) => ({ at: pos[0], ...fromLibrary(code, message) })),
      ...tabs(text, document),
      ...unsafe,
      ...(second ? [{ at: second.range[0], ...secondDocument(what) }] : []),
    ]
    return problems.length > 0 ? { problems: [...problems, ...doubled] } : { document, problems: doubled }
  } catch (error) {
    if (!(error instanceof NestedTooDeep)) throw error
    return { problems: [{ at: error.at, ...nestedTooDeep(what) }] }
  }
}

class NestedTooDeep extends Error {
  readonly at: number

  constructor(at: number) {
    super('nested too deeply')
    this.at = at
  }
}

/** The library's own check for names that are there twice is quadratic. */
const options = { prettyErrors: false, stringKeys: true, uniqueKeys: false, resolveKnownTags: false } as const

/** The first document, and the second if there is one: nobody wants more. */
function compose(text: string, lines: LineCounter): [Document.Parsed, Document.Parsed?] {
  const documents = new Composer(options).compose(tokensOf(text, lines), true, text.length)
  const first = documents.next().value as Document.Parsed
  const second = documents.next()
  return second.done ? [first] : [first, second.value]
}

function* tokensOf(text: string, lines: LineCounter) {
  const parser = new Parser(lines.addNewLine)
  lines.addNewLine(0)
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme)
    if (parser.stack.length > deepest) throw new NestedTooDeep(parser.offset)
  }
  yield* parser.end()
}

function tabs(text: string, { errors }: Document.Parsed): YamlProblem[] {
  const at = text.indexOf('\t')
  return at < 0 || errors.some(({ code }) => code === 'TAB_AS_INDENT') ? [] : [{ at, ...tab }]
}

interface Found {
  unsafe: YamlProblem[]
  doubled: YamlProblem[]
}

function lookThrough(document: Document.Parsed, text: string): Found {
  const found: Found = { unsafe: [], doubled: [] }
  const referring: Node[] = []
  const note = (node: Node) => {
    if (isAlias(node) || node.anchor) referring.push(node)
    else if (node.tag?.startsWith('!')) found.unsafe.push({ at: signBefore('!', node, text), ...tag })
  }
  visit(document, {
    Node: (_, node) => note(node),
    Map: (_, map) => {
      note(map)
      noteNames(map, found)
    },
  })
  const [first] = referring
  if (first) {
    const at = isAlias(first) ? startOf(first) : signBefore('&', first, text)
    found.unsafe.push({ at, ...references(referring.length) })
  }
  return found
}

function noteNames({ items }: YAMLMap<unknown, unknown>, { unsafe, doubled }: Found): void {
  const seen = new Set<unknown>()
  for (const { key } of items) {
    if (!isScalar(key)) continue
    if (key.value === '__proto__') unsafe.push({ at: startOf(key), ...prototypeName })
    else if (seen.has(key.value)) doubled.push({ at: startOf(key), ...nameTwice })
    seen.add(key.value)
  }
}

/** An anchor or a tag stands before its value. */
function signBefore(sign: '&' | '!', node: Node, text: string): number {
  const at = text.lastIndexOf(sign, startOf(node))
  return at < 0 ? startOf(node) : at
}

export const startOf = ({ range }: Node): number => range?.[0] ?? 0
