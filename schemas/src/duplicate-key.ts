/** JSON that says two things under one name. */
export class DuplicateName extends SyntaxError {
  override readonly name = 'DuplicateName'

  constructor({ name, line, column }: DuplicateKey) {
    super(
      `the name ${JSON.stringify(name)} stands twice in one object, again at line ${line}, column ${column}`,
    )
  }
}

/** As JSON.parse, which takes the last of two values of one name: this refuses them. Raises SyntaxError. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  const duplicate = duplicateKeyIn(text)
  if (duplicate) throw new DuplicateName(duplicate)
  return value
}

/** A name that an object has twice, and where it stands the second time; both count from 1, columns in UTF-16 units. */
interface DuplicateKey {
  name: string
  line: number
  column: number
}

/**
 * The first name that an object of this JSON has twice. The parser takes the last of them and forgets the others, which
 * another reader may have gone by. The text must have been parsed already: nothing else of it is checked.
 */
export function duplicateKeyIn(json: string): DuplicateKey | undefined {
  /** The names of each object that is open; undefined for a list. */
  const open: (Set<string> | undefined)[] = []
  let nameNext = false
  for (let at = 0; at < json.length; at++) {
    const char = json[at]
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : undefined)
      nameNext = char === '{'
    } else if (char === '}' || char === ']') open.pop()
    else if (char === ',') nameNext = open.at(-1) !== undefined
    else if (char === '"') {
      const end = endOfText(json, at)
      if (nameNext) {
        const name = JSON.parse(json.slice(at, end + 1)) as string
        const names = open.at(-1) as Set<string>
        if (names.has(name)) return { name, ...placeOf(json, at) }
        names.add(name)
      }
      nameNext = false
      at = end
    }
  }
  return undefined
}

/** Index of the quote that ends the text which begins here. */
function endOfText(json: string, start: number): number {
  let at = start + 1
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1) as string).length + 1 }
}
