import type { CaseEventType } from '@holdpoint/schemas'
import { z } from 'zod'
import { Actor, decimal, instant, named, text } from './registry.ts'

export const Correction = named(
  'Correction',
  z.strictObject({
    path: z.string().min(1).max(300).describe('Field, such as shipping.city'),
    expected: z.string().max(10_000).describe('The value that was displayed'),
    value: z.string().max(10_000).describe('The new value'),
  }),
)

export const Someone = z.object({ subject: text, name: text }).describe('Empty for nobody')
export const Question = z.object({
  questionId: text,
  to: text.describe('`customer`, `requester` or a role'),
  text,
  answerBy: instant,
})

export const Request = z.object({
  requestId: text,
  kind: text,
  text: text.describe('In the words of who asks'),
  by: text,
  role: text,
  proposes: z.array(z.object({ path: text, value: text })),
})

export const Proposal = z.object({ corrections: z.array(Correction), by: Someone })

export const CaseSummary = named(
  'CaseSummary',
  z.object({
    caseId: text,
    orderId: text,
    type: text,
    name: text,
    kind: z.enum(['APPROVAL', 'CORRECTION', 'EXCEPTION', 'UNKNOWN']),
    status: z.enum(['OPEN', 'WAITING', 'CLOSED']),
    outcome: text,
    owner: text.describe('Owner role'),
    backup: text,
    level: z.int().describe('0 while only the owner decides, 1 once the backup may as well, and so on'),
    decider: text.describe('Role that is expected to decide now'),
    assignee: Someone.nullable().describe('Who has it; null while nobody is on duty'),
    deadline: instant
      .nullable()
      .describe('By when the level that it has come to decides; null while it waits for an answer'),
    overdue: z.boolean().describe('Open, and a deadline has passed'),
    lateSince: instant.nullable().describe('The first deadline that passed'),
    question: Question.nullable().describe('What it waits for'),
    openedAt: instant,
    closedAt: instant.nullable(),
    holds: z.array(text).describe('Stages it holds'),
    customerName: text,
    total: decimal,
    currency: text,
    revision: z.int().describe('Revision of the order now'),
    digest: text.describe(
      'Digest of what is displayed: of the order now and, behind a plus, of the values that somebody proposed. Send it back with an action',
    ),
  }),
)

/** What one person is told of a case besides what it is. */
const offered = {
  mayDo: z
    .array(text)
    .describe('Which of the actions the person signed in may do, as far as the desk can see'),
  mayAct: z.boolean().describe('Whether one of those ends the case'),
  isOwn: z.boolean().describe('Whether that person asked for it, or raised it: others decide it'),
  deciders: z.array(text).describe('Roles whose decision counts now, the owner first'),
  stops: z
    .object({
      reject: z.array(text).describe('Empty: the order stays as it was'),
      stop: z.array(text),
      wholeOrder: z.array(text).describe('By a stop of the whole order'),
    })
    .describe('Which stages a no would stop, by what is said'),
}

export const ListedCase = named('ListedCase', CaseSummary.extend(offered))

export const CaseDetail = named(
  'CaseDetail',
  CaseSummary.extend({
    ...offered,
    rule: text,
    evidence: z.array(z.object({ expression: text, value: text })),
    actions: z.array(text).describe('What may be done about it now, by whoever may'),
    takers: z.array(Someone).describe('Who may take it instead of whoever has it'),
    askable: z.array(text).describe('Who can be asked: `customer`, `requester`, roles'),
    mayCorrect: z.array(text).describe('Field patterns, such as shipping.*'),
    mayStop: z.array(text).describe('Stages that a rejection or a stop stops; empty for all of them'),
    correctUntil: text,
    requestId: text,
    request: Request.nullable().describe('What is asked for; null when the case is about no request'),
    openedReason: text.describe('What the matter is, in the words of who raised it; else why it opened'),
    notes: z
      .array(z.object({ by: Someone, text, at: instant }))
      .describe('The last 20 notes; the events have all of them'),
    granted: z
      .array(z.object({ path: text, asked: text, given: text }))
      .describe('What was granted otherwise than it was asked for'),
    raisedBy: text.describe('Subject of who raised it; empty when a rule did'),
    proposal: Proposal.nullable().describe('Fields that an approval would set'),
    correction: Proposal.extend({
      state: z
        .enum(['UNDER_WAY', 'NOT_CURED'])
        .describe('UNDER_WAY until the order carries it; NOT_CURED when the rule still holds on that'),
    })
      .nullable()
      .describe('What somebody put right while the case goes on'),
    approvals: z.object({ by: z.array(Someone), needed: z.int() }).describe('Who has approved so far'),
    fourEyes: z
      .boolean()
      .describe(
        'Two people: values that somebody sets, or grants otherwise than they were asked for, wait for somebody else',
      ),
    reopened: z.int().describe('How often it was opened again'),
    closedBy: text,
    closedReason: text,
  }),
)

export const Receipt = named(
  'Receipt',
  z.object({
    startedAt: instant.describe('When the case was opened, or opened again'),
    closedAt: instant.nullable(),
    policyVersion: z.int().describe('Version whose times count'),
    owner: text.describe('Role in whose calendar they count'),
    within: text.describe('As the policy writes it, such as 2 working hours'),
    due: instant.nullable().describe('By when the owner has to decide; null while the case waits'),
    lines: z
      .array(z.object({ from: instant, to: instant, kind: z.enum(['ran', 'paused', 'closed']) }))
      .describe('Without gaps from the start until the end, now, or the due instant'),
    ranMs: z.int(),
    pausedMs: z.int().describe('The case waited for an answer'),
    closedMs: z.int().describe('The calendar was closed'),
  }),
)

/** Every type of case event that this desk knows; UNKNOWN for what a newer router says. */
const eventTypes = Object.keys({
  OPENED: 0,
  EVIDENCE_CHANGED: 0,
  ORDER_CHANGED: 0,
  ASSIGNED: 0,
  ESCALATED: 0,
  REMINDED: 0,
  REPLANNED: 0,
  ASKED: 0,
  ANSWERED: 0,
  UNANSWERED: 0,
  NOTED: 0,
  PROPOSED: 0,
  APPROVAL_GIVEN: 0,
  CORRECTED: 0,
  NOT_CURED: 0,
  CLOSED: 0,
  REOPENED: 0,
  SETTLED: 0,
  STOP_LIFTED: 0,
  REFUSED: 0,
  NOTICE_REQUESTED: 0,
  NOTICE_SENT: 0,
  NOTICE_FAILED: 0,
  UNKNOWN: 0,
} satisfies Record<CaseEventType, 0>) as CaseEventType[]

export const CaseEvent = named(
  'CaseEvent',
  z.looseObject({
    eventId: text,
    orderId: text,
    sequence: z.int(),
    caseId: text,
    type: z.enum(eventTypes),
    actor: Actor,
    reason: text,
    commandId: text.describe('The command behind it; empty when there is none'),
    revision: z.int(),
    digest: text,
    policyVersion: z.int(),
    rosterVersion: z.int(),
    at: instant,
    opened: z
      .looseObject({
        type: text,
        name: text,
        owner: text,
        requestId: text,
        raisedBy: text,
        earlierCase: text,
        holds: z.array(text),
      })
      .nullable(),
    evidenceChanged: z
      .looseObject({ evidence: z.array(z.object({ expression: text, value: text })) })
      .nullable(),
    escalated: z.looseObject({ level: z.int(), to: text }).nullable(),
    closed: z
      .looseObject({
        outcome: text,
        corrections: z.array(Correction),
        asked: z
          .array(z.object({ path: text, value: text }))
          .describe('What was asked for where something else was given'),
        stops: z.array(text),
      })
      .nullable(),
    refused: z.looseObject({ code: text, message: text, action: text }).nullable(),
    notice: z
      .looseObject({
        noticeId: text,
        to: text,
        message: text,
        detail: text,
        attempt: z.int(),
        retryAt: instant.nullable(),
      })
      .nullable(),
    clock: z
      .looseObject({ startedAt: instant, deadline: instant.nullable(), policyVersion: z.int() })
      .nullable(),
    assigned: Someone.nullable(),
    question: Question.nullable(),
    proposal: Proposal.nullable(),
    approval: z.looseObject({ given: z.int(), needed: z.int() }).nullable(),
    reopened: z.looseObject({ holds: z.array(text) }).nullable(),
    corrected: z.looseObject({ corrections: z.array(Correction) }).nullable(),
  }),
)

export const CommandDone = named(
  'CommandDone',
  z.object({ commandId: text, status: z.literal('done'), case: CaseDetail, events: z.array(CaseEvent) }),
)
export const CommandPending = named(
  'CommandPending',
  z.object({ commandId: text, status: z.literal('pending') }),
)

const BulkOutcome = z.object({
  caseId: text,
  commandId: text.describe('Made of the Idempotency-Key and the case'),
  status: z
    .enum(['done', 'refused', 'pending', 'failed'])
    .describe('failed: Kafka was not reached, or did not say; the same may be sent again'),
  code: text.describe('Of a refusal or failure'),
  message: text,
  case: CaseSummary.nullable().describe('The case now; null when there is none'),
})

export const BulkDone = named('BulkDone', z.object({ outcomes: z.array(BulkOutcome) }))

/** Which cases a list has. */
export const CaseStatusFilter = z.enum(['open', 'waiting', 'stopped', 'closed', 'all'])

export const CaseList = z.object({ cases: z.array(ListedCase), next: z.string().nullable(), total: z.int() })

export const CaseView = z.object({
  case: CaseDetail,
  events: z.array(CaseEvent),
  receipts: z.array(Receipt),
})

export type Correction = z.output<typeof Correction>
export type Someone = z.output<typeof Someone>
export type Question = z.output<typeof Question>
export type Request = z.output<typeof Request>
export type CaseSummary = z.output<typeof CaseSummary>
export type ListedCase = z.output<typeof ListedCase>
export type CaseDetail = z.output<typeof CaseDetail>
export type Receipt = z.output<typeof Receipt>
export type CaseEvent = z.output<typeof CaseEvent>
export type CommandDone = z.output<typeof CommandDone>
export type Proposal = z.output<typeof Proposal>
export type CaseList = z.output<typeof CaseList>
export type CaseView = z.output<typeof CaseView>
export type BulkOutcome = z.output<typeof BulkOutcome>
export type CommandAnswer = CommandDone | CommandPending
export type Stops = ListedCase['stops']
export type CommandPending = z.output<typeof CommandPending>
export type BulkDone = z.output<typeof BulkDone>
export type CaseStatus = CaseSummary['status']
export type CaseStatusFilter = z.output<typeof CaseStatusFilter>
export type ReceiptLine = Receipt['lines'][number]
