import type { Order } from '@holdpoint/schemas'
import { z } from 'zod'
import { CaseEvent, ListedCase, Request } from './cases.ts'
import { Actor, decimal, instant, named, text } from './registry.ts'

export const Person = named(
  'Person',
  z.strictObject({
    subject: z.string().min(1).max(100).describe('Immutable id'),
    name: z.string().min(1).max(200),
    email: z.union([z.email(), z.literal('')]).default(''),
    roles: z.array(z.string().min(1).max(100)).max(50),
  }),
)

export const StageVerdict = named(
  'StageVerdict',
  z.object({
    stage: text,
    verdict: z.enum(['PROCEED', 'HOLD', 'STOP', 'UNKNOWN']),
    caseIds: z.array(text),
    recall: z.boolean(),
    tooLate: z.boolean(),
  }),
)

const Change = z.object({ path: text, from: text, to: text, origin: text, by: text, why: text })
const DeadLetterPlace = z.object({ topic: text, partition: z.int(), offset: z.int() })
export const DeadLetter = named(
  'DeadLetter',
  DeadLetterPlace.extend({
    letter: DeadLetterPlace.describe('Where the dead letter itself lies'),
    orderId: text,
    service: text.describe('Who refused it'),
    code: text,
    problems: z.array(z.object({ path: text, message: text })),
    timestamp: instant.describe("The record's own time"),
    at: instant,
    attempt: z.int().describe('How often the record had been replayed when it was refused'),
    replay: z
      .object({
        replayId: text,
        attempt: z.int(),
        by: Actor,
        reason: text,
        at: instant,
        refusedAgain: DeadLetterPlace.nullable().describe(
          'The dead letter that it became again, so far as known',
        ),
      })
      .nullable()
      .describe('Its last replay'),
  }),
)

export const ReplaysSent = named(
  'ReplaysSent',
  z.object({
    replays: z.array(
      DeadLetterPlace.extend({
        replayId: text,
        orderId: text,
        service: text,
        code: text,
        attempt: z.int(),
        letter: DeadLetterPlace,
      }),
    ),
    notSent: z.array(z.object({ letter: DeadLetterPlace, why: text })).describe('What no service could take'),
    left: z.int().describe('How many more of them there are: ask again'),
  }),
)

export const Forgotten = named(
  'Forgotten',
  z.object({
    orders: z.array(text).describe('Ids of the orders'),
    erased: z.boolean().describe('Whether the desk has erased them already; else it does so in a moment'),
  }),
)

export const OrderItem = named(
  'OrderItem',
  z.object({
    orderId: text,
    revision: z.int(),
    customerName: text,
    total: decimal,
    currency: text,
    cancelled: z.boolean(),
    standing: z.enum(['PROCEED', 'HOLD', 'STOP']).nullable().describe('null before the first decision'),
    openCases: z.int(),
    changedAt: instant,
  }),
)

/** The order as in orders.revisions.v1, its instants as ISO 8601. */
export type ShownOrder = Omit<Order, 'placedAt'> & { placedAt: string }

/** What its fields are says the schema of the topic. */
const OrderShown: z.ZodType<ShownOrder> = z.looseObject({}) as never

export const OrderView = named(
  'OrderView',
  z.object({
    orderId: text,
    revision: z.int(),
    digest: text,
    order: OrderShown.nullable().describe('The effective order, as in orders.revisions.v1'),
    total: decimal,
    stages: z.record(text, text),
    requests: z.array(z.object({ request: Request, openedAt: instant, revision: z.int() })),
    facts: z.record(text, text),
    cancelled: z.boolean(),
    verdicts: z.array(StageVerdict),
    cases: z.array(ListedCase),
    revisions: z.array(
      z.object({
        revision: z.int(),
        at: instant,
        cause: z.object({ kind: text, source: text, eventId: text, occurredAt: instant }),
        changes: z.array(Change),
      }),
    ),
    decisions: z.array(
      z.looseObject({
        decisionId: text,
        sequence: z.int(),
        revision: z.int(),
        verdicts: z.array(StageVerdict),
        by: Actor,
        reason: text,
        at: instant,
      }),
    ),
    events: z.array(CaseEvent),
    notices: z.array(
      z.object({
        noticeId: text,
        attempt: z.int(),
        status: text,
        permanent: z.boolean(),
        detail: text,
        at: instant,
        channel: text.describe(
          'EMAIL, CHAT, WEBHOOK or DESK; empty while the desk has not read what was asked for',
        ),
        to: text.describe('Name of whoever it went to'),
        address: text.describe('Of an e-mail'),
        caseIds: z.array(text).describe('The cases that it is about'),
        subject: text,
      }),
    ),
    deadLetters: z.array(DeadLetter),
  }),
)

const published = {
  version: z.int(),
  digest: text,
  changes: z.array(text).describe('What is different from the version before, in plain words'),
  by: Actor,
  reason: text,
  at: instant,
}

export const PolicyItem = named('PolicyItem', z.object({ ...published, title: text }))
export const PolicyVersion = named('PolicyVersion', PolicyItem.extend({ text }))
export const RosterItem = named('RosterItem', z.object(published))
export const RosterVersion = named('RosterVersion', RosterItem.extend({ text, people: z.array(Person) }))

export const FileError = named(
  'FileError',
  z.object({ line: z.int(), column: z.int(), message: text, hint: text }),
)

export const Published = named(
  'Published',
  z.object({
    version: z.int(),
    digest: text,
    changes: z.array(text),
    warnings: z.array(FileError),
    unchanged: z.boolean().describe('The version in force has this text already: nothing was published'),
  }),
)

const answer = z.object({ yes: z.boolean(), why: text })

export const PolicyCheck = named(
  'PolicyCheck',
  z.object({
    ok: z.boolean(),
    title: text,
    errors: z.array(FileError),
    warnings: z.array(FileError),
    types: z
      .array(
        z.object({
          type: text,
          name: text,
          owner: answer,
          trigger: answer,
          fix: answer,
          trail: answer,
          customer: answer,
        }),
      )
      .describe('What each exception type answers to the five questions'),
  }),
)

export const ExceptionType = named(
  'ExceptionType',
  z.object({
    type: text,
    name: text,
    kind: text,
    rule: text,
    owner: text,
    holds: z.array(text),
    mayCorrect: z.array(text).describe('Field patterns, such as shipping.*'),
  }),
)

export const Summary = named(
  'Summary',
  z.object({
    orders: z.int(),
    proceeded: z.int(),
    held: z.int(),
    stopped: z.int().describe('Stopped here, and not cancelled by their source'),
    cancelled: z.int().describe('Stopped, as their source has cancelled them'),
    cases: z.record(text, z.object({ name: text, open: z.int(), closed: z.int(), overdue: z.int() })),
    deadLetters: z.record(text, z.int()),
  }),
)

export const ProblemBody = named(
  'Problem',
  z.looseObject({
    type: text,
    title: text,
    status: z.int(),
    code: text,
    detail: text,
    errors: z
      .array(
        z.looseObject({
          path: text.optional(),
          line: z.int().optional(),
          column: z.int().optional(),
          message: text,
          hint: text.optional(),
        }),
      )
      .optional(),
  }),
)

export type Person = z.output<typeof Person>
export type StageVerdict = z.output<typeof StageVerdict>
export type DeadLetter = z.output<typeof DeadLetter>
export type ReplaysSent = z.output<typeof ReplaysSent>
export type Forgotten = z.output<typeof Forgotten>
export type OrderItem = z.output<typeof OrderItem>
export type OrderView = z.output<typeof OrderView>
export type PolicyItem = z.output<typeof PolicyItem>
export type PolicyVersion = z.output<typeof PolicyVersion>
export type RosterItem = z.output<typeof RosterItem>
export type RosterVersion = z.output<typeof RosterVersion>
export type FileError = z.output<typeof FileError>
export type Published = z.output<typeof Published>
export type PolicyCheck = z.output<typeof PolicyCheck>
export type ExceptionType = z.output<typeof ExceptionType>
export type Summary = z.output<typeof Summary>
export type Change = OrderView['revisions'][number]['changes'][number]
export type OpenRequest = OrderView['requests'][number]
export type RevisionEntry = OrderView['revisions'][number]
export type DecisionEntry = OrderView['decisions'][number]
/** A version of the policy or of the roster. */
export type FileVersion = Omit<PolicyVersion, 'title'>
/** RFC 9457. */
export type Problem = z.output<typeof ProblemBody>
