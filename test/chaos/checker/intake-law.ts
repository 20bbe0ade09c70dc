import { createHash } from 'node:crypto'
import { entryOf, type Invariant, messageOf, placeOf } from './invariant.ts'

interface Inbound {
  place: string
  event: string | undefined
  content: string
}

/** What goes in comes out: nothing is lost, doubled or invented between upstream and the order record. */
export function intakeLaw(): Invariant {
  const inbound: Inbound[] = []
  const refused = new Map<string, number>()
  const replayed = new Map<string, number>()
  const revisions = new Map<string, number>()
  const corrections = new Set<string>()
  return {
    name: 'inbound',
    law: 'Every inbound event is in exactly one revision, or a known duplicate, or in the dead letters, as often as it was tried.',
    take(record) {
      if (record.topic === 'orders.inbound.v1') inbound.push(inboundOf(record))
      const letter = messageOf('orders.inbound.v1.dlq', record)
      if (letter) count(refused, placeOf(letter))
      const replay = messageOf('desk.replays.v1', record)
      if (replay?.service === 'intake') count(replayed, placeOf(replay))
      const revision = messageOf('orders.revisions.v1', record)
      if (revision) count(revisions, eventName(revision.orderId, revision.cause))
      const correction = messageOf('orders.corrections.v1', record)
      if (correction)
        corrections.add(
          eventName(correction.orderId, { source: 'correction', eventId: correction.correctionId }),
        )
    },
    close(tell) {
      const first = new Map<string, Inbound>()
      let duplicates = 0
      for (const one of inbound) {
        const letters = refused.get(one.place) ?? 0
        const tries = 1 + (replayed.get(one.place) ?? 0)
        if (letters > tries) tell(`${one.place} has ${letters} dead letters and was tried ${tries} times.`)
        if (letters >= tries) continue
        if (one.event === undefined) tell(`${one.place} is neither readable nor a dead letter.`)
        else if (entryOf(first, one.event, () => one) === one) continue
        else if (first.get(one.event)?.content === one.content) duplicates++
        else
          tell(
            `${one.place} has the id of ${first.get(one.event)?.place} and other content, and is no dead letter.`,
          )
      }
      for (const { event, place } of first.values()) {
        const found = revisions.get(event as string) ?? 0
        if (found !== 1) tell(`${place} is in ${found} revisions.`)
      }
      for (const [event, found] of revisions) {
        if (!first.has(event) && !corrections.has(event))
          tell(`A revision comes from ${event}, which nobody sent.`)
        if (corrections.has(event) && found !== 1) tell(`The ${event} is in ${found} revisions.`)
      }
      for (const event of corrections) if (!revisions.has(event)) tell(`The ${event} is in no revision.`)
      return { inbound: inbound.length, duplicates, deadLetters: refused.size, corrections: corrections.size }
    },
  }
}

function inboundOf(record: Parameters<Invariant['take']>[0]): Inbound {
  const event = messageOf('orders.inbound.v1', record)
  return {
    place: placeOf(record),
    event: event && eventName(event.orderId, event),
    content: createHash('sha256')
      .update(record.value ?? '')
      .digest('base64'),
  }
}

const eventName = (orderId: string, { source, eventId }: { source: string; eventId: string }) =>
  `event ${source}/${eventId} of order ${orderId}`

const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
