import type { Actor, CaseEvent, CaseHappening, Instant, RouterState } from '@holdpoint/schemas'

interface Attribution {
  /** Empty only for the refusal of a command on an unknown case or order. */
  caseId: string
  actor: Actor
  reason: string
  /** Empty when no command is behind it. */
  commandId: string
  /** The version that the case keeps. */
  policyVersion: number
}

interface Stamp {
  orderId: string
  /** 1, 2, 3 … per order, without gaps. */
  sequence: number
  revision: number
  digest: string
  /** The roster that said who may act and who is on duty; 0 for none. */
  rosterVersion: number
  at: Instant
}

/** What the decider says happened. */
export type NewEvent = CaseHappening & Attribution

/** The same with its place in the order's history. */
export type DomainEvent = NewEvent & Stamp

export type Of<Type extends DomainEvent['type']> = Extract<DomainEvent, { type: Type }>

/** Numbers events on from the last of the order. `state`: the order as the events find it. */
export function stamp(
  events: readonly NewEvent[],
  state: RouterState,
  { at, rosterVersion }: Pick<Stamp, 'at' | 'rosterVersion'>,
): DomainEvent[] {
  const { orderId, revision, digest, eventSequence } = state
  return events.map((event, index) => ({
    ...event,
    orderId,
    sequence: eventSequence + index + 1,
    revision,
    digest,
    rosterVersion,
    at,
  }))
}

const noParts = {
  opened: null,
  evidenceChanged: null,
  escalated: null,
  closed: null,
  refused: null,
  notice: null,
  clock: null,
  assigned: null,
  question: null,
  proposal: null,
  approval: null,
  reopened: null,
  corrected: null,
}

/** The event as the record of cases.events.v1. */
export function toRecord(event: DomainEvent): CaseEvent {
  return { ...noParts, ...event, eventId: `${event.orderId}:${event.sequence}` }
}
