import { diffOrders, type OrderEvent, type Revision, type StageState } from '@holdpoint/schemas'

/**
 * The revisions that events of orders make, in their order, as far as rules can see: what intake does with events that
 * it takes, without its checks and without corrections. An event before the first snapshot of its order makes none.
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
  const last = new Map<string, Revision | Early>()
  return (event) => {
    const next = after(last.get(event.orderId) ?? early(event.orderId), event)
    last.set(event.orderId, next)
    return isRevision(next) ? next : undefined
  }
}

/** What is known of an order of which no snapshot has come. */
type Early = Omit<Revision, 'order'> & { order: null }

const isRevision = (one: Revision | Early): one is Revision => one.order !== null

function early(orderId: string): Early {
  return {
    orderId,
    revision: 0,
    digest: '',
    order: null,
    changes: [],
    stages: {},
    requests: [],
    facts: {},
    cancelled: false,
    overridden: [],
    cause: { kind: 'UNKNOWN', source: '', eventId: '', occurredAt: 0 },
    at: 0,
  }
}

function after(before: Revision | Early, event: OrderEvent): Revision | Early {
  const { kind, source, eventId, occurredAt } = event
  const order = event.order ?? before.order
  const revision = before.revision + 1
  const next = {
    ...before,
    revision,
    order,
    changes: changesBy(event, before),
    stages: stagesAfter(before.stages, event),
    requests: [...before.requests, ...requestIn(event, revision)],
    facts: { ...before.facts, ...event.facts },
    cancelled: before.cancelled || kind === 'CANCELLED',
    cause: { kind, source, eventId, occurredAt },
    at: occurredAt,
  }
  return next as Revision | Early
}

/** A first snapshot has nothing before it, so nothing that changed. */
function changesBy({ order, facts, source }: OrderEvent, before: Revision | Early): Revision['changes'] {
  if (!before.order) return []
  const fields = order ? diffOrders(before.order, order) : []
  const names = Object.keys(facts).filter((name) => before.facts[name] !== facts[name])
  const ofFacts = names.map((name) => ({
    path: `facts.${name}`,
    from: before.facts[name] ?? '',
    to: facts[name] ?? '',
  }))
  return [...fields, ...ofFacts].map((one) => ({ ...one, origin: 'UPSTREAM', by: source, why: '' }))
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
