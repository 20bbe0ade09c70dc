import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { misuse, UnreadableInvoices } from '../errors.ts'
import { emptyFile, type Row } from './columns.ts'
import { csvRows, csvText } from './csv-rows.ts'
import { requireEncoding } from './decoded-text.ts'
import { type DateOrder, orderShownBy } from './wall-time.ts'

/** A file of invoices: CSV, plain or gzip, or a workbook (.xlsx). What it is is seen from its first bytes. */
export interface InvoiceFile {
  /** Its rows, from the start each time. Raises failures when it cannot be read on. */
  rows(): AsyncGenerator<Row>
  /** Raises a failure when its text is not in its encoding; that is known before the first row goes anywhere. */
  checkText(): Promise<void>
  /** Which part of it has been read, from 0 to 1, since `rows` was asked for last. */
  part(): number
}

export function openInvoiceFile(path: string, encoding?: string): InvoiceFile {
  if (encoding !== undefined) requireEncoding(encoding)
  const size = sizeOf(path)
  const kind = kindOf(path)
  let part = 0
  if (kind === 'xlsx') {
    const rows = async function* () {
      const { xlsxRows } = await import('./xlsx-rows.ts')
      yield* xlsxRows(path, (read) => {
        part = read
      })
    }
    return { rows, checkText: async () => undefined, part: () => part }
  }
  let read = 0
  const options = {
    encoding,
    isGzip: kind === 'gzip',
    onRead: (bytes: number) => {
      read += bytes
    },
  }
  return {
    rows() {
      read = 0
      return csvRows(path, options)
    },
    async checkText() {
      for await (const _ of csvText(path, options));
    },
    part: () => read / size,
  }
}

function sizeOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory()) throw misuse(`${path} is a folder. Name a file in it.`)
  if (!stat?.isFile())
    throw misuse(`There is no file ${path}. Check its name, and the folder that you are in.`)
  if (stat.size === 0) throw emptyFile(path)
  return stat.size
}

function kindOf(path: string): 'csv' | 'gzip' | 'xlsx' {
  const start = firstBytes(path).toString('hex')
  if (start.startsWith('504b0304')) return 'xlsx'
  if (start.startsWith('1f8b') || path.endsWith('.gz')) return 'gzip'
  if (start.startsWith('d0cf11e0'))
    throw misuse(
      `${path} is an old or a locked workbook. Save it as .xlsx without a password, or as CSV in UTF-8.`,
    )
  return 'csv'
}

function firstBytes(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(4)
    return bytes.subarray(0, readSync(file, bytes, 0, 4, 0))
  } finally {
    closeSync(file)
  }
}

/**
 * How the dates with slashes of a file are meant, given its first row. Every row is looked at: a file in which some say
 * one order and some the other, or none says any, is refused rather than guessed.
 */
export async function orderOfDates(
  file: InvoiceFile,
  first: Row,
): Promise<{ dates: DateOrder; because: Row } | undefined> {
  if (orderShownBy(first.values.InvoiceDate) === undefined) return undefined
  const shown = new Map<DateOrder, Row>()
  for await (const row of file.rows()) {
    const order = orderShownBy(row.values.InvoiceDate)
    if (order !== undefined && order !== 'both' && !shown.has(order)) shown.set(order, row)
  }
  const [one, other] = shown
  if (one && !other) return { dates: one[0], because: one[1] }
  const example = ({ at, values }: Row) => `"${values.InvoiceDate}" on line ${at}`
  const why =
    one && other
      ? `${example(one[1])} and ${example(other[1])} say different things`
      : `${example(first)} can be read in two ways, and so can all others`
  throw new UnreadableInvoices(
    'AMBIGUOUS_DATES',
    `${why}. Say how dates are meant: --dates m/d/y or --dates d/m/y.`,
  )
}
