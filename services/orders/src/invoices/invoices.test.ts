import { expect, test } from 'vitest'
import type { Row } from './columns.ts'
import { type Invoice, invoiceOf, invoicesOf } from './invoices.ts'

const row = (more: Partial<Row['values']> = {}, at = 2): Row => ({
  at,
  values: {
    InvoiceNo: '536365',
    StockCode: '10121',
    Description: 'ENAMEL MUG',
    Quantity: '6',
    InvoiceDate: '2010-12-01 08:26:00',
    UnitPrice: '2.55',
    CustomerID: '17850.0',
    Country: 'United Kingdom',
    ...more,
  },
})
const eventOf = (...rows: Row[]) => {
  const invoice = invoiceOf(rows)
  if ('bad' in invoice) throw new Error(invoice.bad.problems.join())
  return invoice.event
}
async function all(rows: Iterable<Row>): Promise<Invoice[]> {
  async function* stream() {
    yield* rows
  }
  const invoices: Invoice[] = []
  for await (const invoice of invoicesOf(stream())) invoices.push(invoice)
  return invoices
}
const numbers = (invoices: Invoice[]) =>
  invoices.map((invoice) => ('bad' in invoice ? `bad ${invoice.bad.invoice}` : invoice.event.orderId))

test('an invoice is a placed order with its lines numbered from 1', () => {
  const event = eventOf(row(), row({ StockCode: '10122', Quantity: '12', UnitPrice: '3.390' }))
  expect(event).toMatchObject({
    eventId: '536365',
    orderId: '536365',
    source: 'online-retail',
    kind: 'PLACED',
  })
  expect(event.order?.lines).toMatchObject([
    { lineId: '1', sku: '10121', quantity: '6', unitPrice: '2.55', discountPercent: null },
    { lineId: '2', sku: '10122', quantity: '12', unitPrice: '3.39' },
  ])
  expect(event.order?.customer).toMatchObject({ id: '17850', country: 'United Kingdom' })
  expect(event.order?.placedAt).toBe(event.occurredAt)
})

test('C is a cancellation that carries what it takes back; A is a placed order with a negative price', () => {
  expect(eventOf(row({ InvoiceNo: 'C536379', Quantity: '-1' }))).toMatchObject({
    kind: 'CANCELLED',
    order: { lines: [{ quantity: '-1' }] },
  })
  expect(eventOf(row({ InvoiceNo: 'A563186', UnitPrice: '-11062.06' }))).toMatchObject({
    kind: 'PLACED',
    order: { lines: [{ unitPrice: '-11062.06' }] },
  })
})

test('what is missing in the file is missing in the order', () =>
  expect(eventOf(row({ CustomerID: '', Description: '', UnitPrice: '0' })).order).toMatchObject({
    customer: { id: '' },
    lines: [{ description: '', unitPrice: '0' }],
  }))

test('lines of an invoice are joined though lines of others stand between them', async () => {
  const mixed = [row(), row({ InvoiceNo: '2' }), row({ InvoiceNo: '3' }), row()]
  const invoices = await all(mixed)
  expect(numbers(invoices).toSorted()).toEqual(['2', '3', '536365'])
  const joined = invoices.find((invoice) => 'event' in invoice && invoice.event.orderId === '536365')
  expect(joined).toMatchObject({ event: { order: { lines: [{ lineId: '1' }, { lineId: '2' }] } } })
})

test('a line that comes long after its invoice is told, and never makes a second order of it', async () => {
  const others = Array.from({ length: 60 }, (_, i) => row({ InvoiceNo: `other-${i}` }))
  const invoices = await all([row(), ...others, row({}, 63)])
  expect(numbers(invoices).filter((number) => number === '536365')).toHaveLength(1)
  expect(invoices).toContainEqual({
    bad: { invoice: '536365', problems: [expect.stringMatching(/^line 63: .*sort the file/)] },
  })
})

test('every problem of an invoice is named with its line', () => {
  const bad = invoiceOf([row({ InvoiceDate: 'soon' }, 2), row({ Quantity: 'six', UnitPrice: '1.23456' }, 3)])
  expect(bad).toEqual({
    bad: {
      invoice: '536365',
      problems: [
        'line 2: InvoiceDate "soon" is no date and time',
        'line 3: Quantity "six" is no number with up to four places',
        'line 3: UnitPrice "1.23456" is no number with up to four places',
      ],
    },
  })
})

test('dates with slashes are read as said, and not guessed', () => {
  const at = (InvoiceDate: string, dates?: 'm/d/y' | 'd/m/y') => {
    const invoice = invoiceOf([row({ InvoiceDate })], dates)
    return 'bad' in invoice ? invoice.bad.problems : new Date(invoice.event.occurredAt).toISOString()
  }
  expect(at('12/1/2010 8:26', 'm/d/y')).toBe('2010-12-01T08:26:00.000Z')
  expect(at('12/1/2010 8:26', 'd/m/y')).toBe('2010-01-12T08:26:00.000Z')
  expect(at('12/1/2010 8:26')).toEqual([expect.stringContaining('two ways: say --dates')])
  expect(at('13/1/2010 8:26', 'm/d/y')).toEqual([expect.stringContaining('is no date and time as m/d/y')])
})

test('a line with other columns than the rest spoils its invoice, and says so alone', () =>
  expect(
    invoiceOf([row(), { ...row({ Quantity: '' }, 3), problem: 'it has 7 columns instead of 8' }]),
  ).toEqual({
    bad: { invoice: '536365', problems: ['line 3: it has 7 columns instead of 8'] },
  }))
