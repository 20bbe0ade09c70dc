import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '@holdpoint/local'
import { generateOrders, readInvoices } from '@holdpoint/orders'
import type { OrderEvent } from '@holdpoint/schemas'
import { environment } from '../harness/config.ts'

export interface Workload {
  /** One event for each order, ids all different. */
  events: OrderEvent[]
  /** Where the orders come from, in words. */
  source: string
}

/** A year of real invoices, again under other numbers when more are wanted; generated orders where it is absent. */
export async function loadOrders(count: number): Promise<Workload> {
  const file = join(
    environment.HOLDPOINT_DATA ?? join(repository, '..', 'shared', 'data'),
    'online-retail.csv.gz',
  )
  const real = existsSync(file)
  const year = real ? await collect(readInvoices(file)) : collectSome(generateOrders({ seed: 1 }), 10_000)
  const events = Array.from({ length: count }, (_, i) =>
    again(year[i % year.length] as OrderEvent, Math.floor(i / year.length)),
  )
  return { events, source: real ? 'the Online Retail invoices' : 'the generator' }
}

function again(event: OrderEvent, round: number): OrderEvent {
  if (round === 0) return event
  return { ...event, orderId: `${event.orderId}-${round}`, eventId: `${event.eventId}-${round}` }
}

async function collect(events: AsyncIterable<OrderEvent>): Promise<OrderEvent[]> {
  const all: OrderEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

function collectSome(events: Iterable<OrderEvent>, count: number): OrderEvent[] {
  const some: OrderEvent[] = []
  for (const event of events) {
    if (some.length >= count) break
    if (event.order) some.push(event)
  }
  return some
}
