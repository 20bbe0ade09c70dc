import { TrailView } from '@holdpoint/desk-contract'
import type { Instant } from '@holdpoint/schemas'
import { z } from 'zod'
import { listDeadLetters } from '../read/dead-letters.ts'
import { forgetsOf } from '../read/forgets.ts'
import { iso, isoOrNull } from '../read/instant.ts'
import { findOrder } from '../read/orders.ts'
import { listPeople } from '../read/people.ts'
import { storyRecords } from '../read/story.ts'
import { closedHours } from '../story/closed-hours.ts'
import type { Span, StoryRecords, ToldEvent, ToldLetter } from '../story/records.ts'
import { storyOf } from '../story/story.ts'
import type { DeskParts } from './desk-parts.ts'
import { Problem } from './problem.ts'
import { type Operation, operation } from './route.ts'

export function trailOperations(parts: DeskParts): Operation[] {
  return [
    operation({
      id: 'showTrail',
      method: 'get',
      path: '/orders/{orderId}/trail',
      summary: 'What has become of one order, told from its first event on, and where it stopped.',
      access: 'read',
      params: z.object({ orderId: z.string().max(400) }),
      answers: { 200: { about: 'The story, each step with the records that say so.', body: TrailView } },
      problems: { 404: 'Nothing is known of this order.' },
      handle: async ({ params: { orderId } }) => {
        const now = parts.now()
        const { steps, stops } = storyOf(await recordsOf(parts, orderId, now), now)
        if (steps.length === 0)
          throw new Problem(404, 'UNKNOWN_ORDER', `Nothing is known of an order ${orderId}.`)
        return {
          status: 200,
          body: {
            orderId,
            steps: steps.map((step) => ({ ...step, at: iso(step.at) })),
            stops: stops.map((stop) => ({ ...stop, from: iso(stop.from), to: isoOrNull(stop.to) })),
          },
        }
      },
    }),
  ]
}

async function recordsOf(parts: DeskParts, orderId: string, now: Instant): Promise<StoryRecords> {
  const { database } = parts
  const [order, people, letters, forgets, records] = await Promise.all([
    findOrder(database, orderId),
    listPeople(database),
    listDeadLetters(database, { orderId }, { limit: 100 }),
    forgetsOf(database, orderId),
    storyRecords(database, orderId),
  ])
  // Somebody may have left the roster since; the events still know the name.
  const names = new Map([
    ...records.events.map(({ event: { actor } }) => [actor.subject, actor.name] as const),
    ...people.map(({ subject, name }) => [subject, name] as const),
  ])
  return {
    ...records,
    customerName: order?.record.order.customer.name ?? '',
    names,
    letters: letters.items.map(toldLetter),
    forgets,
    closedHours: await closedHoursOf(parts, records.events, now),
  }
}

/** A case whose policy this desk cannot read counts as open at all hours. */
async function closedHoursOf(
  { policies }: DeskParts,
  events: readonly ToldEvent[],
  now: Instant,
): Promise<Map<string, Span[]>> {
  const hours = new Map<string, Span[]>()
  for (const { event } of events) {
    const { opened, caseId, policyVersion, at: from } = event
    const policy = opened && (await policies(policyVersion))
    if (!policy) continue
    const last = events.findLast((one) => one.event.caseId === caseId && one.event.type === 'CLOSED')
    hours.set(caseId, closedHours(policy, opened, { from, to: last?.event.at ?? now }))
  }
  return hours
}

function toldLetter(shown: Awaited<ReturnType<typeof listDeadLetters>>['items'][number]): ToldLetter {
  const { letter, code, service, problems, at, replay } = shown
  return {
    code,
    service,
    problems,
    at: Date.parse(at),
    replay: replay && { ...replay, at: Date.parse(replay.at) },
    place: { ...letter, sha256: null },
  }
}
