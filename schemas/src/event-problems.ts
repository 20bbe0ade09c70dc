import type { EventKind, Instant, OrderEvent, Problem } from './generated/types.ts'
import { idProblem, nameProblem, textProblems } from './id-problems.ts'
import { snapshotProblems } from './snapshot-problems.ts'

const DAY = 24 * 60 * 60 * 1000
const TEN_YEARS = 3_652 * DAY
/** Before this no order system sent milliseconds: what lies earlier is in another unit or zero. */
const EARLIEST = Date.UTC(2000, 0, 1)

/** Name under which intake itself stands as the source of a revision; no upstream system may use it. */
export const CORRECTION_SOURCE = 'correction'

/**
 * Everything that is wrong with an event by itself, each problem with the path it is at; empty when it is sound.
 * `now` in milliseconds; `json` holds each text of the event.
 */
export function eventProblems(
  event: OrderEvent,
  now: Instant,
  json: string = JSON.stringify(event),
): Problem[] {
  return [
    ...identityProblems(event),
    ...partProblems(event),
    ...instantProblems('occurredAt', event.occurredAt, now),
    ...(event.order ? snapshotProblems(event.order) : []),
    ...(event.order ? instantProblems('order.placedAt', event.order.placedAt, now) : []),
    ...(event.order ? farFromOrder(event, event.order.placedAt) : []),
    ...requestProblems(event),
    ...Object.keys(event.facts).flatMap((name) => nameProblem(`facts.${name}`, name)),
    ...textProblems(event, json),
  ]
}

/**
 * An event ten years before its order, or an order placed by an event ten years after it: one of the two instants is
 * wrong. What happens to an order later may come as late as it likes: an old order that was imported can be cancelled.
 */
export function farFromOrder({ kind, occurredAt }: OrderEvent, placedAt: Instant): Problem[] {
  const after = occurredAt - placedAt
  if (after > -TEN_YEARS && (after < TEN_YEARS || kind !== 'PLACED')) return []
  const message = `lies ten years or more from the order's placedAt (${iso(placedAt)}): correct the one that is wrong.`
  return [{ path: 'occurredAt', message }]
}

function identityProblems(event: OrderEvent): Problem[] {
  const problems = [
    ...idProblem('eventId', event.eventId),
    ...idProblem('orderId', event.orderId),
    ...nameProblem('source', event.source),
  ]
  if (event.source === CORRECTION_SOURCE)
    problems.push({
      path: 'source',
      message: `"${CORRECTION_SOURCE}" is reserved: use the system's own name.`,
    })
  if (event.sequence !== null && event.sequence < 0)
    problems.push({ path: 'sequence', message: `is ${event.sequence}, but must be 0 or more.` })
  return problems
}

type Part = 'order' | 'request' | 'stage'
const parts: Record<Exclude<EventKind, 'UNKNOWN'>, Record<Part, 'needed' | 'allowed' | 'refused'>> = {
  PLACED: { order: 'needed', request: 'refused', stage: 'refused' },
  CHANGED: { order: 'needed', request: 'refused', stage: 'refused' },
  CANCELLED: { order: 'allowed', request: 'refused', stage: 'refused' },
  REQUESTED: { order: 'refused', request: 'needed', stage: 'refused' },
  STAGE_STARTED: { order: 'refused', request: 'refused', stage: 'needed' },
  STAGE_DONE: { order: 'refused', request: 'refused', stage: 'needed' },
}

/** A part that does not belong to the kind is refused: ignoring it would lose what upstream meant to say. */
function partProblems(event: OrderEvent): Problem[] {
  if (event.kind === 'UNKNOWN') {
    const message = `is not known: send one of ${Object.keys(parts).join(', ')}.`
    return [{ path: 'kind', message }]
  }
  const has: Record<Part, boolean> = {
    order: event.order !== null,
    request: event.request !== null,
    stage: event.stage !== '',
  }
  const problems: Problem[] = []
  for (const [part, rule] of Object.entries(parts[event.kind]) as [Part, string][]) {
    if (rule === 'needed' && !has[part])
      problems.push({ path: part, message: `is missing: an event of kind ${event.kind} carries it.` })
    if (rule === 'refused' && has[part])
      problems.push({
        path: part,
        message: `does not belong to an event of kind ${event.kind}: leave it out.`,
      })
  }
  if (has.stage) problems.push(...nameProblem('stage', event.stage))
  return problems
}

function instantProblems(path: string, at: Instant, now: Instant): Problem[] {
  if (at < EARLIEST)
    return [{ path, message: `is ${iso(at)}, before the year 2000: send milliseconds since 1970, UTC.` }]
  return aheadProblems(path, at, now)
}

export function aheadProblems(path: string, at: Instant, now: Instant): Problem[] {
  if (at <= now + DAY) return []
  return [{ path, message: `is ${iso(at)}, more than a day ahead: send milliseconds since 1970, UTC.` }]
}

function requestProblems({ request }: OrderEvent): Problem[] {
  if (!request) return []
  const problems = nameProblem('request.kind', request.kind)
  if (request.requestId !== '') problems.push(...idProblem('request.requestId', request.requestId))
  for (const path of ['by', 'role'] as const)
    if (request[path] !== '') problems.push(...idProblem(`request.${path}`, request[path]))
  return problems
}

function iso(at: Instant): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? `${at}` : date.toISOString()
}
