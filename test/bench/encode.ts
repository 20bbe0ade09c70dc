import type { OrderEvent } from '@holdpoint/schemas'
import type { Workbench } from './workbench.ts'

export interface Encoded {
  key: Buffer
  value: Buffer
}

/** Order events as the records that an upstream system sends. */
export function encodeEvents(bench: Workbench, events: readonly OrderEvent[]): Encoded[] {
  return events.map((event) => ({
    key: Buffer.from(event.orderId),
    value: Buffer.from(bench.connection.codec.encode('orders.inbound.v1', event)),
  }))
}
