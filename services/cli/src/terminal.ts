import { createInterface } from 'node:readline'
import Table from 'cli-table3'
import stringWidth from 'string-width'
import { type Line, linesOf } from './text-file.ts'

/** Where results and remarks go: results to stdout, everything else to stderr. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
  /** Puts this in the place of the line of stderr on which the cursor stands; only where `live`. */
  overwrite(text: string): void
  /** Asks a person and gives the line that they type; undefined where nobody is there to be asked. */
  ask: ((question: string) => Promise<string>) | undefined
  /** The lines of stdin. */
  lines(): AsyncIterable<Line>
  /** Whether stderr is a person's terminal, on which a line may be written over. */
  live: boolean
  columns: number
}

export const processTerminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  lines: () => linesOf(process.stdin),
  overwrite: (text) => process.stderr.write(`\r\u001b[2K${text}`),
  ask: process.stdin.isTTY === true && process.stderr.isTTY === true ? ask : undefined,
  live: process.stderr.isTTY === true,
  columns: process.stdout.columns ?? 120,
}

async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await new Promise((resolve) => {
      reader.once('close', () => resolve(''))
      reader.question(question, resolve)
    })
  } finally {
    reader.close()
  }
}

/** The same terminal, whose stderr shows nothing but what `printableLines` lets through. */
export function safeTerminal(terminal: Terminal): Terminal {
  return {
    ...terminal,
    err: (text) => terminal.err(printableLines(text)),
    overwrite: (text) => terminal.overwrite(printableLines(text)),
  }
}

/** A column is as wide as its texts, but for those beyond this, which run over by themselves: the other rows stay on the screen. */
const widestColumn = 60

/** Rows under their headings, without lines, cut to nothing: what is shown is whole. */
export function tableOf(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows.map((row) => row.map(printable))]
  const widths = headings.map((_, column) => widthOf(all.map((row) => row[column] ?? '')))
  return all
    .map(
      (row) =>
        `${row
          .map((text, column) => padded(text, widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

function widthOf(texts: readonly string[]): number {
  const widths = texts.map((text) => stringWidth(text))
  return widths.reduce((widest, width) => (width > widestColumn ? widest : Math.max(widest, width)), 0)
}

/** As wide on the screen, where a letter takes one place, two or none. */
const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)))

/** Rows with lines between them, their texts broken so that the table is no wider than the terminal. */
export function wrappedTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string {
  const width = Math.max(12, Math.floor((Math.min(columns, 200) - 1) / headings.length) - 1)
  const table = new Table({
    head: [...headings],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: headings.map(() => width),
  })
  // The table cuts a word that is wider than its column.
  const fitting = (text: string) => printable(text).replace(/\S+/g, (word) => breakable(word, width - 2))
  for (const row of rows) table.push(row.map(fitting))
  return `${table.toString()}\n`
}

/** A long word with blanks at which it may be broken: behind `-`, `.`, `_` or `/` where there is one. */
function breakable(word: string, width: number): string {
  if (word.length <= width) return word
  const start = word.slice(0, width)
  const at = start.match(/^.*[-._/](?=.)/)?.[0].length ?? width
  return `${word.slice(0, at)} ${breakable(word.slice(at), width)}`
}

/** Names and values, one a line. */
export function listOf(pairs: readonly (readonly [string, string])[]): string {
  const width = widthOf(pairs.map(([name]) => name))
  return pairs.map(([name, value]) => `${padded(name, width)}  ${printable(value)}\n`).join('')
}

/**
 * What moves the cursor, colours the screen, turns the direction of writing, or cannot be seen: control characters,
 * line separators, marks of direction, invisible characters and tags.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** Text of others, on one line: what cannot be seen is shown by its number, a line break as ⏎. */
export function printable(text: string): string {
  return text.replace(unseen, (c) => (c === '\n' ? '⏎' : numberOf(c)))
}

/** The same for text of several lines. */
export function printableLines(text: string): string {
  return text.replace(unseen, (c) => (c === '\n' || c === '\t' ? c : numberOf(c)))
}

/** As JSON writes it, in UTF-16. */
const numberOf = (c: string): string =>
  [...Array(c.length).keys()].map((at) => `\\u${c.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')

/** JSON in which nothing is unseen either: a program reads the same from it. */
export const jsonOf = (value: unknown): string => `${printableLines(JSON.stringify(value, null, 2))}\n`

export const jsonLineOf = (value: unknown): string => `${printableLines(JSON.stringify(value))}\n`
