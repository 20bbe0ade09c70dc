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
  deadline: string | null
  overdue: boolean
  openedAt: string
  closedAt: string | null
  holds: string[]
  customerName: string
  total: string
  currency: string
  revision: number
}

export interface CaseDetail extends CaseSummary {
  rule: string
  evidence: { expression: string; value: string }[]
  actions: string[]
  mayCorrect: string[]
  correctUntil: string
  requestId: string
  digest: string
  closedBy: string
  closedReason: string
}

export interface CaseEvent {
  sequence: number
  caseId: string
  type: string
  actor: { subject: string; name: string }
  reason: string
  revision: number
  at: string
  /** For REFUSED. */
  refused?: { code: string; message: string } | null
}

export interface StageVerdict {
  stage: string
  verdict: string
  caseIds: string[]
}

export interface DeadLetter {
  topic: string
  partition: number
  offset: number
  orderId: string
  service: string
  code: string
  problems: { path: string; message: string }[]
  at: string
}

export interface OrderView {
  orderId: string
  revision: number
  digest: string
  order: Record<string, unknown> | null
  total: string
  stages: Record<string, string>
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
  stopped: number
  cases: Record<string, { name: string; open: number; closed: number; overdue: number }>
  deadLetters: Record<string, number>
}

/** A version of the policy or of the roster. */
export interface FileVersion {
  version: number
  text: string
  changes: string[]
  by: { subject: string; name: string }
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
