import { setTimeout as sleep } from 'node:timers/promises'
import type { DeadLetter, OrderView } from '@holdpoint/desk-contract'
import type { OrderEvent } from '@holdpoint/schemas'
import type { Desk } from '../desk/desk.ts'
import { deskPath } from '../desk/path.ts'
import { type Became, becameOf, isGood, isProvisional, ownRevision, type Seen } from './what-became.ts'

export interface Patience {
  /** For anything of an event, and for the case of a request. */
  visibleMs: number
  /** For a dead letter of one whose id was known: what is dropped leaves no trace that would say so at once. */
  knownMs: number
  /** For another decision on an order that has one: what changes none leaves none. */
  changedMs: number
  pollMs: number
}

export const usualPatience: Patience = {
  visibleMs: 15_000,
  knownMs: 10_000,
  changedMs: 5_000,
  pollMs: 250,
}

/** Events of which the desk shows a revision already: what is sent again is dropped without a trace. */
export async function knownBefore(desk: Desk, events: readonly OrderEvent[]): Promise<Set<OrderEvent>> {
  const known = new Set<OrderEvent>()
  for (const event of events) {
    const order = await desk.find<OrderView>(deskPath('orders', event.orderId))
    if (order && ownRevision(event, order) !== undefined) known.add(event)
  }
  return known
}

/** Until the desk shows what became of the event, or patience ends. `since`: when it was sent, milliseconds UTC. */
export async function untilSeen(
  desk: Desk,
  event: OrderEvent,
  { wasKnown, since, patience }: { wasKnown: boolean; since: number; patience: Patience },
): Promise<Became> {
  const begun = Date.now()
  let takenAt: number | undefined
  for (;;) {
    const seen = await look(desk, event.orderId, since)
    const became = seen && becameOf(event, seen, wasKnown)
    if (became && !isProvisional(became)) return became
    if (became?.kind === 'taken' && isGood(became)) takenAt ??= Date.now()
    const until = wasKnown ? patience.knownMs : patience.visibleMs
    const isOver = takenAt !== undefined && Date.now() - takenAt > patience.changedMs
    if (isOver || Date.now() - begun > until) return became ?? { kind: wasKnown ? 'known' : 'not-seen' }
    await sleep(patience.pollMs)
  }
}

async function look(desk: Desk, orderId: string, since: number): Promise<Seen | undefined> {
  const order = await desk.find<OrderView>(deskPath('orders', orderId))
  if (!order) return undefined
  const recent = order.deadLetters.filter(({ at }) => Date.parse(at) >= since)
  const letters = recent.map(({ topic, partition, offset }) =>
    desk.get<DeadLetter & { value: string }>(`/dead-letters/${topic}/${partition}/${offset}`),
  )
  return { order, letters: await Promise.all(letters) }
}
