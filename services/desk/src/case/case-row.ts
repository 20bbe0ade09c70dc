import {
  type Assignee,
  type CaseClosed,
  type CaseEvent,
  type CaseOpened,
  type Correction,
  type Evidence,
  happeningOf,
  type Proposal,
  type Question,
  type Request,
} from '@holdpoint/schemas'

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
  /** What was asked for; null when it is about no request, or not known. */
  request: Request | null
  /** Why it was raised, or opened by the state of the order. */
  opened_reason: string
  /** The last notes. */
  notes: Note[]
  /** Subject of the person who raised it; empty when a rule did. */
  raised_by: string
  status: 'OPEN' | 'WAITING' | 'CLOSED'
  outcome: string
  owner: string
  backup: string
  level: number
  /** Role that is expected to decide now. */
  decider: string
  /** Roles that may decide besides the owner. */
  deciders: string[]
  /** Null while nobody is on duty. */
  assignee: Assignee | null
  /** By when the level that it has come to decides; null while the clock stands still. */
  deadline: number | null
  /** The first deadline that passed; null while none has. */
  late_since: number | null
  /** Until when a case that waits does so. */
  answer_by: number | null
  /** What open cases are sorted by: since when it is late, else what is due next. */
  urgent_at: number
  /** The policy version whose times and people count for it. */
  policy_version: number
  question: Question | null
  proposal: Proposal | null
  /** What somebody put right while the case goes on; null once the case is over, or nothing came of it. */
  correction: RowCorrection | null
  /** Who has approved so far, where several have to. */
  approvals: Assignee[]
  /** Subjects of those in whose place they did. */
  approved_for: string[]
  /** How often it was opened again. */
  reopened: number
  opened_at: number
  closed_at: number | null
  closed_by: string
  closed_reason: string
  correct_until: string
  holds: string[]
  evidence: Evidence[]
  actions: string[]
  may_correct: string[]
  /** Stages that a no or a stop stops; empty for all. */
  may_stop: string[]
  /** What was asked for where something else was granted. */
  granted: Granted[]
}

/** A note as the card shows it. `at`: milliseconds UTC. */
export interface Note {
  by: Assignee
  text: string
  at: number
}

/** A field that was granted otherwise than it was asked for. */
export interface Granted {
  path: string
  asked: string
  given: string
}

/** So many notes stand on the card; the trail has all of them. */
const mostNotes = 20

export interface RowCorrection extends Proposal {
  /** UNDER_WAY until a revision carries it, NOT_CURED when the rule still holds on that. */
  state: 'UNDER_WAY' | 'NOT_CURED'
}

/**
 * The row after an event. An event that the row has seen changes nothing. Undefined while the opening is not known:
 * it has left the topic, or the event is a refusal for a case that never was.
 */
export function foldCase(row: CaseRow | undefined, event: CaseEvent): CaseRow | undefined {
  if (row === undefined) return event.opened ? ranked(opened(event, event.opened)) : undefined
  if (event.sequence <= row.event_sequence) return row
  const changed = { ...timed(row, event), ...assigned(event), ...changes(row, event) }
  return ranked({ ...row, ...changed, event_sequence: event.sequence })
}

/** Later than everything that is due. */
const never = Number.MAX_SAFE_INTEGER

function ranked(row: Omit<CaseRow, 'urgent_at'>): CaseRow {
  const due = row.status === 'WAITING' ? row.answer_by : (row.late_since ?? row.deadline)
  return { ...row, urgent_at: due ?? never }
}

/** Every event that moves the clock carries all of it. A case that comes to the next level late stays late. */
function timed(row: CaseRow, { clock, type, at }: CaseEvent): Partial<CaseRow> {
  if (!clock) return {}
  const { deadline, policyVersion: policy_version } = clock
  if (type === 'REPLANNED' || type === 'REOPENED') return { deadline, policy_version, late_since: null }
  const passed = row.deadline !== null && row.deadline <= at ? row.deadline : null
  return { deadline, policy_version, late_since: row.late_since ?? passed }
}

function assigned({ assigned }: CaseEvent): Partial<CaseRow> {
  return assigned ? { assignee: personOrNull(assigned) } : {}
}

const personOrNull = (person: Assignee | null): Assignee | null => (person?.subject ? person : null)

/** What an event changes besides the clock and who has the case. */
function changes(row: CaseRow, event: CaseEvent): Partial<CaseRow> {
  const happened = happeningOf(event)
  const { actor } = event
  switch (happened?.type) {
    case 'ESCALATED':
      return levelled(row, happened.escalated)
    case 'EVIDENCE_CHANGED':
      return { evidence: happened.evidenceChanged.evidence, ...unapproved }
    case 'NOTED':
      return { notes: [...row.notes, noteOf(event)].slice(-mostNotes) }
    case 'ASKED':
      return { status: 'WAITING', question: happened.question, answer_by: happened.question.answerBy }
    case 'ANSWERED':
      return { status: 'OPEN', ...noQuestion, ...proposed(happened.proposal) }
    case 'UNANSWERED':
      return { status: 'OPEN', ...noQuestion }
    case 'PROPOSED':
      return proposed(happened.proposal)
    case 'APPROVAL_GIVEN':
      return {
        approvals: [...row.approvals, { subject: actor.subject, name: actor.name }],
        approved_for: [...row.approved_for, ...happened.approval.inPlaceOf],
      }
    case 'CORRECTED':
      return underWay(actor, happened.corrected.corrections)
    case 'NOT_CURED':
      return { evidence: happened.evidenceChanged.evidence, ...unapproved, correction: notCured(row) }
    case 'SETTLED':
      return { correction: null }
    case 'CLOSED':
      return row.status === 'CLOSED' ? {} : ended(event, happened.closed)
    case 'REOPENED':
      return { ...begun(row.owner), holds: happened.reopened.holds, reopened: row.reopened + 1 }
    case 'OPENED':
    case 'ORDER_CHANGED':
    case 'ASSIGNED':
    case 'REMINDED':
    case 'REPLANNED':
    case 'STOP_LIFTED':
    case 'REFUSED':
    case 'NOTICE_REQUESTED':
    case 'NOTICE_SENT':
    case 'NOTICE_FAILED':
    case undefined:
      return {}
    default:
      return happened satisfies never
  }
}

function levelled(
  { backup, deciders }: CaseRow,
  { level, to }: { level: number; to: string },
): Partial<CaseRow> {
  return { level, decider: to, deciders: [...new Set([...deciders, backup, to])] }
}

/** An approval was of what was proposed then. */
function proposed(proposal: Proposal | null): Partial<CaseRow> {
  return proposal ? { proposal, ...unapproved } : {}
}

/** What was proposed has had its answer by that. */
function underWay({ subject, name }: Assignee, corrections: Correction[]): Partial<CaseRow> {
  const correction = { by: { subject, name }, corrections, state: 'UNDER_WAY' } as const
  return { correction, proposal: null, ...unapproved }
}

const notCured = ({ correction }: CaseRow): RowCorrection | null =>
  correction && { ...correction, state: 'NOT_CURED' }

const unapproved = { approvals: [], approved_for: [] }

const noQuestion = { question: null, answer_by: null }

function noteOf({ actor: { subject, name }, reason, at }: CaseEvent): Note {
  return { by: { subject, name }, text: reason, at }
}

function ended({ at, actor, reason }: CaseEvent, closed: CaseClosed): Partial<CaseRow> {
  return {
    status: 'CLOSED',
    outcome: closed.outcome,
    granted: grantedIn(closed),
    deadline: null,
    late_since: null,
    ...noQuestion,
    proposal: null,
    correction: null,
    ...unapproved,
    closed_at: at,
    closed_by: actor.name || actor.subject,
    closed_reason: reason,
  }
}

/** What is given by another case of the same request stands there. */
function grantedIn({ asked, corrections }: CaseClosed): Granted[] {
  return asked.flatMap(({ path, value }) => {
    const given = corrections.find((one) => one.path === path)?.value
    return given === undefined ? [] : [{ path, asked: value, given }]
  })
}

/** What a case begins with, also when it begins again. */
function begun(owner: string) {
  return {
    status: 'OPEN',
    outcome: 'NONE',
    level: 0,
    decider: owner,
    deciders: [],
    ...noQuestion,
    granted: [],
    closed_at: null,
    closed_by: '',
    closed_reason: '',
  } satisfies Partial<CaseRow>
}

function opened(event: CaseEvent, about: CaseOpened): Omit<CaseRow, 'urgent_at'> {
  return {
    ...begun(about.owner),
    case_id: event.caseId,
    order_id: event.orderId,
    event_sequence: event.sequence,
    type: about.type,
    name: about.name,
    kind: about.kind,
    rule: about.rule,
    request_id: about.requestId,
    request: about.request,
    opened_reason: event.reason,
    notes: [],
    raised_by: about.raisedBy,
    owner: about.owner,
    backup: about.backup,
    assignee: personOrNull(event.assigned),
    deadline: event.clock?.deadline ?? null,
    late_since: null,
    policy_version: event.clock?.policyVersion ?? event.policyVersion,
    proposal: event.proposal,
    correction: null,
    ...unapproved,
    reopened: 0,
    opened_at: event.at,
    correct_until: about.correctUntil,
    holds: about.holds,
    evidence: about.evidence,
    actions: about.actions,
    may_correct: about.mayCorrect,
    may_stop: about.mayStop,
  }
}
