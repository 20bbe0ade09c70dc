import { misuse, type UnreadableInvoices } from '../errors.ts'

/** Columns of the Online Retail data. */
export const columns = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const

export type Column = (typeof columns)[number]

/** One line of a file; `at` is its line number. */
export interface Row {
  at: number
  values: Readonly<Record<Column, string>>
  /** Why it cannot be used, whatever its values are. */
  problem?: string
}

/** Where each column stands, given the heading; raises MISUSE that names those that are not there. */
export function placesOf(heading: readonly string[], file: string): Record<Column, number> {
  const found = heading.map(plain)
  const places = columns.map((column) => [column, found.indexOf(plain(column))] as const)
  const missing = places.filter(([, at]) => at < 0).map(([column]) => column)
  if (missing.length === 0) return Object.fromEntries(places) as Record<Column, number>
  throw misuse(
    `${file} lacks the columns ${missing.join(', ')} of the Online Retail data; its first line has ` +
      `${heading.filter((name) => name.trim() !== '').join(', ') || 'nothing'}.`,
  )
}

/** `Customer ID` is `CustomerID`. */
const plain = (name: string): string => name.replaceAll(/[\s_]/g, '').toLowerCase()

/** The values by their columns; a line of nothing but blanks has none. */
export function valuesOf(
  cells: readonly string[],
  places: Record<Column, number>,
): Row['values'] | undefined {
  if (cells.every((cell) => cell.trim() === '')) return undefined
  return Object.fromEntries(columns.map((column) => [column, cells[places[column]] ?? ''])) as Row['values']
}

export function emptyFile(file: string): UnreadableInvoices {
  return misuse(`${file} is empty: it holds no invoices, not even the line that names the columns.`)
}
