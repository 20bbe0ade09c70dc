/** Shapes of the desk's API, as documented at /api/v1/openapi.json. Instants are ISO 8601, decimals are text. */

export interface Person {
  subject: string
  name: string
  email: string
  roles: string[]
}

export type CaseStatus = 'OPEN' | 'WAITING' | 'CLOSED'
export type CaseStatusFilter = 'open' | 'waiting' | 'stopped' | 'closed' | 'all'
/** What ends a case, and is bound to the order as it was displayed. */
export type DecisionName = 'approve' | 'correct' | 'reject' | 'stop' | 'clear'
export type ActionName = DecisionName | 'ask' | 'answer' | 'note' | 'claim' | 'reassign' | 'reopen' | 'replan'

export interface Someone {
  subject: string
  name: string
}

export interface Question {
  /** `customer`, `requester` or a role. */
  to: string
  text: string
  answerBy: string
}

export interface Proposal {
  corrections: Correction[]
  by: Someone
}

export interface CaseSummary {
  caseId: string
  orderId: string
  type: string
  name: string
  kind: 'APPROVAL' | 'CORRECTION' | 'EXCEPTION'
  status: CaseStatus
  outcome: string
  owner: string
  backup: string
  /** 0 while the owner decides, 1 once the backup may as well, and so on. */
  level: number
  /** Role that is expected to decide now. */
  decider: string
  /** Null while nobody is on duty. */
  assignee: Someone | null
  /** By when that role decides; null while the case waits for an answer. */
  deadline: string | null
  overdue: boolean
  /** The first deadline that passed. */
  lateSince: string | null
  /** What it waits for. */
  question: Question | null
  openedAt: string
  closedAt: string | null
  holds: string[]
  customerName: string
  total: string
  currency: string
  revision: number
  /** Of the order and, behind a plus, of the values that somebody proposed. */
  digest: string
}

/** Which stages a no would stop, by what is said. */
export interface Stops {
  /** None: the order stays as it was. */
  reject: string[]
  stop: string[]
  /** By a stop of the whole order. */
  wholeOrder: string[]
}

/** A case in a list. */
export interface ListedCase extends CaseSummary {
  /** What the person signed in may do about it now. */
  mayDo: string[]
  stops: Stops
}

export interface CaseDetail extends ListedCase {
  rule: string
  evidence: { expression: string; value: string }[]
  /** What may be done about it now, by whoever may. */
  actions: string[]
  mayCorrect: string[]
  correctUntil: string
  requestId: string
  /** Subject of who raised it; empty when a rule did. */
  raisedBy: string
  request: {
    kind: string
    text: string
    by: string
    role: string
    proposes: { path: string; value: string }[]
  } | null
  /** What the matter is, in the words of who raised it. */
  openedReason: string
  notes: { by: { subject: string; name: string }; text: string; at: string }[]
  /** What was granted otherwise than it was asked for. */
  granted: { path: string; asked: string; given: string }[]
  proposal: Proposal | null
  /** What somebody put right while the case goes on. */
  correction: (Proposal & { state: 'UNDER_WAY' | 'NOT_CURED' }) | null
  approvals: { by: Someone[]; needed: number }
  /** Values that somebody sets, or grants otherwise, wait for somebody else. */
  fourEyes: boolean
  reopened: number
  closedBy: string
  closedReason: string
}

export interface CaseView {
  case: CaseDetail
  events: CaseEvent[]
  /** One for each time that it was opened. */
  receipts: Receipt[]
}

/** What the owner's time was, and what became of it. */
export interface Receipt {
  startedAt: string
  closedAt: string | null
  policyVersion: number
  owner: string
  within: string
  /** Null while the case waits for an answer. */
  due: string | null
  lines: ReceiptLine[]
  ranMs: number
  pausedMs: number
  closedMs: number
}

export interface ReceiptLine {
  from: string
  to: string
  kind: 'ran' | 'paused' | 'closed'
}

export interface CaseList {
  cases: ListedCase[]
  next: string | null
  total: number
}

export interface Actor {
  subject: string
  name: string
  roles: string[]
}

export interface CaseEvent {
  eventId: string
  caseId: string
  sequence: number
  type: string
  actor: Actor
  reason: string
  at: string
  opened: { name: string; owner: string; earlierCase: string; raisedBy: string } | null
  escalated: { to: string } | null
  clock: { deadline: string | null; policyVersion: number } | null
  assigned: Someone | null
  question: Question | null
  proposal: Proposal | null
  approval: { given: number; needed: number } | null
  reopened: { holds: string[] } | null
  corrected: { corrections: Correction[] } | null
  closed: {
    outcome: string
    corrections: Correction[]
    /** What was asked for where something else was given. */
    asked: { path: string; value: string }[]
    stops: string[]
  } | null
  refused: { code: string; message: string; action: string } | null
  notice: { noticeId: string; to: string; message: string; detail: string; attempt: number } | null
}

export interface Correction {
  path: string
  expected: string
  value: string
}

export interface Change {
  path: string
  from: string
  to: string
  origin: string
  by: string
  why: string
}

export interface RevisionEntry {
  revision: number
  at: string
  cause: { kind: string; source: string; eventId: string }
  changes: Change[]
}

export interface StageVerdict {
  stage: string
  verdict: 'PROCEED' | 'HOLD' | 'STOP' | 'UNKNOWN'
  caseIds: string[]
  recall: boolean
  tooLate: boolean
}

export interface DecisionEntry {
  decisionId: string
  sequence: number
  revision: number
  verdicts: StageVerdict[]
  by: Actor
  reason: string
  at: string
}

export interface Line {
  lineId: string
  sku: string
  description: string
  quantity: string
  unitPrice: string
  discountPercent: string | null
}

/** The order as in orders.revisions.v1. */
export type OrderRecord = {
  customer: Record<string, string>
  currency: string
  lines: Line[]
  declaredTotal: string | null
  billing: Record<string, string>
  shipping: Record<string, string | boolean>
  payment: Record<string, string | null>
  salesperson: string
  channel: string
  contractNumber: string
  placedAt: string
}

export interface OpenRequest {
  request: {
    requestId: string
    kind: string
    text: string
    by: string
    role: string
    proposes: { path: string; value: string }[]
  }
  openedAt: string
}

export interface OrderView {
  orderId: string
  revision: number
  digest: string
  order: OrderRecord | null
  total: string
  stages: Record<string, string>
  requests: OpenRequest[]
  facts: Record<string, string>
  cancelled: boolean
  verdicts: StageVerdict[]
  cases: CaseSummary[]
  revisions: RevisionEntry[]
  decisions: DecisionEntry[]
  events: CaseEvent[]
  deadLetters: DeadLetter[]
}

/** A record about the order that a service could not use. */
export interface DeadLetter {
  topic: string
  partition: number
  offset: number
  code: string
  problems: { path: string; message: string }[]
  service: string
  at: string
}

export type DoneAnswer = { commandId: string; status: 'done'; case: CaseDetail }
export type ActionAnswer = DoneAnswer | { commandId: string; status: 'pending' }

/** A type of which cases can be raised by hand. */
export interface ExceptionType {
  type: string
  name: string
  rule: string
  owner: string
  holds: string[]
  mayCorrect: string[]
}

export interface BulkOutcome {
  caseId: string
  commandId: string
  status: 'done' | 'refused' | 'pending' | 'failed'
  code: string
  message: string
  case: CaseSummary | null
}
