import { setTimeout as sleep } from 'node:timers/promises'
import type { OrderEvent } from '@holdpoint/schemas'
import type { CaseDetail, DeadLetter, OrderView } from '../desk/answers.ts'
import type { Desk } from '../desk/desk.ts'
import { type Became, becameOf, ownRevision, type Seen } from './what-became.ts'

export interface Patience {
  /** For anything of an event. */
  visibleMs: number
  /** For a dead letter of one whose id was known: what is dropped leaves no trace that would say so at once. */
  knownMs: number
  pollMs: number
}

export const usualPatience: Patience = {
  visibleMs: 15_000,
  knownMs: 10_000,
  pollMs: 250,
}

/** Events of which the desk shows a revision already: what is sent again is dropped without a trace. */
export async function knownBefore(desk: Desk, events: readonly OrderEvent[]): Promise<Set<OrderEvent>> {
  const known = new Set<OrderEvent>()
  for (const event of events) {
    const order = await desk.find<OrderView>(pathOf(event.orderId))
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
  for (;;) {
    const seen = await look(desk, event, since)
    const became = seen && becameOf(event, seen, wasKnown)
    if (became) return became
    const until = wasKnown ? patience.knownMs : patience.visibleMs
    if (Date.now() - begun > until) return { kind: wasKnown ? 'known' : 'not-seen' }
    await sleep(patience.pollMs)
  }
}

async function look(desk: Desk, event: OrderEvent, since: number): Promise<Seen | undefined> {
  const order = await desk.find<OrderView>(pathOf(event.orderId))
  if (!order) return undefined
  const recent = order.deadLetters.filter(({ at }) => Date.parse(at) >= since)
  const [cases, letters] = await Promise.all([
    event.kind === 'REQUESTED' ? order.cases.map(({ caseId }) => detailOf(desk, caseId)) : [],
    recent.map(({ topic, partition, offset }) =>
      desk.get<DeadLetter & { value: string }>(`/dead-letters/${topic}/${partition}/${offset}`),
    ),
  ])
  return { order, cases: await Promise.all(cases), letters: await Promise.all(letters) }
}

async function detailOf(desk: Desk, caseId: string): Promise<CaseDetail> {
  return (await desk.get<{ case: CaseDetail }>(`/cases/${encodeURIComponent(caseId)}`)).case
}

const pathOf = (orderId: string): string => `/orders/${encodeURIComponent(orderId)}`
