import type { CaseEvent, CaseOpened, Evidence } from '@holdpoint/schemas'

/** A case as the read model keeps it. Instants are milliseconds UTC. */
export interface CaseRow {
  case_id: string
  order_id: string
  /** Sequence of the last event of the order that touched this case. */
  event_sequence: number
  type: string
  name: string
  kind: string
  rule: string
  request_id: string
  status: 'OPEN' | 'CLOSED'
  outcome: string
  owner: string
  backup: string
  level: number
  /** Role that is expected to decide now. */
  decider: string
  /** A deadline that has passed stays until another one is set: the case is overdue from then on. */
  deadline: number | null
  opened_at: number
  closed_at: number | null
  closed_by: string
  closed_reason: string
  correct_until: string
  holds: string[]
  evidence: Evidence[]
  actions: string[]
  may_correct: string[]
}

/**
 * The row after an event. An event that the row has seen changes nothing. Undefined while the opening is not known:
 * it has left the topic, or the event is a refusal for a case that never was.
 */
export function foldCase(row: CaseRow | undefined, event: CaseEvent): CaseRow | undefined {
  if (row === undefined) return event.opened ? opened(event, event.opened) : undefined
  if (event.sequence <= row.event_sequence) return row
  return { ...row, ...changes(row, event), event_sequence: event.sequence }
}

function changes(row: CaseRow, event: CaseEvent): Partial<CaseRow> {
  if (event.escalated) {
    const { level, to, deadline } = event.escalated
    return { level, decider: to, deadline: deadline ?? row.deadline }
  }
  if (event.evidenceChanged) return { evidence: event.evidenceChanged.evidence }
  if (event.closed && row.status !== 'CLOSED')
    return {
      status: 'CLOSED',
      outcome: event.closed.outcome,
      deadline: null,
      closed_at: event.at,
      closed_by: event.actor.name || event.actor.subject,
      closed_reason: event.reason,
    }
  return {}
}

function opened(event: CaseEvent, about: CaseOpened): CaseRow {
  return {
    case_id: event.caseId,
    order_id: event.orderId,
    event_sequence: event.sequence,
    type: about.type,
    name: about.name,
    kind: about.kind,
    rule: about.rule,
    request_id: about.requestId,
    status: 'OPEN',
    outcome: 'NONE',
    owner: about.owner,
    backup: about.backup,
    level: 0,
    decider: about.owner,
    deadline: about.deadline,
    opened_at: event.at,
    closed_at: null,
    closed_by: '',
    closed_reason: '',
    correct_until: about.correctUntil,
    holds: about.holds,
    evidence: about.evidence,
    actions: about.actions,
    may_correct: about.mayCorrect,
  }
}
