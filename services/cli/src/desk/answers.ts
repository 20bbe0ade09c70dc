/** What the desk's API answers, as far as the command line uses it; instants are ISO 8601. */
export interface CaseSummary {
  caseId: string
  orderId: string
  type: string
  name: string
  kind: string
  status: string
  outcome: string
  owner: string
  backup: string
  level: number
  /** Role that is expected to decide now. */
  decider: string
  assignee: Someone | null
  /** Null while the case waits for an answer. */
  deadline: string | null
  overdue: boolean
  /** The first deadline that passed. */
  lateSince: string | null
  question: { to: string; text: string; answerBy: string } | null
  openedAt: string
  closedAt: string | null
  holds: string[]
  customerName: string
  total: string
  currency: string
  revision: number
  digest: string
}

export interface CaseDetail extends CaseSummary {
  rule: string
  evidence: { expression: string; value: string }[]
  /** What may be done about it now, by whoever may. */
  actions: string[]
  /** What of that the person signed in may do, as far as the desk can see. */
  mayDo: string[]
  mayCorrect: string[]
  /** Stages that a no stops; empty for all. */
  mayStop: string[]
  correctUntil: string
  requestId: string
  request: Request | null
  openedReason: string
  notes: { by: Someone; text: string; at: string }[]
  /** What was granted otherwise than it was asked for. */
  granted: { path: string; asked: string; given: string }[]
  raisedBy: string
  proposal: { corrections: Correction[]; by: Someone } | null
  /** What somebody put right while the case goes on. */
  correction: { corrections: Correction[]; by: Someone; state: 'UNDER_WAY' | 'NOT_CURED' } | null
  approvals: { by: Someone[]; needed: number }
  /** Values that somebody sets, or grants otherwise, wait for somebody else. */
  fourEyes: boolean
  reopened: number
  closedBy: string
  closedReason: string
}

export interface Request {
  kind: string
  text: string
  by: string
  role: string
  proposes: { path: string; value: string }[]
}

export interface Someone {
  subject: string
  name: string
}

export interface Correction {
  path: string
  expected: string
  value: string
}

/** One run of a case's clock: what the owner's time was, and what became of it. */
export interface Receipt {
  startedAt: string
  closedAt: string | null
  policyVersion: number
  owner: string
  within: string
  due: string | null
  lines: { from: string; to: string; kind: 'ran' | 'paused' | 'closed' }[]
  ranMs: number
  pausedMs: number
  closedMs: number
}

export interface CaseEvent {
  sequence: number
  caseId: string
  type: string
  actor: Someone
  reason: string
  /** The command behind it; empty when there is none. */
  commandId: string
  revision: number
  at: string
  /** For OPENED. */
  opened?: { requestId: string } | null
  /** For messages: why one was not sent, and what to do; else empty. */
  notice?: { detail: string } | null
  /** For CLOSED: what was set, and what was asked for where that is something else. */
  closed?: { corrections: Correction[]; asked: { path: string; value: string }[] } | null
  /** For ASKED. */
  question?: { to: string } | null
  /** For REFUSED. */
  refused?: { code: string; message: string } | null
}

export interface StageVerdict {
  stage: string
  verdict: string
  caseIds: string[]
}

interface RecordPlace {
  topic: string
  partition: number
  offset: number
}

export interface DeadLetter extends RecordPlace {
  letter: RecordPlace
  orderId: string
  service: string
  code: string
  problems: { path: string; message: string }[]
  at: string
  /** How often the record had been replayed when it was refused. */
  attempt: number
  replay: { by: { name: string }; reason: string; at: string; refusedAgain: RecordPlace | null } | null
}

export interface OrderView {
  orderId: string
  revision: number
  digest: string
  order: Record<string, unknown> | null
  total: string
  stages: Record<string, string>
  /** Those that wait for their decision. */
  requests: { request: { requestId: string; kind: string } }[]
  cancelled: boolean
  verdicts: StageVerdict[]
  cases: CaseSummary[]
  revisions: {
    revision: number
    at: string
    cause: { kind: string; source: string; eventId: string; occurredAt: string }
    changes: { path: string; from: string; to: string; by: string; why: string }[]
  }[]
  decisions: { sequence: number; revision: number; verdicts: StageVerdict[]; reason: string; at: string }[]
  events: CaseEvent[]
  notices: { noticeId: string; status: string; detail: string; at: string }[]
  deadLetters: DeadLetter[]
}

export interface Summary {
  orders: number
  proceeded: number
  held: number
  /** For good, by somebody here; what its source has cancelled is in `cancelled`. */
  stopped: number
  cancelled: number
  cases: Record<string, { name: string; open: number; closed: number; overdue: number }>
  deadLetters: Record<string, number>
}

/** A version of the policy or of the roster. */
export interface FileVersion {
  version: number
  text: string
  changes: string[]
  by: Someone
  reason: string
  at: string
}

export type PolicyVersion = FileVersion & { title: string }
export type RosterVersion = FileVersion & { people: Person[] }

export interface Published {
  version: number
  digest: string
  changes: string[]
  warnings: { line: number; column: number; message: string; hint: string }[]
  /** The version in force has this text already: nothing was published. */
  unchanged: boolean
}

export interface Person {
  subject: string
  name: string
  email: string
  roles: string[]
}

/** RFC 9457. */
export interface Problem {
  status: number
  code: string
  detail: string
  errors?: { path?: string; line?: number; column?: number; message: string; hint?: string }[]
}

export type CommandAnswer =
  | { commandId: string; status: 'done'; case: CaseDetail; events: CaseEvent[] }
  | { commandId: string; status: 'pending' }

export interface BulkOutcome {
  caseId: string
  commandId: string
  status: 'done' | 'refused' | 'pending' | 'failed'
  code: string
  message: string
  case: CaseSummary | null
}
