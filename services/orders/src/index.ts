/** Order events for whoever measures or tests the product. */
import type { Instant, OrderEvent } from '@holdpoint/schemas'
import { openInvoiceFile } from './invoices/invoice-file.ts'
import { invoicesOf } from './invoices/invoices.ts'
import { loadFakers } from './made/customers.ts'
import { type Life, lifeOfOrder } from './made/life-of-order.ts'

const fakers = await loadFakers()

/** The invoices of an Online Retail file; raises when one of them cannot be read. */
export async function* readInvoices(path: string): AsyncGenerator<OrderEvent> {
  for await (const invoice of invoicesOf(openInvoiceFile(path).rows())) {
    if ('bad' in invoice)
      throw new Error(`invoice ${invoice.bad.invoice}: ${invoice.bad.problems.join('; ')}`)
    yield invoice.event
  }
}

/** First events of made-up orders, without end; the same seed and day (midnight UTC) give the same. */
export function* generateOrders({
  seed,
  day = Date.UTC(2026, 0, 1),
}: {
  seed: number
  day?: Instant
}): Generator<OrderEvent> {
  for (const { first } of generateLives({ seed, day })) yield first
}

/** The same orders with all that upstream says about them later. */
export function* generateLives(series: { seed: number; day: Instant }): Generator<Life> {
  for (let index = 0; ; index++) yield lifeOfOrder(fakers, series, index)
}
