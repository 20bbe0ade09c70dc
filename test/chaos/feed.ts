import { setTimeout as pause } from 'node:timers/promises'
import type { OrderEvent } from '@holdpoint/schemas'
import type { Company } from './company.ts'
import type { Flow } from './flow.ts'

interface Sent {
  key: Buffer
  value: Buffer
}

/** So many orders are under way at most, so that strikes meet a chain that is busy and not one that is buried. */
const mostUndecided = 400
const groupSize = 20

/** Every so many events upstream behaves as it should not. */
const oneIn = { repeated: 97, unreadable: 211, contradicted: 307 }

/** Lets the events flow in portions, so that there is still something to come at every strike. */
export class Gate {
  #limit = 0
  #wake: (() => void)[] = []

  /** Lets events through until so many have passed. */
  open(limit: number): void {
    this.#limit = limit
    for (const wake of this.#wake.splice(0)) wake()
  }

  async pass(passed: number): Promise<void> {
    while (passed >= this.#limit) await new Promise<void>((resolve) => this.#wake.push(resolve))
  }
}

/**
 * Sends the events as an upstream system that does not give up: what was not acknowledged is sent again. Some it sends
 * twice, some as bytes that nobody can read, some again with other content.
 */
export async function feed(
  { kafka, upstream }: Company,
  flow: Flow,
  events: readonly OrderEvent[],
  { gate, onSent }: { gate: Gate; onSent(count: number): void },
): Promise<void> {
  const encode = (event: OrderEvent) => kafka.codec.encode('orders.inbound.v1', event)
  for (let start = 0; start < events.length; start += groupSize) {
    const group = events.slice(start, start + groupSize)
    await gate.pass(start)
    while (flow.undecided > mostUndecided) await pause(20)
    for (const { orderId } of group) flow.offer(orderId)
    await insist(
      upstream,
      group.flatMap((event, i) => sentFor(event, start + i, encode)),
    )
    onSent(start + group.length)
  }
}

function sentFor(event: OrderEvent, i: number, encode: (event: OrderEvent) => Buffer): Sent[] {
  const key = Buffer.from(event.orderId)
  const sent = [{ key, value: encode(event) }]
  if (i % oneIn.repeated === 0) sent.push({ key, value: encode(event) })
  if (i % oneIn.unreadable === 0) sent.push({ key, value: Buffer.from('{"kind":"PLACED"}') })
  if (i % oneIn.contradicted === 0)
    sent.push({ key, value: encode({ ...event, facts: { again: 'differently' } }) })
  return sent
}

async function insist(upstream: Company['upstream'], records: readonly Sent[]): Promise<void> {
  for (;;) {
    try {
      return await upstream.sendBytes('orders.inbound.v1', records)
    } catch {
      await pause(200)
    }
  }
}
