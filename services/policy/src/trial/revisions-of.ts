import { diffOrders, type Order, type OrderEvent, type Revision, type StageState } from '@holdpoint/schemas'

/**
 * The revisions that events of orders make, in their order, as far as rules can see: what intake does with events that
 * it takes, without its checks and without corrections. Like intake, it takes none before the first snapshot of its order.
 * A request counts as open from its event's own time on. No rule can see the digest, so it stays empty.
 */
export function* revisionsOf(events: Iterable<OrderEvent>): Generator<Revision> {
  const next = revisionMaker()
  for (const event of events) {
    const revision = next(event)
    if (revision) yield revision
  }
}

/** The same one event at a time; remembers the last revision of every order. */
export function revisionMaker(): (event: OrderEvent) => Revision | undefined {
  const last = new Map<string, Revision>()
  return (event) => {
    const before = last.get(event.orderId)
    const order = event.order ?? before?.order
    if (!order) return undefined
    const next = after(before ?? { ...nothing, orderId: event.orderId, order }, event, order)
    last.set(event.orderId, next)
    return next
  }
}

/** What is known of an order before its first event. */
const nothing: Omit<Revision, 'orderId' | 'order'> = {
  revision: 0,
  digest: '',
  changes: [],
  stages: {},
  requests: [],
  facts: {},
  cancelled: false,
  overridden: [],
  cause: { kind: 'UNKNOWN', source: '', eventId: '', occurredAt: 0 },
  at: 0,
}

function after(before: Revision, event: OrderEvent, order: Order): Revision {
  const { kind, source, eventId, occurredAt } = event
  const revision = before.revision + 1
  const facts = { ...before.facts, ...event.facts }
  return {
    ...before,
    revision,
    order,
    changes: changesBetween(before, { order, facts }, source),
    stages: stagesAfter(before.stages, event),
    requests: [...before.requests, ...requestIn(event, revision)],
    facts,
    cancelled: before.cancelled || kind === 'CANCELLED',
    cause: { kind, source, eventId, occurredAt },
    at: occurredAt,
  }
}

/** A first revision has nothing before it, so nothing that changed. */
function changesBetween(
  before: Revision,
  { order, facts }: Pick<Revision, 'order' | 'facts'>,
  by: string,
): Revision['changes'] {
  if (before.revision === 0) return []
  const fields = order === before.order ? [] : diffOrders(before.order, order)
  const ofFacts = Object.entries(facts)
    .filter(([name, value]) => before.facts[name] !== value)
    .map(([name, to]) => ({ path: `facts.${name}`, from: before.facts[name] ?? '', to }))
  return [...fields, ...ofFacts].map((one) => ({ ...one, origin: 'UPSTREAM', by, why: '' }))
}

function stagesAfter(stages: Revision['stages'], { kind, stage }: OrderEvent): Revision['stages'] {
  if (kind !== 'STAGE_STARTED' && kind !== 'STAGE_DONE') return stages
  const state: StageState = kind === 'STAGE_DONE' || stages[stage] === 'DONE' ? 'DONE' : 'STARTED'
  return { ...stages, [stage]: state }
}

function requestIn({ request, eventId, occurredAt }: OrderEvent, revision: number): Revision['requests'] {
  if (!request) return []
  return [
    { request: { ...request, requestId: request.requestId || eventId }, openedAt: occurredAt, revision },
  ]
}
