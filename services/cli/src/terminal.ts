import Table from 'cli-table3'
import { type Line, linesOf } from './text-file.ts'

/** Where results and remarks go: results to stdout, everything else to stderr. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
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
  live: process.stderr.isTTY === true,
  columns: process.stdout.columns ?? 120,
}

/** Rows under their headings, without lines, cut to nothing: what is shown is whole. */
export function tableOf(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' }
  const lines = { 'bottom-left': '', 'bottom-right': '', left: '', 'left-mid': '', mid: '', 'mid-mid': '' }
  const table = new Table({
    head: [...headings],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: { ...none, ...lines, right: '', 'right-mid': '', middle: '  ' },
  })
  for (const row of rows) table.push(row.map(printable))
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`
}

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
  const width = Math.max(...pairs.map(([name]) => name.length))
  return pairs.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}\n`).join('')
}

/** Text of others could move the cursor or colour the screen: control characters are shown as such. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (c) =>
    c === '\n' ? '⏎' : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export const jsonOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
