import type { OrderEvent } from '@holdpoint/schemas'
import { Pace } from '../pace.ts'
import type { Refused, Upstream } from './upstream.ts'

/** Batches under way at once when their order does not matter: some are with Kafka while the next is made. */
const underWay = 3

export interface SendOptions {
  /** Events a second; as fast as they are taken when not said. */
  rate?: number | undefined
  /** Events of one order follow each other: a batch waits until the one before is safe. */
  ordered?: boolean
  /** Events in one batch; as suits the way in and the rate when not said. */
  batch?: number
  onSent?(sent: number, lastOrderId: string): void
}

export interface Sent {
  sent: number
  refused: Refused[]
}

/** Sends a stream of events in batches. Without `ordered` a batch that is tried again may come after a later one. */
export async function sendAll(
  upstream: Upstream,
  events: AsyncIterable<OrderEvent> | Iterable<OrderEvent>,
  { rate, ordered = false, batch: wanted, onSent }: SendOptions = {},
): Promise<Sent> {
  const result: Sent = { sent: 0, refused: [] }
  const pace = new Pace(rate)
  const waiting = new Set<Promise<void>>()
  const size = wanted ?? (rate === undefined ? upstream.batch : sizeFor(rate, upstream.batch))
  const give = async (batch: OrderEvent[]) => {
    const refused = await upstream.send(batch)
    result.refused.push(...refused)
    result.sent += batch.length - refused.length
    const last = batch.findLast((event) => !refused.some((one) => one.event === event))
    if (last) onSent?.(result.sent, last.orderId)
  }
  for await (const batch of batchesOf(events, size)) {
    await pace.take(batch.length)
    if (waiting.size >= (ordered ? 1 : underWay)) await Promise.race(waiting)
    const going: Promise<void> = give(batch).finally(() => waiting.delete(going))
    waiting.add(going)
    // Told when it is waited for; without this the process would end at once.
    going.catch(() => undefined)
  }
  await Promise.all(waiting)
  return result
}

/** A twentieth of a second. */
const sizeFor = (rate: number, most: number): number => Math.max(1, Math.min(most, Math.floor(rate / 20)))

async function* batchesOf(
  events: AsyncIterable<OrderEvent> | Iterable<OrderEvent>,
  size: number,
): AsyncGenerator<OrderEvent[]> {
  let batch: OrderEvent[] = []
  for await (const event of events) {
    batch.push(event)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
