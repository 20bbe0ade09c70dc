import type {
  Actor,
  CaseClosed,
  CaseEscalated,
  CaseEvent,
  CaseEvidenceChanged,
  CaseNotice,
  CaseOpened,
  CommandRefused,
  Instant,
  RouterState,
} from '@holdpoint/schemas'

/** What can happen to a case, each with the part that belongs to it. */
export type Happening =
  | { type: 'OPENED'; opened: CaseOpened }
  | { type: 'EVIDENCE_CHANGED'; evidenceChanged: CaseEvidenceChanged }
  | { type: 'ESCALATED'; escalated: CaseEscalated }
  | { type: 'CLOSED'; closed: CaseClosed }
  | { type: 'SETTLED' }
  | { type: 'STOP_LIFTED' }
  | { type: 'REFUSED'; refused: CommandRefused }
  | { type: 'NOTICE_REQUESTED'; notice: CaseNotice }
  | { type: 'NOTICE_SENT'; notice: CaseNotice }
  | { type: 'NOTICE_FAILED'; notice: CaseNotice }

interface Attribution {
  /** Empty only for the refusal of a command on an unknown case. */
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
  at: Instant
}

/** What the decider says happened. */
export type NewEvent = Happening & Attribution

/** The same with its place in the order's history. */
export type DomainEvent = NewEvent & Stamp

/** Numbers events on from the last of the order. `state`: the order as the events find it. */
export function stamp(events: readonly NewEvent[], state: RouterState, at: Instant): DomainEvent[] {
  const { orderId, revision, digest, eventSequence } = state
  return events.map((event, index) => ({
    ...event,
    orderId,
    sequence: eventSequence + index + 1,
    revision,
    digest,
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
}

/** The event as the record of cases.events.v1. */
export function toRecord(event: DomainEvent): CaseEvent {
  return { ...noParts, ...event, eventId: `${event.orderId}:${event.sequence}` }
}

/** Reads a record back; undefined when its type is newer than this code, or its part is missing. */
export function fromRecord(record: CaseEvent): DomainEvent | undefined {
  const happening = happeningOf(record)
  if (!happening) return undefined
  const { caseId, actor, reason, commandId, policyVersion } = record
  const { orderId, sequence, revision, digest, at } = record
  return {
    ...happening,
    caseId,
    actor,
    reason,
    commandId,
    policyVersion,
    orderId,
    sequence,
    revision,
    digest,
    at,
  }
}

function happeningOf(record: CaseEvent): Happening | undefined {
  const { type, opened, evidenceChanged, escalated, closed, refused, notice } = record
  switch (type) {
    case 'OPENED':
      return opened ? { type, opened } : undefined
    case 'EVIDENCE_CHANGED':
      return evidenceChanged ? { type, evidenceChanged } : undefined
    case 'ESCALATED':
      return escalated ? { type, escalated } : undefined
    case 'CLOSED':
      return closed ? { type, closed } : undefined
    case 'REFUSED':
      return refused ? { type, refused } : undefined
    case 'NOTICE_REQUESTED':
    case 'NOTICE_SENT':
    case 'NOTICE_FAILED':
      return notice ? { type, notice } : undefined
    case 'SETTLED':
    case 'STOP_LIFTED':
      return { type }
    case 'UNKNOWN':
      return undefined
    default:
      return type satisfies never
  }
}
