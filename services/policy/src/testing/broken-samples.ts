/** Broken versions of a sound policy file, each with one mistake, for tests: where it is, and what it is about. */
export interface Broken {
  what: string
  text: string
  line: number
  column: number
}

/** The lines of one entry of the file, such as an exception type: offsets from the start of the file. */
export interface Block {
  name: string
  from: number
  to: number
}

/** The file with the place of each of its entries. */
export interface Sample {
  text: string
  types: Block[]
  roles: Block[]
  calendars: Block[]
  messages: Block[]
}

export function sampleOf(text: string): Sample {
  const [types = [], roles = [], calendars = [], messages = []] = [
    'exceptions',
    'roles',
    'calendars',
    'messages',
  ].map((group) => blocksUnder(group, text))
  return { text, types, roles, calendars, messages }
}

/** Entries are indented by two blanks, what belongs to them by more. */
function blocksUnder(group: string, text: string): Block[] {
  const from = text.indexOf(`\n${group}:\n`) + 1
  const behind = text.slice(from + group.length + 2).search(/^\w/m)
  const to = behind < 0 ? text.length : from + group.length + 2 + behind
  const heads = [...text.slice(from, to).matchAll(/^ {2}([\w-]+):/gm)]
  return heads.map((head, index) => ({
    name: head[1] ?? '',
    from: from + head.index,
    to: from + (heads[index + 1]?.index ?? to - from),
  }))
}

/** The file with a piece of a block replaced: the mistake is where `at` stands in the replacement. */
export function replaced(
  { text }: Sample,
  { name, from, to }: Block,
  [what, piece, replacement, at = replacement]: [string, string | RegExp, string, string?],
): Broken[] {
  const block = text.slice(from, to)
  const start = typeof piece === 'string' ? block.indexOf(piece) : block.search(piece)
  if (start < 0) return []
  const length = typeof piece === 'string' ? piece.length : (block.match(piece)?.[0].length ?? 0)
  const written = block.slice(0, start) + replacement + block.slice(start + length)
  const broken = text.slice(0, from) + written + text.slice(to)
  return [
    { what: `${what} of ${name}`, text: broken, ...placeAt(broken, from + start + replacement.indexOf(at)) },
  ]
}

/** The same for a mistake that is told at the name of the block, since what is wrong is not there. */
export function removed(sample: Sample, block: Block, [what, piece]: [string, RegExp]): Broken[] {
  return replaced(sample, block, [what, piece, '']).map((broken) => ({
    ...broken,
    ...placeAt(broken.text, block.from + 2),
  }))
}

/** First and last line of a block, counted from 1. */
export function linesOf(text: string, { from, to }: Block): { first: number; last: number } {
  return { first: placeAt(text, from).line, last: placeAt(text, to - 1).line }
}

export function placeAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** `finance` with two letters in the wrong order, which no name of the sample is. */
export function misspelt(name: string): string {
  const at = name.length - 3
  return `${name.slice(0, at)}${name.charAt(at + 1)}${name.charAt(at)}x${name.slice(at + 2)}`
}

/** One of a list, each in its turn. */
export const inTurn = <One>(list: readonly One[], index: number): One => list[index % list.length] as One
