import type { OrderEvent } from '@holdpoint/schemas'
import { Failure } from '../failures.ts'
import type { Session } from '../session.ts'
import { whyRefused } from '../upstream/checked.ts'
import { openUpstream } from '../upstream/open-upstream.ts'
import { sendAll } from '../upstream/send-all.ts'
import { eventsIn } from './event-file.ts'
import { knownBefore, untilSeen, usualPatience } from './until-seen.ts'
import { type Became, becameText, isGood } from './what-became.ts'

export interface SendOptions {
  http?: boolean
  wait?: boolean
}

/** Sends the events of a JSON file: one event, or a list. Nothing is sent while any of them is wrong. */
export async function sendOrders(session: Session, file: string, options: SendOptions): Promise<void> {
  const events = eventsIn(file, 'They cannot be sent, and nothing was sent.', (event) =>
    whyRefused(event, session.now()),
  )
  const known = options.wait ? await knownBefore(session.desk, events) : new Set<OrderEvent>()
  const since = session.now()
  const upstream = await openUpstream(session.places, options.http === true)
  try {
    const { sent, refused } = await sendAll(upstream, events, { ordered: true })
    if (refused.length > 0)
      throw new Failure(
        'REFUSED',
        refused.map(({ event, why }) => `${event.eventId} was refused.\n  ${why}`).join('\n'),
      )
    const orderIds = [...new Set(events.map((event) => event.orderId))]
    if (options.wait) await tellWhatBecame(session, events, { known, since, sent, orderIds })
    else session.show({ sent, orderIds }, () => sentText(events, orderIds))
  } finally {
    await upstream.stop()
  }
}

async function tellWhatBecame(
  session: Session,
  events: readonly OrderEvent[],
  {
    known,
    since,
    ...sent
  }: { known: ReadonlySet<OrderEvent>; since: number; sent: number; orderIds: string[] },
): Promise<void> {
  const all: { event: OrderEvent; became: Became }[] = []
  for (const event of events) {
    const waiting = { wasKnown: known.has(event), since, patience: usualPatience }
    all.push({ event, became: await untilSeen(session.desk, event, waiting) })
  }
  const value = all.map(({ event: { eventId, orderId }, became }) => ({ eventId, orderId, ...became }))
  session.show(
    { ...sent, events: value },
    () =>
      all.map(({ event, became }) => becameText(event, became)).join('') + sentText(events, sent.orderIds),
  )
  if (!all.every(({ became }) => isGood(became))) session.no()
}

const sentText = (events: readonly OrderEvent[], orderIds: readonly string[]): string =>
  `${events.length} event${events.length === 1 ? '' : 's'} sent\n${orderIds
    .slice(0, 5)
    .map((orderId) => `  holdpoint orders show ${orderId}\n`)
    .join('')}`
