import type {
  Actor,
  Assignee,
  CaseApproval,
  CaseClock,
  CaseClosed,
  CaseCorrected,
  CaseEscalated,
  CaseEvent,
  CaseEvidenceChanged,
  CaseNotice,
  CaseOpened,
  CaseReopened,
  CommandRefused,
  Instant,
  Proposal,
  Question,
  RouterState,
} from '@holdpoint/schemas'

/** What can happen to a case, each with the parts that belong to it. */
export type Happening =
  | { type: 'OPENED'; opened: CaseOpened; clock: CaseClock; assigned: Assignee; proposal: Proposal | null }
  | { type: 'EVIDENCE_CHANGED'; evidenceChanged: CaseEvidenceChanged }
  | { type: 'ORDER_CHANGED' }
  | { type: 'ASSIGNED'; assigned: Assignee }
  | { type: 'ESCALATED'; escalated: CaseEscalated; clock: CaseClock; assigned: Assignee }
  | { type: 'REMINDED'; clock: CaseClock }
  | { type: 'REPLANNED'; clock: CaseClock }
  | { type: 'ASKED'; question: Question; clock: CaseClock }
  | { type: 'ANSWERED'; question: Question; clock: CaseClock; proposal: Proposal | null }
  | { type: 'UNANSWERED'; question: Question; clock: CaseClock }
  | { type: 'NOTED' }
  | { type: 'PROPOSED'; proposal: Proposal }
  | { type: 'APPROVAL_GIVEN'; approval: CaseApproval }
  | { type: 'CORRECTED'; corrected: CaseCorrected }
  | { type: 'NOT_CURED'; evidenceChanged: CaseEvidenceChanged }
  | { type: 'CLOSED'; closed: CaseClosed }
  | { type: 'REOPENED'; reopened: CaseReopened; clock: CaseClock; assigned: Assignee }
  | { type: 'SETTLED' }
  | { type: 'STOP_LIFTED' }
  | { type: 'REFUSED'; refused: CommandRefused }
  | { type: 'NOTICE_REQUESTED'; notice: CaseNotice }
  | { type: 'NOTICE_SENT'; notice: CaseNotice }
  | { type: 'NOTICE_FAILED'; notice: CaseNotice }

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
export type NewEvent = Happening & Attribution

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

/** Reads a record back; undefined when its type is newer than this code, or a part of it is missing. */
export function fromRecord(record: CaseEvent): DomainEvent | undefined {
  const happening = happeningOf(record)
  if (!happening) return undefined
  const { caseId, actor, reason, commandId, policyVersion } = record
  const { orderId, sequence, revision, digest, rosterVersion, at } = record
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
    rosterVersion,
    at,
  }
}

function happeningOf(record: CaseEvent): Happening | undefined {
  const { type, opened, evidenceChanged, escalated, closed, refused, notice, reopened, corrected } = record
  const { clock, assigned, question, proposal, approval } = record
  switch (type) {
    case 'OPENED':
      return opened && clock && assigned ? { type, opened, clock, assigned, proposal } : undefined
    case 'EVIDENCE_CHANGED':
    case 'NOT_CURED':
      return evidenceChanged ? { type, evidenceChanged } : undefined
    case 'CORRECTED':
      return corrected ? { type, corrected } : undefined
    case 'ASSIGNED':
      return assigned ? { type, assigned } : undefined
    case 'ESCALATED':
      return escalated && clock && assigned ? { type, escalated, clock, assigned } : undefined
    case 'REMINDED':
    case 'REPLANNED':
      return clock ? { type, clock } : undefined
    case 'ASKED':
    case 'UNANSWERED':
      return question && clock ? { type, question, clock } : undefined
    case 'ANSWERED':
      return question && clock ? { type, question, clock, proposal } : undefined
    case 'PROPOSED':
      return proposal ? { type, proposal } : undefined
    case 'APPROVAL_GIVEN':
      return approval ? { type, approval } : undefined
    case 'CLOSED':
      return closed ? { type, closed } : undefined
    case 'REOPENED':
      return reopened && clock && assigned ? { type, reopened, clock, assigned } : undefined
    case 'REFUSED':
      return refused ? { type, refused } : undefined
    case 'NOTICE_REQUESTED':
    case 'NOTICE_SENT':
    case 'NOTICE_FAILED':
      return notice ? { type, notice } : undefined
    case 'ORDER_CHANGED':
    case 'NOTED':
    case 'SETTLED':
    case 'STOP_LIFTED':
      return { type }
    case 'UNKNOWN':
      return undefined
    default:
      return type satisfies never
  }
}
