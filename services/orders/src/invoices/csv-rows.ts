import { createReadStream } from 'node:fs'
import { pipeline, Readable, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CsvError, parse } from 'csv-parse'
import { UnreadableInvoices } from '../errors.ts'
import { type Column, emptyFile, placesOf, type Row, valuesOf } from './columns.ts'
import { decodedText } from './decoded-text.ts'

export interface CsvOptions {
  encoding?: string | undefined
  isGzip: boolean
  onRead(bytes: number): void
}

/** Most that one record may take; a quotation mark that is never closed would take the whole file. */
const longestRecord = 1_000_000

/** Streams the rows of a CSV file with a heading. The separator is the one that the heading has. */
export async function* csvRows(path: string, options: CsvOptions): AsyncGenerator<Row> {
  const { first, all } = await withFirstLine(csvText(path, options))
  if (first.trim() === '') throw emptyFile(path)
  const separator = separatorOf(first)
  const parser = parse({
    delimiter: separator,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longestRecord,
  })
  // What goes wrong is raised where the parser is read.
  pipeline(Readable.from(all), parser, () => undefined)
  yield* rowsOf(path, separator, parser)
}

/** The text of a CSV file, plain or gzip; raises where it is not in its encoding. */
export async function* csvText(path: string, options: CsvOptions): AsyncGenerator<string> {
  const { encoding, isGzip, onRead } = options
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onRead(chunk.length)
      done(null, chunk)
    },
  })
  const file = createReadStream(path, { highWaterMark: 256 * 1024 })
  const bytes = isGzip ? createGunzip() : counted
  if (isGzip) pipeline(file, counted, bytes, () => undefined)
  else pipeline(file, bytes, () => undefined)
  try {
    yield* decodedText(bytes, path, encoding)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

async function withFirstLine(text: AsyncGenerator<string>) {
  let begun = ''
  for (;;) {
    const { done, value } = await text.next()
    begun += value ?? ''
    if (done || /[\r\n]/.test(begun.trimStart())) break
  }
  async function* all() {
    yield begun
    yield* text
  }
  return { first: begun.trimStart().split(/[\r\n]/, 1)[0] ?? '', all: all() }
}

/** The one that stands in the heading most often. */
function separatorOf(heading: string): string {
  const counted = [',', ';', '\t'].map((sign) => [sign, heading.split(sign).length] as const)
  return counted.toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ','
}

interface Parsed {
  record: string[]
  info: { lines: number }
}

async function* rowsOf(path: string, separator: string, parser: AsyncIterable<Parsed>): AsyncGenerator<Row> {
  let heading: { places: Record<Column, number>; width: number } | undefined
  let before = 0
  try {
    for await (const { record, info } of parser) {
      const from = before + 1
      before = info.lines
      if (!heading) {
        if (record.every((cell) => cell.trim() === '')) continue
        heading = { places: placesOf(record, path), width: record.length }
        continue
      }
      const values = valuesOf(record, heading.places)
      if (!values) continue
      const problem = problemOf(record, { ...heading, separator, from, to: info.lines })
      yield {
        at: info.lines,
        values: separator === ';' ? withDecimalPoints(values) : values,
        ...(problem === undefined ? {} : { problem }),
      }
    }
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function problemOf(
  record: readonly string[],
  { width, separator, from, to }: { width: number; separator: string; from: number; to: number },
): string | undefined {
  const lines = from < to ? `; it goes from line ${from} to line ${to}` : ''
  // A mark that opens and is never closed takes whole lines into one cell.
  const swallowed = record.some((cell) => /[\r\n]/.test(cell) && cell.split(separator).length >= width)
  if (swallowed) return `a quotation mark is missing or one too many${lines}`
  return record.length === width ? undefined : `it has ${record.length} columns instead of ${width}${lines}`
}

/** Where semicolons part the columns, it is since a comma is the decimal sign. */
const withDecimalPoints = (values: Row['values']): Row['values'] => ({
  ...values,
  Quantity: decimalPoint(values.Quantity),
  UnitPrice: decimalPoint(values.UnitPrice),
})

const decimalPoint = (text: string): string => (/^-?\d+,\d+$/.test(text) ? text.replace(',', '.') : text)

function unreadable(path: string, cause: unknown): Error {
  if (cause instanceof UnreadableInvoices) return cause
  const { message, code } = cause as NodeJS.ErrnoException
  const hint =
    code === 'CSV_MAX_RECORD_SIZE' || code === 'CSV_QUOTE_NOT_CLOSED' ? ' Is a quotation mark missing?' : ''
  const what = cause instanceof CsvError ? `${message}${hint}` : message
  return new UnreadableInvoices('UNREADABLE_FILE', `${path} cannot be read on: ${what}`, { cause })
}
