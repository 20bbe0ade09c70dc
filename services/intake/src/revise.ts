import type { Change, Instant, IntakeState, Order, Override, Revision } from '@holdpoint/schemas'
import { CORRECTION_SOURCE, diffOrders } from '@holdpoint/schemas'
import type { Input } from './evolve.ts'

/** The revision that takes the order record from `before` (undefined: not known yet) to `after`. */
export function revisionOf(
  before: IntakeState | undefined,
  after: IntakeState & { order: Order },
  overridden: Override[],
  input: Input,
  at: Instant,
): Revision {
  return {
    orderId: after.orderId,
    revision: after.revision,
    digest: after.digest,
    order: after.order,
    changes: changesBetween(before, after, input),
    stages: after.stages,
    requests: after.requests,
    facts: after.facts,
    cancelled: after.cancelled,
    overridden,
    cause: causeOf(input),
    at,
  }
}

/** A first revision has nothing before it, so nothing that changed. */
function changesBetween(
  before: IntakeState | undefined,
  after: IntakeState & { order: Order },
  input: Input,
) {
  if (!before?.order) return []
  const differences = before.order === after.order ? [] : diffOrders(before.order, after.order)
  const by = originOf(input)
  return [...differences, ...factDifferences(before.facts, after.facts)].map(
    (one): Change => ({ ...one, ...by }),
  )
}

function factDifferences(before: IntakeState['facts'], after: IntakeState['facts']) {
  return Object.entries(after)
    .filter(([name, value]) => !Object.hasOwn(before, name) || before[name] !== value)
    .map(([name, value]) => ({ path: `facts.${name}`, from: before[name] ?? '', to: value }))
}

function originOf(input: Input): Pick<Change, 'origin' | 'by' | 'why'> {
  return input.kind === 'event'
    ? { origin: 'UPSTREAM', by: input.event.source, why: '' }
    : { origin: 'CORRECTION', by: input.correction.by.subject, why: input.correction.reason }
}

function causeOf(input: Input): Revision['cause'] {
  if (input.kind === 'event') {
    const { kind, source, eventId, occurredAt } = input.event
    return { kind, source, eventId, occurredAt }
  }
  const { correctionId, at } = input.correction
  return { kind: 'UNKNOWN', source: CORRECTION_SOURCE, eventId: correctionId, occurredAt: at }
}
