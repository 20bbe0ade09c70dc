import { createReadStream, statSync } from 'node:fs'
import { pipeline, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CsvError, parse } from 'csv-parse'
import { Failure, Misuse } from '../failures.ts'
import { columns, type Row } from './invoices.ts'

export interface CsvFile {
  rows: AsyncIterable<Row>
  /** Bytes of the file as it lies on the disk. */
  size: number
  /** How many of them have been read so far. */
  read(): number
}

/** Streams a CSV file with a heading, plain or gzip. Rows are raised as failures when the file is none. */
export function openCsv(path: string): CsvFile {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat?.isFile()) throw new Misuse(`There is no file ${path}.`)
  let read = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      read += chunk.length
      done(null, chunk)
    },
  })
  const parser = parse({ bom: true, columns: requireColumns, info: true, relax_column_count: false })
  const end = () => undefined
  const file = createReadStream(path, { highWaterMark: 256 * 1024 })
  if (path.endsWith('.gz')) pipeline(file, counted, createGunzip(), parser, end)
  else pipeline(file, counted, parser, end)
  return { rows: rowsOf(path, parser), size: stat.size, read: () => read }
}

function requireColumns(found: string[]): string[] {
  const missing = columns.filter((name) => !found.includes(name))
  if (missing.length === 0) return found
  throw new Misuse(
    `The file lacks the columns ${missing.join(', ')} of the Online Retail data; it has ${found.join(', ')}.`,
  )
}

interface Parsed {
  record: Row['values']
  info: { lines: number }
}

async function* rowsOf(path: string, parser: AsyncIterable<Parsed>): AsyncGenerator<Row> {
  try {
    for await (const { record, info } of parser) yield { at: info.lines, values: record }
  } catch (cause) {
    if (cause instanceof Misuse) throw cause
    const what = cause instanceof CsvError ? cause.message : (cause as Error).message
    throw new Failure('UNREADABLE_FILE', `${path} cannot be read on: ${what}`, { cause })
  }
}
