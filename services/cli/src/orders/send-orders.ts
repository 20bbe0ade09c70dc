import { setTimeout as sleep } from 'node:timers/promises'
import type { OrderEvent } from '@holdpoint/schemas'
import { words } from '../cases/case-text.ts'
import type { OrderView } from '../desk/answers.ts'
import type { Desk } from '../desk/desk.ts'
import { Failure } from '../failures.ts'
import type { Session } from '../session.ts'
import { printable } from '../terminal.ts'
import { sendAll } from '../upstream/send-all.ts'
import { openUpstream } from '../upstream/upstream.ts'
import { eventsIn } from './event-file.ts'

export interface SendOptions {
  http?: boolean
  wait?: boolean
}

const visibleWithinMs = 15_000

/** Sends the events of a JSON file: one event, or a list. Nothing is sent while any of them is wrong. */
export async function sendOrders(session: Session, file: string, options: SendOptions): Promise<void> {
  const events = eventsIn(file, 'They cannot be sent, and nothing was sent.')
  const upstream = await openUpstream(session.places, options.http === true)
  try {
    const { sent, refused } = await sendAll(upstream, events, { ordered: true })
    if (refused.length > 0)
      throw new Failure(
        'REFUSED',
        refused.map(({ event, why }) => `${event.eventId} was refused.\n  ${why}`).join('\n'),
      )
    const became: string[] = []
    if (options.wait)
      for (const event of events) became.push(becameText(event, await untilVisible(session.desk, event)))
    const orderIds = [...new Set(events.map((event) => event.orderId))]
    session.show({ sent, orderIds }, () => sentText(events, orderIds) + became.join(''))
  } finally {
    await upstream.stop()
  }
}

/** Until the desk shows what became of the event: a revision of it and a decision on it, or a dead letter. */
async function untilVisible(desk: Desk, event: OrderEvent): Promise<OrderView> {
  const giveUpAt = Date.now() + visibleWithinMs
  while (Date.now() < giveUpAt) {
    const order = await desk.find<OrderView>(`/orders/${encodeURIComponent(event.orderId)}`)
    if (order && isAnswered(order, event)) return order
    await sleep(250)
  }
  throw new Failure(
    'NOT_SEEN_YET',
    `${event.eventId} was sent, and nothing of it is visible after ${visibleWithinMs / 1000} s. An event that changes ` +
      'nothing stays invisible; otherwise look at the services: holdpoint status.',
  )
}

function isAnswered(view: OrderView, event: OrderEvent): boolean {
  const { revisions, decisions, deadLetters } = view
  const own = revisions.find(({ cause }) => cause.source === event.source && cause.eventId === event.eventId)
  // A request need not change what is decided, and neither does a stage.
  if (own && event.kind === 'REQUESTED') return caseAbout(view, event) !== undefined
  if (own && event.kind.startsWith('STAGE')) return true
  if (own) return decisions.some((decision) => decision.revision >= own.revision)
  return deadLetters.some(({ at }) => Date.parse(at) > Date.now() - visibleWithinMs)
}

/** The case of a request: there is one for each, also for what no rule names. */
function caseAbout({ events, cases }: OrderView, { request, eventId }: OrderEvent) {
  const requestId = request?.requestId || eventId
  const opened = events.find((event) => event.opened?.requestId === requestId)
  return cases.find(({ caseId }) => caseId === opened?.caseId)
}

/** What became of an event, where a decision alone does not tell it. */
function becameText(event: OrderEvent, view: OrderView): string {
  const about = event.kind === 'REQUESTED' ? caseAbout(view, event) : undefined
  if (!about) return ''
  const { caseId, name, status, outcome, decider } = about
  const state = status === 'CLOSED' ? words(outcome) : `waits for ${decider}`
  return `${event.eventId}: case ${caseId}, "${printable(name)}", ${state}\n`
}

const sentText = (events: readonly OrderEvent[], orderIds: readonly string[]): string =>
  `${events.length} event${events.length === 1 ? '' : 's'} sent\n${orderIds
    .slice(0, 5)
    .map((orderId) => `  holdpoint orders show ${orderId}\n`)
    .join('')}`
