/** Invoices of the Online Retail file as order events. */
import { canonicalDecimal, type Line, type Order, type OrderEvent } from '@holdpoint/schemas'
import type { Row } from './columns.ts'
import { londonInstant } from './london-time.ts'
import { type DateOrder, orderShownBy, wallTimeOf } from './wall-time.ts'

export const source = 'online-retail'

export interface BadInvoice {
  invoice: string
  /** What is wrong, and on which line. */
  problems: string[]
}

export type Invoice = { event: OrderEvent } | { bad: BadInvoice }

/** So many invoices stay open for further lines after their last one. */
const stayOpen = 50

/**
 * Joins lines by invoice number. An invoice is given out once 50 others have begun after its last line, so that lines
 * of two invoices may mix; a line that comes after that is told as bad.
 */
export async function* invoicesOf(rows: AsyncIterable<Row>, dates?: DateOrder): AsyncGenerator<Invoice> {
  const open = new Map<string, Row[]>()
  const given = new Set<string>()
  for await (const row of rows) {
    const number = row.values.InvoiceNo
    if (given.has(number)) yield { bad: tooLate(row) }
    else {
      const lines = open.get(number) ?? []
      lines.push(row)
      // Put in anew, so that the first of the map is the one that has waited longest.
      open.delete(number)
      open.set(number, lines)
    }
    if (open.size > stayOpen) yield give(open, given, dates)
  }
  while (open.size > 0) yield give(open, given, dates)
}

function give(open: Map<string, Row[]>, given: Set<string>, dates: DateOrder | undefined): Invoice {
  const [number, rows] = open.entries().next().value as [string, Row[]]
  open.delete(number)
  given.add(number)
  return invoiceOf(rows, dates)
}

/** One invoice: C… is cancelled with what it says, everything else is placed. */
export function invoiceOf(rows: readonly Row[], dates?: DateOrder): Invoice {
  const problems = rows.flatMap(({ at, problem }) =>
    problem === undefined ? [] : [`line ${at}: ${problem}`],
  )
  const { at, values } = rows[0] as Row
  const { InvoiceNo: number, InvoiceDate, CustomerID, Country } = values
  // The values of a line with other columns than the rest are anybody's guess.
  if (problems.length > 0) return { bad: { invoice: number, problems } }
  if (number === '') problems.push(`line ${at}: InvoiceNo is empty`)
  const placedAt = londonInstant(wallTimeOf(InvoiceDate, dates) ?? '')
  if (placedAt === undefined) problems.push(`line ${at}: ${noTime(InvoiceDate, dates)}`)
  const lines = rows.map((row, index) => lineOf(row, index, problems))
  if (placedAt === undefined || problems.length > 0) return { bad: { invoice: number, problems } }
  return { event: eventOf(number, orderOf(CustomerID.replace(/\.0$/, ''), Country, lines, placedAt)) }
}

function noTime(text: string, dates: DateOrder | undefined): string {
  if (orderShownBy(text) === undefined) return `InvoiceDate "${text}" is no date and time`
  return dates === undefined
    ? `InvoiceDate "${text}" can be read in two ways: say --dates m/d/y or --dates d/m/y`
    : `InvoiceDate "${text}" is no date and time as ${dates}`
}

function lineOf({ at, values }: Row, index: number, problems: string[]): Line {
  const decimal = (name: 'Quantity' | 'UnitPrice') => {
    const value = canonicalDecimal(values[name])
    if (value === undefined)
      problems.push(`line ${at}: ${name} "${values[name]}" is no number with up to four places`)
    return value ?? '0'
  }
  return {
    lineId: String(index + 1),
    sku: values.StockCode,
    description: values.Description,
    quantity: decimal('Quantity'),
    unitPrice: decimal('UnitPrice'),
    discountPercent: null,
  }
}

function eventOf(number: string, order: Order): OrderEvent {
  return {
    eventId: number,
    source,
    orderId: number,
    occurredAt: order.placedAt,
    sequence: null,
    kind: number.startsWith('C') ? 'CANCELLED' : 'PLACED',
    order,
    request: null,
    stage: '',
    facts: {},
  }
}

/** The file knows one country of a customer, which stands for billing, shipping and payment. */
function orderOf(customerId: string, country: string, lines: Line[], placedAt: number): Order {
  const nowhere = { name: '', street: '', city: '', region: '', postalCode: '', country }
  return {
    customer: {
      id: customerId,
      name: '',
      email: '',
      phone: '',
      country,
      language: '',
      taxId: '',
      segment: '',
    },
    currency: 'GBP',
    lines,
    declaredTotal: null,
    billing: { ...nowhere, contact: '', terms: '', schedule: '', purchaseOrder: '' },
    shipping: { ...nowhere, method: '', requestedDate: '', splitDeliveries: false },
    payment: { status: '', method: '', country, amount: null },
    salesperson: '',
    channel: '',
    contractNumber: '',
    placedAt,
  }
}

const tooLate = ({ at, values }: Row): BadInvoice => ({
  invoice: values.InvoiceNo,
  problems: [
    `line ${at}: this line stands more than ${stayOpen} invoices behind the others of its invoice; sort the file`,
  ],
})
