import { z } from 'zod'
import { Actor, decimal, instant, named, text } from './shape-registry.ts'

export const Correction = named(
  'Correction',
  z.strictObject({
    path: z.string().min(1).max(300).describe('Field, such as shipping.city'),
    expected: z.string().max(10_000).describe('The value that was displayed'),
    value: z.string().max(10_000).describe('The new value'),
  }),
)

const Assignee = z.object({ subject: text, name: text })
const Question = z.object({
  questionId: text,
  to: text.describe('`customer`, `requester` or a role'),
  text,
  answerBy: instant,
})

export const CaseSummary = named(
  'CaseSummary',
  z.object({
    caseId: text,
    orderId: text,
    type: text,
    name: text,
    kind: text,
    status: z.enum(['OPEN', 'WAITING', 'CLOSED']),
    outcome: text,
    owner: text.describe('Owner role'),
    backup: text,
    level: z.int().describe('0 while only the owner decides, 1 once the backup may as well, and so on'),
    decider: text.describe('Role that is expected to decide now'),
    assignee: Assignee.nullable().describe('Who has it; null while nobody is on duty'),
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
    mayAct: z.boolean().describe('Whether one of those ends the case'),
    mayCorrect: z.array(text).describe('Field patterns, such as shipping.*'),
    mayStop: z.array(text).describe('Stages that a rejection or a stop stops; empty for all of them'),
    correctUntil: text,
    requestId: text,
    request: z
      .object({
        requestId: text,
        kind: text,
        text: text.describe('In the words of who asks'),
        by: text,
        role: text,
        proposes: z.array(z.object({ path: text, value: text })),
      })
      .nullable()
      .describe('What is asked for; null when the case is about no request'),
    openedReason: text.describe('What the matter is, in the words of who raised it; else why it opened'),
    notes: z
      .array(z.object({ by: Assignee, text, at: instant }))
      .describe('The last 20 notes; the events have all of them'),
    granted: z
      .array(z.object({ path: text, asked: text, given: text }))
      .describe('What was granted otherwise than it was asked for'),
    raisedBy: text.describe('Subject of who raised it; empty when a rule did'),
    proposal: z
      .object({ corrections: z.array(Correction), by: Assignee })
      .nullable()
      .describe('Fields that an approval would set'),
    correction: z
      .object({
        corrections: z.array(Correction),
        by: Assignee,
        state: z
          .enum(['UNDER_WAY', 'NOT_CURED'])
          .describe('UNDER_WAY until the order carries it; NOT_CURED when the rule still holds on that'),
      })
      .nullable()
      .describe('What somebody put right while the case goes on'),
    approvals: z.object({ by: z.array(Assignee), needed: z.int() }).describe('Who has approved so far'),
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

export const CaseEvent = named(
  'CaseEvent',
  z.looseObject({
    eventId: text,
    orderId: text,
    sequence: z.int(),
    caseId: text,
    type: text,
    actor: Actor,
    reason: text,
    commandId: text,
    revision: z.int(),
    digest: text,
    policyVersion: z.int(),
    at: instant,
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
