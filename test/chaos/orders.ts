import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '@holdpoint/local'
import type { OrderEvent } from '@holdpoint/schemas'
import { openInvoiceFile } from '../../services/orders/src/invoices/invoice-file.ts'
import { invoicesOf } from '../../services/orders/src/invoices/invoices.ts'
import { loadFakers } from '../../services/orders/src/made/customers.ts'
import { lifeOfOrder } from '../../services/orders/src/made/life-of-order.ts'
import { environment } from '../harness/config.ts'

export interface Orders {
  /** One event for each order, no order twice. */
  events: OrderEvent[]
  /** Where the orders come from, in words. */
  source: string
}

/** The real invoices in their order where they are there, else generated orders. */
export async function loadOrders(options: {
  events: number
  seed: number
  generated: boolean
}): Promise<Orders> {
  const folder = environment.HOLDPOINT_DATA ?? join(repository, '..', 'shared', 'data')
  const file = join(folder, 'online-retail.csv.gz')
  if (options.generated) return generated(options, 'generated orders')
  if (existsSync(file))
    return { events: await invoices(file, options.events), source: 'invoices of the Online Retail data' }
  return generated(options, `generated orders, for there is no ${file} (HOLDPOINT_DATA names its folder)`)
}

async function invoices(file: string, count: number): Promise<OrderEvent[]> {
  const events: OrderEvent[] = []
  for await (const invoice of invoicesOf(openInvoiceFile(file).rows())) {
    if ('event' in invoice) events.push(reachable(invoice.event))
    if (events.length === count) break
  }
  return events
}

/** The invoices have no e-mail addresses: a made-up one for each customer gives the notifier work. */
function reachable(event: OrderEvent): OrderEvent {
  const { order } = event
  if (!order?.customer.id) return event
  const email = `customer-${order.customer.id}@shop.example`
  return { ...event, order: { ...order, customer: { ...order.customer, email } } }
}

async function generated(
  { events, seed }: { events: number; seed: number },
  source: string,
): Promise<Orders> {
  const fakers = await loadFakers()
  const day = Math.floor(Date.now() / 86_400_000) * 86_400_000
  const firsts = Array.from({ length: events }, (_, i) => lifeOfOrder(fakers, { seed, day }, i).first)
  return { events: firsts, source }
}
