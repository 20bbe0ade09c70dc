// Made from schemas/avro by `npm run generate`. Do not edit.

/** A decimal number as text in canonical form: no exponent, no plus sign, no trailing zeros; at most four places. */
export type Decimal = string

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** The signed head of a chain. */
export interface AuditCheckpoint {
  /** The chain; also the record key, as text. */
  partition: number
  /** Sequence of the entry at the head. */
  sequence: number
  /** Its hash. */
  head: string
  /** SHA-256 (hex) of the public key. */
  keyId: string
  /** Ed25519 public key, SPKI, base64. */
  publicKey: string
  /** Ed25519 signature over partition, sequence, head and at, base64. */
  signature: string
  /** When. */
  at: Instant
  /** Ed25519 public key (SPKI, base64) that handed over to this one; empty when none did. */
  priorKey: string
  /** Its signature over the id of this key, base64; empty when none did. */
  handOver: string
}

/** One record, or a range of them. */
export type AuditEntryKind = 'RECORD' | 'RANGE' | 'UNKNOWN'

/** One link of the trail. */
export interface AuditEntry {
  /** The chain that it belongs to. */
  partition: number
  /** 1, 2, 3 … per partition. */
  sequence: number
  /** One record, or a range. */
  kind: AuditEntryKind
  /** Topic that it covers. */
  topic: string
  /** Partition of the records. */
  recordPartition: number
  /** First offset that it covers. */
  firstOffset: number
  /** Last offset that it covers. */
  lastOffset: number
  /** How many records. */
  count: number
  /** Root (hex) of the Merkle tree over the records, RFC 6962; for one record the hash of its leaf. A leaf holds offset, time, key and value. */
  hash: string
  /** The order. */
  orderId: string
  /** The case. */
  caseId: string
  /** Subject of the person, or service. */
  who: string
  /** What happened. */
  what: string
  /** Reason. Of an entry about an order it is sealed under the key of that order: sealed.1.<commitment>.<ciphertext>. */
  why: string
  /** When it happened. */
  when: Instant
  /** Policy version that it rests on; 0 when none. */
  ruleVersion: number
  /** Hash of the entry before; 64 zeros for the first. */
  previous: string
  /** SHA-256 (hex) of this entry without this field, chained to the one before. */
  entryHash: string
  /** When the entry was written. */
  at: Instant
}

/** Who did something. */
export interface Actor {
  /** Immutable id of the person, or system:<service>. */
  subject: string
  /** Name for people to read. */
  name: string
  /** Roles that the person had at that moment. */
  roles: string[]
}

/** What people wrote about an order, and who its customer is, is to be forgotten. It does not say whose order it was. */
export interface Forget {
  /** The order; also the record key. */
  orderId: string
  /** Who asked for it at the desk. */
  by: Actor
  /** Why. It is kept for ever and stays readable. */
  reason: string
  /** When. */
  at: Instant
}

/** The key of an order, or that it was destroyed. */
export interface OrderKey {
  /** The order. */
  orderId: string
  /** 32 bytes for AES-256-GCM; null once the order was forgotten. */
  key: Buffer | null
  /** When the key was made, or destroyed. */
  at: Instant
}

/** Head of the chain of one partition, or the key under which the trail seals what was said about one order. */
export interface AuditState {
  /** The partition. */
  partition: number
  /** Sequence of the last entry. */
  sequence: number
  /** Hash of the last entry. */
  head: string
  /** When the last checkpoint was signed. */
  checkpointedAt: Instant
  /** Sequence of the last checkpoint. */
  checkpointed: number
  /** Next offset to cover for each topic. */
  covered: { [key: string]: number }
  /** For the row of an order, whose record key is `order:` and the orderId, and whose chain fields say nothing; null for the head of a chain. */
  orderKey: OrderKey | null
}

/** What happened. SETTLED: what the case authorised has arrived in a revision, or upstream overtook it, and its holds end. STOP_LIFTED: the values that were rejected have changed. */
export type CaseEventType = 'OPENED' | 'EVIDENCE_CHANGED' | 'ORDER_CHANGED' | 'ASSIGNED' | 'ESCALATED' | 'REMINDED' | 'REPLANNED' | 'ASKED' | 'ANSWERED' | 'UNANSWERED' | 'NOTED' | 'PROPOSED' | 'APPROVAL_GIVEN' | 'CORRECTED' | 'NOT_CURED' | 'CLOSED' | 'REOPENED' | 'SETTLED' | 'STOP_LIFTED' | 'REFUSED' | 'NOTICE_REQUESTED' | 'NOTICE_SENT' | 'NOTICE_FAILED' | 'UNKNOWN'

/** What sort of exception. */
export type CaseKind = 'APPROVAL' | 'CORRECTION' | 'EXCEPTION' | 'UNKNOWN'

/** What the rule of a finding reads, which says how its case ends. PERSON: a person opened the case, or opened it again. */
export type Basis = 'STANDING' | 'MOMENTARY' | 'REQUEST' | 'PERSON' | 'UNKNOWN'

/** One part of a rule with the value it had. */
export interface Evidence {
  /** The part, as written in the policy. */
  expression: string
  /** Its value as text. */
  value: string
}

/** What a person does to a case. */
export type Action = 'APPROVE' | 'REJECT' | 'CORRECT' | 'STOP' | 'ASK' | 'ANSWER' | 'NOTE' | 'CLAIM' | 'REASSIGN' | 'RAISE' | 'REOPEN' | 'CLEAR' | 'REPLAN' | 'UNKNOWN'

/** A field of the order and a value for it. */
export interface PathValue {
  /** Path of the field, such as shipping.city or lines.3.quantity. */
  path: string
  /** The value as text; decimals in canonical form, booleans as true or false, absent as empty. */
  value: string
}

/** Something that was asked for an order, with the changes that it proposes. */
export interface Request {
  /** Identifies the request; the event's id when upstream gives none. */
  requestId: string
  /** What is asked, such as billing-terms or split-delivery. */
  kind: string
  /** What is asked, in the words of who asked. */
  text: string
  /** Immutable subject or name of who asked. */
  by: string
  /** Role in which it is asked, such as sales. */
  role: string
  /** The changes that approving it applies. */
  proposes: PathValue[]
}

/** A case came to be. */
export interface CaseOpened {
  /** Exception type. */
  type: string
  /** Plain name. */
  name: string
  /** Approval, correction or exception. */
  kind: CaseKind
  /** The rule, as a sentence for people. */
  rule: string
  /** What the rule reads. */
  basis: Basis
  /** The request it is about, if any. */
  requestId: string
  /** The values that made the rule match. */
  evidence: Evidence[]
  /** SHA-256 (hex) of the evidence. */
  evidenceDigest: string
  /** Fields that the revision behind it changed; for MOMENTARY only. */
  changed: string[]
  /** Owner role. */
  owner: string
  /** Backup role. */
  backup: string
  /** Stages it holds. */
  holds: string[]
  /** Stages that a rejection or a stop of it stops; empty for all of them. */
  mayStop: string[]
  /** Actions that its type allows. */
  actions: Action[]
  /** Field patterns that may be corrected. */
  mayCorrect: string[]
  /** Stage whose start ends corrections. */
  correctUntil: string
  /** The case whose approval no longer covers the values. */
  earlierCase: string
  /** The order owner releases the order once its cases are closed. */
  clearance: boolean
  /** Subject of the person who raised it; empty when a rule did. */
  raisedBy: string
  /** What was asked for, if it is about a request. */
  request: Request | null
}

/** The values behind an open case changed. */
export interface CaseEvidenceChanged {
  /** The values now. */
  evidence: Evidence[]
  /** Their digest. */
  evidenceDigest: string
}

/** The next level may decide too: the deadline passed, or nobody of the level before is on duty. */
export interface CaseEscalated {
  /** 1 is the backup. */
  level: number
  /** Role that may decide now as well. */
  to: string
}

/** How a case ended; NONE while it has not. */
export type CaseOutcome = 'NONE' | 'APPROVED' | 'REJECTED' | 'CORRECTED' | 'STOPPED' | 'OBSOLETE' | 'CLEARED' | 'UNKNOWN'

/** One field put right. */
export interface Correction {
  /** Path of the field. */
  path: string
  /** The value that the person saw; the correction is refused when it is another now. */
  expected: string
  /** The new value. */
  value: string
}

/** The case ended. */
export interface CaseClosed {
  /** How. */
  outcome: CaseOutcome
  /** Fields that were put right. */
  corrections: Correction[]
  /** What was asked for where other values were given; for APPROVED. */
  asked: PathValue[]
  /** Stages that are stopped from now on. */
  stops: string[]
  /** The message to intake that carries it out, if any. */
  correctionId: string
  /** The case whose stop of the whole order ended this one; empty for any other end. */
  endedBy: string
  /** What the customer reads of it. */
  forCustomer: string
}

/** Why a command was refused. */
export type RefusalCode = 'NOT_OWNER' | 'REVIEWER_ONLY' | 'OWN_REQUEST' | 'FOUR_EYES' | 'STALE_VIEW' | 'CASE_CLOSED' | 'ACTION_NOT_ALLOWED' | 'FIELD_NOT_CORRECTABLE' | 'STAGE_STARTED' | 'VALUE_CHANGED' | 'REASON_MISSING' | 'UNKNOWN_CASE' | 'DUPLICATE_COMMAND' | 'NOT_INVOLVED' | 'NO_SUCH_PERSON' | 'UNKNOWN_ORDER' | 'UNKNOWN'

/** A command was refused. */
export interface CommandRefused {
  /** Why. */
  code: RefusalCode
  /** Why, and what to do, in words. */
  message: string
  /** What was asked. */
  action: Action
}

/** A message about the case. */
export interface CaseNotice {
  /** The notice. */
  noticeId: string
  /** Address. */
  to: string
  /** Message of the policy. */
  message: string
  /** Result of the attempt. */
  detail: string
  /** 1, 2, 3 … */
  attempt: number
  /** When a failed attempt is made again; null when it is not. */
  retryAt: Instant | null
}

/** What the clock counts. OPEN_TO_OPENING: open time whose end on a close moves to the next opening. */
export type ClockCounts = 'ELAPSED' | 'OPEN' | 'OPEN_TO_OPENING' | 'UNKNOWN'

/** The clock stood still. */
export interface ClockPause {
  /** Since when. */
  from: Instant
  /** Until when; null while it lasts. */
  to: Instant | null
}

/** The clock of a case. It stands still while the case waits for an answer. */
export interface CaseClock {
  /** Version of the case's timers; rises with each change. */
  version: number
  /** Policy version whose times and calendars count. */
  policyVersion: number
  /** Since when the time to answer counts. */
  startedAt: Instant
  /** Role in whose calendar the deadline counts. */
  role: string
  /** By when the current level decides; null while the clock stands still. */
  deadline: Instant | null
  /** What the clock counts. */
  counts: ClockCounts
  /** When the assignee is reminded; null for never, or while the clock stands still. */
  remindAt: Instant | null
  /** What is left of the time, in milliseconds; null while the clock runs. */
  leftMs: number | null
  /** What is left of the time up to the reminder; null while the clock runs, or for none. */
  remindLeftMs: number | null
  /** When it stood still, in order. */
  pauses: ClockPause[]
}

/** The person who has a case. */
export interface Assignee {
  /** Immutable id of the person; empty when nobody is on duty. */
  subject: string
  /** Name for people to read. */
  name: string
}

/** A question that a case waits for. */
export interface Question {
  /** The question. */
  questionId: string
  /** `customer`, `requester`, or a role. */
  to: string
  /** What is asked; the first words of a long question. */
  text: string
  /** By when an answer is wanted. */
  answerBy: Instant
}

/** Fields that somebody would set, and that wait for a yes. */
export interface Proposal {
  /** The fields. */
  corrections: Correction[]
  /** Who proposes it. */
  by: Assignee
}

/** One of several approvals. */
export interface CaseApproval {
  /** How many have approved. */
  given: number
  /** How many have to. */
  needed: number
  /** Subjects of those whose duty they do, when they have none of the roles themselves: it is their approval. */
  inPlaceOf: string[]
}

/** A closed case is open again. */
export interface CaseReopened {
  /** Stages it holds from now on: those that have not started. */
  holds: string[]
}

/** Fields were put right; the case goes on until a revision carries them and its rule no longer holds. */
export interface CaseCorrected {
  /** The message to intake that carries it out. */
  correctionId: string
  /** The fields. */
  corrections: Correction[]
  /** What the customer reads of it. */
  forCustomer: string
}

/** One thing that happened to a case. The part that belongs to its type is set, and `clock` and `assigned` where it changed them. */
export interface CaseEvent {
  /** orderId and sequence. */
  eventId: string
  /** The order; also the record key. */
  orderId: string
  /** 1, 2, 3 … per order, without gaps. */
  sequence: number
  /** The case; empty for a refusal of an unknown one. */
  caseId: string
  /** What happened. */
  type: CaseEventType
  /** Who, or which service. */
  actor: Actor
  /** Why. */
  reason: string
  /** The command behind it, if any. */
  commandId: string
  /** Revision of the order at that moment. */
  revision: number
  /** Digest of the order at that moment. */
  digest: string
  /** Policy version that the case keeps. */
  policyVersion: number
  /** Roster version that said who may act and who is on duty; 0 for none. */
  rosterVersion: number
  /** When. */
  at: Instant
  /** For OPENED. */
  opened: CaseOpened | null
  /** For EVIDENCE_CHANGED and NOT_CURED. */
  evidenceChanged: CaseEvidenceChanged | null
  /** For ESCALATED. */
  escalated: CaseEscalated | null
  /** For CLOSED. */
  closed: CaseClosed | null
  /** For REFUSED. */
  refused: CommandRefused | null
  /** For NOTICE_*. */
  notice: CaseNotice | null
  /** The clock from now on; null when it goes on as before. */
  clock: CaseClock | null
  /** Who has the case from now on; null for the same as before. */
  assigned: Assignee | null
  /** For ASKED, ANSWERED and UNANSWERED. */
  question: Question | null
  /** For PROPOSED; for OPENED and ANSWERED when they propose fields. */
  proposal: Proposal | null
  /** For APPROVAL_GIVEN. */
  approval: CaseApproval | null
  /** For REOPENED. */
  reopened: CaseReopened | null
  /** For CORRECTED. */
  corrected: CaseCorrected | null
}

/** Who buys. */
export interface Customer {
  /** The customer's number in the upstream system; empty when nobody is known. */
  id: string
  /** Name of the person or company. */
  name: string
  /** Where messages to the customer go. */
  email: string
  /** Telephone number as written upstream. */
  phone: string
  /** Country, ISO 3166-1 alpha-2 where upstream has it, else its name. */
  country: string
  /** Language of messages, BCP 47; empty means en. */
  language: string
  /** VAT or other tax number. */
  taxId: string
  /** The company's own grouping of customers, such as retail or key-account. */
  segment: string
}

/** One product of the order. */
export interface Line {
  /** Identifies the line within its order; paths use it: lines.<lineId>.quantity. */
  lineId: string
  /** Product code. */
  sku: string
  /** What it is, in words. */
  description: string
  /** How many; below zero for goods that come back. */
  quantity: Decimal
  /** Price of one, before discount. */
  unitPrice: Decimal
  /** Discount on this line in percent of the unit price; null when none is stated. */
  discountPercent: Decimal | null
}

/** Who pays, and how the invoice is made. */
export interface Billing {
  /** Name on the invoice. */
  name: string
  /** Person to ask. */
  contact: string
  /** Street and number. */
  street: string
  /** City. */
  city: string
  /** State, province or county. */
  region: string
  /** Postal code. */
  postalCode: string
  /** Country. */
  country: string
  /** Payment terms, such as NET30. */
  terms: string
  /** Billing schedule, such as monthly. */
  schedule: string
  /** The customer's purchase order number. */
  purchaseOrder: string
}

/** Where the goods go. */
export interface Shipping {
  /** Who receives. */
  name: string
  /** Street and number. */
  street: string
  /** City. */
  city: string
  /** State, province or county. */
  region: string
  /** Postal code. */
  postalCode: string
  /** Country. */
  country: string
  /** Delivery method. */
  method: string
  /** Day asked for, YYYY-MM-DD. */
  requestedDate: string
  /** Whether the goods may leave in several deliveries. */
  splitDeliveries: boolean
}

/** How it is paid. */
export interface Payment {
  /** Such as pending, authorised, paid, refunded. */
  status: string
  /** Such as card, transfer, invoice. */
  method: string
  /** Country that the payment came from. */
  country: string
  /** Amount paid or authorised; null when unknown. */
  amount: Decimal | null
}

/** What the customer bought: the full snapshot. Absent text is empty, absent numbers are null. */
export interface Order {
  /** Who buys. */
  customer: Customer
  /** ISO 4217 code of every amount in the order. */
  currency: string
  /** The lines, in upstream order. */
  lines: Line[]
  /** Total as upstream states it; null when it states none. */
  declaredTotal: Decimal | null
  /** Who pays, and how the invoice is made. */
  billing: Billing
  /** Where the goods go. */
  shipping: Shipping
  /** How it is paid. */
  payment: Payment
  /** Who sold it. */
  salesperson: string
  /** Where it was sold, such as web or phone. */
  channel: string
  /** Contract that the order belongs to. */
  contractNumber: string
  /** When the customer placed the order, UTC. */
  placedAt: Instant
}

/** Where a change came from. */
export type Origin = 'UPSTREAM' | 'CORRECTION' | 'UNKNOWN'

/** One difference between two revisions. */
export interface Change {
  /** Path of the field; lines.<lineId> for a whole line that came or went. */
  path: string
  /** Value before; empty when absent; JSON for a whole line. */
  from: string
  /** Value after. */
  to: string
  /** Upstream, or a correction that a case authorised. */
  origin: Origin
  /** Source system or person. */
  by: string
  /** Reason given with a correction. */
  why: string
}

/** How far a stage of the order is downstream. */
export type StageState = 'WAITING' | 'STARTED' | 'DONE' | 'UNKNOWN'

/** A request that waits for its decision. */
export interface OpenRequest {
  /** What was asked. */
  request: Request
  /** When intake took it in. */
  openedAt: Instant
  /** The revision that carried it first. */
  revision: number
}

/** A correction that upstream has overwritten since. */
export interface Override {
  /** Path of the field. */
  path: string
  /** The value that the correction had set. */
  corrected: string
  /** The value that upstream sent now. */
  upstream: string
  /** The correction that no longer holds. */
  correctionId: string
}

/** A rule that matched one revision. */
export interface Finding {
  /** Exception type of the policy, or cannot-classify. */
  type: string
  /** Standing, momentary or request. */
  basis: Basis
  /** The open request that it was judged for; empty unless basis is REQUEST. */
  requestId: string
  /** Every part of the rule with its value. */
  evidence: Evidence[]
  /** SHA-256 (hex) of the evidence; the same values give the same digest. */
  evidenceDigest: string
  /** Why a rule could not be judged; empty for a real match. */
  problem: string
}

/** What the policy says about one revision; empty findings mean that no rule matched. */
export interface Findings {
  /** The order; also the record key. */
  orderId: string
  /** Revision that was judged. */
  revision: number
  /** Digest of that revision. */
  digest: string
  /** Version of the policy that judged. */
  policyVersion: number
  /** The effective order. */
  order: Order
  /** What differs from the revision before. */
  changes: Change[]
  /** State of the stages. */
  stages: { [key: string]: StageState }
  /** Requests that wait. */
  requests: OpenRequest[]
  /** Whether upstream cancelled the order. */
  cancelled: boolean
  /** Corrections that upstream has overwritten with this revision. */
  overridden: Override[]
  /** The rules that matched. */
  findings: Finding[]
  /** When it was judged. */
  at: Instant
}

/** One thing that is wrong. */
export interface Problem {
  /** Where; empty for the whole record. */
  path: string
  /** What is wrong and what to do. */
  message: string
}

/** A record that could not be processed, kept as it was. */
export interface DeadLetter {
  /** UNDECODABLE, INVALID, CONFLICT, STALE, or HANDLER_FAILED. */
  code: string
  /** Everything that is wrong. */
  problems: Problem[]
  /** Service that refused it. */
  service: string
  /** Topic of the record. */
  topic: string
  /** Partition of the record. */
  partition: number
  /** Offset of the record. */
  offset: number
  /** The record's own time. */
  timestamp: Instant
  /** Original key bytes. */
  key: Buffer | null
  /** Original value bytes. */
  value: Buffer | null
  /** When it was refused. */
  at: Instant
  /** The replay in which it was refused again; empty for a record that came by itself. */
  replayId: string
  /** How often the record had been replayed by then. */
  attempt: number
}

/** What a person asks for a case, or for an order. */
export interface Command {
  /** Unique; the same id gives the same answer. */
  commandId: string
  /** The order; also the record key. */
  orderId: string
  /** The case; empty for RAISE. */
  caseId: string
  /** What to do. */
  action: Action
  /** Who. */
  actor: Actor
  /** Why; for ASK the question, for ANSWER the answer, for NOTE the note. */
  reason: string
  /** Digest of the order as it was displayed. */
  digest: string
  /** Fields to put right, for CORRECT; to grant instead of what was asked for, for APPROVE; that an answer or a case raised by hand would set, for ANSWER and RAISE. */
  corrections: Correction[]
  /** Exception type of the case, for RAISE. */
  type: string
  /** Stages that wait for the case, for RAISE. */
  holds: string[]
  /** Whether stages that were released already are called back, for RAISE. */
  recall: boolean
  /** Whom to ask, for ASK: `customer`, `requester` or a role. Subject of the new assignee, for REASSIGN. */
  to: string
  /** Time to answer, for ASK, as a policy writes it; empty for the type's own. */
  within: string
  /** All stages instead of those that the type stops, for STOP. */
  wholeOrder: boolean
  /** What the customer reads of a decision, besides what the policy says. */
  forCustomer: string
  /** Roster version that the desk knew. */
  rosterVersion: number
  /** Where the person acted: console, cli or api. */
  channel: string
  /** When the desk took it. */
  at: Instant
}

/** A dead letter that a person sends through its service once more. */
export interface Replay {
  /** Id of this replay, unique. */
  replayId: string
  /** Order whose lane the record is handled in; also the record key. */
  orderId: string
  /** Service that refused the record and is to handle it again. */
  service: string
  /** Topic of the dead letter. */
  letterTopic: string
  /** Partition of the dead letter. */
  letterPartition: number
  /** Offset of the dead letter. */
  letterOffset: number
  /** Why the record was refused: code of the dead letter. */
  code: string
  /** Topic that the record came from. */
  topic: string
  /** Partition that the record came from. */
  partition: number
  /** Offset that the record had there. */
  offset: number
  /** The record's own time. */
  timestamp: Instant
  /** Original key bytes; the record is handled under the orderId. */
  key: Buffer | null
  /** Original value bytes. */
  value: Buffer | null
  /** 1 for the first replay of the record, 2 for the second … */
  attempt: number
  /** Who asked for it. */
  by: Actor
  /** Why. */
  reason: string
  /** When. */
  at: Instant
}

/** One published roster: who works here, in which roles, and who is on duty when. */
export interface RosterVersion {
  /** 1, 2, 3 …; also the record key, as text. */
  version: number
  /** The YAML file as it was published. */
  text: string
  /** SHA-256 (hex) of the text. */
  digest: string
  /** What is different from the version before, in plain words. */
  changes: string[]
  /** Who published. */
  by: Actor
  /** Why. */
  reason: string
  /** When. */
  at: Instant
}

/** An event that was taken in. */
export interface SeenEvent {
  /** Upstream system. */
  source: string
  /** Its id. */
  eventId: string
  /** SHA-256 (hex) of its content. */
  content: string
}

/** A correction that holds until upstream changes its field. */
export interface AppliedCorrection {
  /** The correction. */
  correctionId: string
  /** Field. */
  path: string
  /** Value that it set. */
  value: string
  /** What upstream had then. */
  upstream: string
  /** Who. */
  by: string
  /** Why. */
  why: string
}

/** Intake's record of one order. */
export interface IntakeState {
  /** The order; also the record key. */
  orderId: string
  /** Last revision. */
  revision: number
  /** Its digest. */
  digest: string
  /** The effective order; null before it was placed. */
  order: Order | null
  /** State of the stages. */
  stages: { [key: string]: StageState }
  /** Requests that wait. */
  requests: OpenRequest[]
  /** Own fields. */
  facts: { [key: string]: string }
  /** Cancelled. */
  cancelled: boolean
  /** Last sequence of each source. */
  sequences: { [key: string]: number }
  /** Events that were taken in. */
  seen: SeenEvent[]
  /** Corrections that hold. */
  applied: AppliedCorrection[]
  /** Ids of corrections that were taken in. */
  settled: string[]
}

/** A mail that was sent and came back. */
export interface NoticeBounce {
  /** Made of the report's content: the same report always has the same id. */
  bounceId: string
  /** The notice. */
  noticeId: string
  /** The order; also the record key. */
  orderId: string
  /** Which attempt came back. */
  attempt: number
  /** The address that could not be reached, as the report says; empty if it does not. */
  to: string
  /** The address takes no mail at all (status 5.x.x); else it took none for days. */
  permanent: boolean
  /** Status of RFC 3463, such as 5.1.1. */
  status: string
  /** What the other side said. */
  detail: string
  /** When the report was read. */
  at: Instant
}

/** How an attempt to send ended. */
export type NoticeStatus = 'SENT' | 'FAILED' | 'UNKNOWN'

/** What became of an attempt to send. */
export interface NoticeOutcome {
  /** The notice. */
  noticeId: string
  /** The order; also the record key. */
  orderId: string
  /** Which attempt. */
  attempt: number
  /** Sent or failed. */
  status: NoticeStatus
  /** A repeat cannot help. */
  permanent: boolean
  /** Message-ID of the mail. */
  messageId: string
  /** The server's answer, the file's name, or what went wrong. */
  detail: string
  /** When. */
  at: Instant
}

/** How it is sent. */
export type Channel = 'EMAIL' | 'CHAT' | 'WEBHOOK' | 'DESK' | 'UNKNOWN'

/** Who gets it. */
export type Recipient = 'CUSTOMER' | 'STAFF' | 'UNKNOWN'

/** What it is. */
export type ParagraphKind = 'TEXT' | 'QUOTE' | 'FACT' | 'CASE_LINK' | 'ANSWER_LINK' | 'SIGNATURE' | 'UNKNOWN'

/** A part of a message that is written already. Its text is not a template. */
export interface NoticeParagraph {
  /** TEXT: as it is. QUOTE: words of a person. FACT: label and value, with a tab between them. CASE_LINK: text of a link to the case at the desk. ANSWER_LINK: text of a link by which the customer answers. SIGNATURE: who writes. */
  kind: ParagraphKind
  /** What people read. */
  text: string
  /** For links: the case. */
  caseId: string
  /** For CASE_LINK: the action that is chosen when it opens, in lower case; empty for none. */
  action: string
  /** For ANSWER_LINK: the question. */
  questionId: string
  /** For ANSWER_LINK: when it expires. */
  until: Instant | null
}

/** A message to be sent, with everything needed to render it. */
export interface NoticeRequest {
  /** Unique per order and occasion; the Message-ID comes from it. */
  noticeId: string
  /** The order; also the record key. */
  orderId: string
  /** Cases it is about. */
  caseIds: string[]
  /** How it is sent. */
  channel: Channel
  /** Address. */
  to: string
  /** Name of who gets it. */
  toName: string
  /** Name of the message in the policy. */
  message: string
  /** Language that was chosen. */
  language: string
  /** Liquid template of the subject. */
  subject: string
  /** Liquid template of the body, plain text. */
  body: string
  /** Values for the templates by dotted path, such as order.id or case.due. */
  data: { [key: string]: string }
  /** Who gets it. */
  recipient: Recipient
  /** For STAFF: subject of the person; empty for a role's channel. */
  person: string
  /** Why it is sent, such as held, question, ended, reminded. */
  occasion: string
  /** Who gets it wants one mail of all such messages of a moment. */
  digest: boolean
  /** Name of the company that writes; empty for the sender's own. */
  fromName: string
  /** E-mail address that answers go to; empty for the sender's own. */
  replyTo: string
  /** The message; when there are any, subject is no template, and body and data are empty. */
  paragraphs: NoticeParagraph[]
  /** Policy version of the templates. */
  policyVersion: number
  /** 1, 2, 3 … */
  attempt: number
  /** When it was asked for. */
  at: Instant
}

/** What became of the request. */
export type Settlement = 'NONE' | 'APPROVED' | 'REJECTED' | 'UNKNOWN'

/** What a case authorised: fields to set, and the request that it settles. */
export interface OrderCorrection {
  /** caseId and a number: the same correction always has the same id. */
  correctionId: string
  /** The order; also the record key. */
  orderId: string
  /** The case. */
  caseId: string
  /** The request that is settled; empty when none. */
  requestId: string
  /** What became of the request. */
  settlement: Settlement
  /** Fields to set. */
  corrections: Correction[]
  /** Who decided. */
  by: Actor
  /** Why. */
  reason: string
  /** Digest of the order that was decided on. */
  digest: string
  /** When. */
  at: Instant
}

/** Whether a stage may go on. */
export type Verdict = 'PROCEED' | 'HOLD' | 'STOP' | 'UNKNOWN'

/** The verdict for one stage. */
export interface StageVerdict {
  /** Name of the stage. */
  stage: string
  /** May it go on? */
  verdict: Verdict
  /** Cases behind a HOLD or STOP. */
  caseIds: string[]
  /** The stage had been released before: call it back. */
  recall: boolean
  /** The stage had already started. */
  tooLate: boolean
}

/** State of a case. */
export type CaseStatus = 'OPEN' | 'WAITING' | 'CLOSED' | 'UNKNOWN'

/** A case behind the decision. */
export interface DecisionCase {
  /** The case. */
  caseId: string
  /** Exception type. */
  type: string
  /** Plain name. */
  name: string
  /** Its state. */
  status: CaseStatus
  /** How it ended. */
  outcome: CaseOutcome
}

/** The message to billing and warehouse. */
export interface Decision {
  /** orderId and sequence: the same decision always has the same id. */
  decisionId: string
  /** The order; also the record key. */
  orderId: string
  /** 1, 2, 3 … per order, without gaps. */
  sequence: number
  /** Revision it is about. */
  revision: number
  /** Digest of that revision. */
  digest: string
  /** The effective order. */
  order: Order
  /** One for each stage of the policy. */
  verdicts: StageVerdict[]
  /** Cases that wait, hold, stop or are under way, and the last of the others. */
  cases: DecisionCase[]
  /** Billing terms that hold now. */
  terms: string
  /** Whether the order was cancelled. */
  cancelled: boolean
  /** Policy version. */
  policyVersion: number
  /** Who brought it about. */
  by: Actor
  /** Why. */
  reason: string
  /** Topic and id of the message behind it. */
  cause: string
  /** When. */
  at: Instant
}

/** What an order event says. */
export type EventKind = 'PLACED' | 'CHANGED' | 'REQUESTED' | 'CANCELLED' | 'STAGE_STARTED' | 'STAGE_DONE' | 'UNKNOWN'

/** What an upstream system says about an order. */
export interface OrderEvent {
  /** Unique per source; the same id with the same content is dropped. */
  eventId: string
  /** Upstream system. */
  source: string
  /** The order; also the record key. */
  orderId: string
  /** When it happened upstream, UTC. */
  occurredAt: Instant
  /** Number that rises per source and order; null when upstream has none. */
  sequence: number | null
  /** What the event says. */
  kind: EventKind
  /** Full snapshot for PLACED and CHANGED. */
  order: Order | null
  /** What is asked, for REQUESTED. */
  request: Request | null
  /** Name of the stage, for STAGE_STARTED and STAGE_DONE. */
  stage: string
  /** A company's own fields. */
  facts: { [key: string]: string }
}

/** What made this revision. */
export interface Cause {
  /** Kind of the event; UNKNOWN for a correction. */
  kind: EventKind
  /** Upstream system, or correction. */
  source: string
  /** Event id, or correction id. */
  eventId: string
  /** When it happened. */
  occurredAt: Instant
}

/** One version of an order: corrections folded in, numbered without gaps. */
export interface Revision {
  /** The order; also the record key. */
  orderId: string
  /** 1, 2, 3 … without gaps. */
  revision: number
  /** SHA-256 (hex) of the canonical form of the effective order. */
  digest: string
  /** The effective order. */
  order: Order
  /** What differs from the revision before. */
  changes: Change[]
  /** State of every stage that upstream has reported; a stage that is absent is WAITING. */
  stages: { [key: string]: StageState }
  /** Requests that wait for their decision. */
  requests: OpenRequest[]
  /** A company's own fields, latest value of each. */
  facts: { [key: string]: string }
  /** Whether upstream cancelled the order. */
  cancelled: boolean
  /** Corrections that upstream has overwritten with this revision. */
  overridden: Override[]
  /** What made this revision. */
  cause: Cause
  /** When intake made it. */
  at: Instant
}

/** One published policy. */
export interface PolicyVersion {
  /** 1, 2, 3 …; also the record key, as text. */
  version: number
  /** Title of the policy. */
  title: string
  /** The YAML file as it was published. */
  text: string
  /** SHA-256 (hex) of the text. */
  digest: string
  /** What is different from the version before, in plain words. */
  changes: string[]
  /** Who published. */
  by: Actor
  /** Why. */
  reason: string
  /** When. */
  at: Instant
}

/** What the customer has heard of a case. UNREACHED: there was no address to write to. UNKNOWN: it is from before that was kept. */
export type Told = 'NOTHING' | 'UNREACHED' | 'OPENED' | 'ENDED' | 'UNKNOWN'

/** One case. */
export interface CaseState {
  /** The case. */
  caseId: string
  /** Exception type. */
  type: string
  /** Plain name. */
  name: string
  /** Kind. */
  kind: CaseKind
  /** What the rule reads. */
  basis: Basis
  /** Request. */
  requestId: string
  /** Subject of the person who raised it. */
  raisedBy: string
  /** State. */
  status: CaseStatus
  /** How it ended. */
  outcome: CaseOutcome
  /** Policy version that it keeps. */
  policyVersion: number
  /** Digest of the values. */
  evidenceDigest: string
  /** Fields that the revision behind it changed, or the parts of the order that they belong to; for MOMENTARY only. */
  changed: string[]
  /** Owner role. */
  owner: string
  /** Backup role. */
  backup: string
  /** Who has it. */
  assignee: Assignee
  /** 0 is the owner; each level above may decide too. */
  level: number
  /** Its clock. */
  clock: CaseClock
  /** Stages it holds. */
  holds: string[]
  /** Stages that a rejection or a stop of it stops; empty for all of them. */
  mayStop: string[]
  /** Stages it stopped. */
  stops: string[]
  /** Allowed actions. */
  actions: Action[]
  /** Correctable fields. */
  mayCorrect: string[]
  /** Stage whose start ends corrections. */
  correctUntil: string
  /** When it opened. */
  openedAt: Instant
  /** When it ended. */
  closedAt: Instant | null
  /** Subject of who ended it. */
  closedBy: string
  /** Why it ended; the first words of a long reason. */
  closedReason: string
  /** What it authorised and no revision carries yet, also while it is open; empty when nothing is under way. */
  correctionId: string
  /** The fields of that. */
  corrections: Correction[]
  /** The order owner releases the order at the end. */
  clearance: boolean
  /** What it waits for. */
  question: Question | null
  /** Fields that wait for a yes. */
  proposal: Proposal | null
  /** Subjects of those who have approved so far. */
  approvals: string[]
  /** The case whose stop of the whole order ended it. */
  endedBy: string
  /** How often it was opened again. */
  reopened: number
  /** How many corrections it has authorised. */
  corrected: number
  /** Who put right what is under way, or did last. */
  correctedBy: Assignee
  /** Why; the first words of a long reason. */
  correctedReason: string
  /** Subjects of those in whose place somebody has approved. */
  approvedFor: string[]
  /** When a person took it or gave it to who has it; null when duty did. */
  takenAt: Instant | null
  /** What the customer has heard of it. */
  told: Told
  /** Fields that the case has set and of which the customer has not heard. */
  untold: PathValue[]
  /** What somebody asked for, if it is about a request. */
  asked: PathValue[]
  /** What the customer is to read of its end, in the words of who decided it. */
  forCustomer: string
  /** The last letter to the customer about it that may have arrived; empty for none. */
  lastNotice: string
}

/** A command that was answered. */
export interface AnsweredCommand {
  /** The command. */
  commandId: string
  /** Null when it was carried out. */
  refusal: RefusalCode | null
  /** What the answer said. */
  message: string
}

/** A notice that is under way. */
export interface OpenNotice {
  /** The notice. */
  noticeId: string
  /** Cases. */
  caseIds: string[]
  /** Message of the policy. */
  message: string
  /** Attempts so far. */
  attempt: number
  /** Version of its retry timer. */
  timerVersion: number
  /** When the next attempt is due; null while one is being made. */
  retryAt: Instant | null
}

/** The cases that have held stages since the order was last free. */
export interface Round {
  /** How many. */
  cases: number
  /** The stages of all of them. */
  holds: string[]
  /** One is of a type that asks for clearance. */
  clearance: boolean
  /** A person has decided one of them. */
  decided: boolean
}

/** When the customer has to hear something again. */
export interface SilenceClock {
  /** Version of the timer. */
  version: number
  /** By when. */
  dueAt: Instant
}

/** A message to staff that is under way, or waits for the hours in which it may be sent. */
export interface StaffNotice {
  /** The notice. */
  noticeId: string
  /** Why it is sent. */
  occasion: string
  /** Cases that it is about. */
  caseIds: string[]
  /** Subject of who gets it; empty for a role's channel. */
  person: string
  /** Role whose channel it goes to; empty for a person. */
  role: string
  /** What somebody said with it, such as an answer; the first words of a long text. */
  said: string
  /** Name of who said it. */
  by: string
  /** How it is sent. */
  channel: Channel
  /** Attempts so far; 0 before the first. */
  attempt: number
  /** Version of its timer. */
  timerVersion: number
  /** When the next attempt is due; null while one is being made. */
  retryAt: Instant | null
}

/** The router's record of one order. */
export interface RouterState {
  /** The order; also the record key. */
  orderId: string
  /** Last revision that was judged. */
  revision: number
  /** Its digest. */
  digest: string
  /** Policy version that judged it. */
  policyVersion: number
  /** The effective order. */
  order: Order | null
  /** State of the stages. */
  stages: { [key: string]: StageState }
  /** Requests that wait. */
  requests: OpenRequest[]
  /** Cancelled. */
  cancelled: boolean
  /** Sequence of the last case event. */
  eventSequence: number
  /** Sequence of the last decision. */
  decisionSequence: number
  /** Verdicts of the last decision. */
  verdicts: StageVerdict[]
  /** Digest of the order in the last decision. */
  decidedDigest: string
  /** Cases that wait, hold, stop or are under way, and the last of the others. */
  cases: CaseState[]
  /** The last commands, for the same answer again. */
  commands: AnsweredCommand[]
  /** Notices under way. */
  notices: OpenNotice[]
  /** Null while nothing is held, nor waits for its clearance. */
  round: Round | null
  /** Null while nothing is held, or the policy sets no limit. */
  silence: SilenceClock | null
  /** Last version of that timer. */
  silenceVersion: number
  /** By when the customer was told to hear from us; null for no promise. */
  promised: Instant | null
  /** Messages to staff that are under way. */
  staffNotices: StaffNotice[]
  /** Messages to staff that failed for good or came back, and those by which somebody else was told of that, by their noticeId and attempt: the last of them, so that each is told once. */
  staffFailures: string[]
}

/** What a timer is for. */
export type TimerKind = 'DEADLINE' | 'NOTICE_RETRY' | 'REMINDER' | 'ANSWER' | 'SILENCE' | 'UNKNOWN'

/** A timer that came due. */
export interface TimerFired {
  /** The timer. */
  timerId: string
  /** The order; also the record key. */
  orderId: string
  /** The case. */
  caseId: string
  /** What for. */
  kind: TimerKind
  /** Version that was due. */
  version: number
  /** When it was due. */
  dueAt: Instant
  /** When it fired; never before dueAt. */
  firedAt: Instant
}

/** An instant to be told of. A null value cancels it. */
export interface Timer {
  /** caseId or noticeId and the kind; also the record key. */
  timerId: string
  /** The order; it gives the partition. */
  orderId: string
  /** The case. */
  caseId: string
  /** What for. */
  kind: TimerKind
  /** Rises with each change of the due time; a fire of an old version changes nothing. */
  version: number
  /** When it is due, UTC. */
  dueAt: Instant
}

/** The value type of every topic. */
export interface Messages {
  'audit.checkpoints.v1': AuditCheckpoint
  'audit.dlq.v1': DeadLetter
  'audit.entries.v1': AuditEntry
  'audit.forgets.v1': Forget
  'audit.state.v1': AuditState
  'cases.events.v1': CaseEvent
  'cases.findings.v1': Findings
  'classifier.dlq.v1': DeadLetter
  'desk.commands.v1': Command
  'desk.replays.v1': Replay
  'duty.roster.v1': RosterVersion
  'intake.state.v1': IntakeState
  'notices.bounces.v1': NoticeBounce
  'notices.outcomes.v1': NoticeOutcome
  'notices.requested.v1': NoticeRequest
  'notifier.dlq.v1': DeadLetter
  'orders.corrections.v1': OrderCorrection
  'orders.decisions.v1': Decision
  'orders.inbound.v1': OrderEvent
  'orders.inbound.v1.dlq': DeadLetter
  'orders.revisions.v1': Revision
  'policy.versions.v1': PolicyVersion
  'router.dlq.v1': DeadLetter
  'router.state.v1': RouterState
  'timers.fired.v1': TimerFired
  'timers.schedule.v1': Timer
}
