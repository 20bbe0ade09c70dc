import type { Action, Basis, CaseKind } from '@holdpoint/schemas'
import type { CalendarDefinition, Within } from './calendar/index.ts'
import type { StaffOccasion } from './duty/roster.ts'

/** One version of the policy, read and found sound. Plain data: the same text always gives the same policy. */
export interface Policy {
  title: string
  /** Role that sees the whole order, and owns what could not be judged. */
  orderOwner: string
  /** Stages of an order that can be held. */
  stages: string[]
  calendars: Readonly<Record<string, CalendarDefinition>>
  roles: ReadonlyMap<string, Role>
  /** Exception types by name, in the order of the file; the built-in ones come last. */
  types: ReadonlyMap<string, ExceptionType>
  /** Who writes to customers; null when the policy does not say. */
  company: Company | null
  /** What staff are told by mail at any hour, whatever they have switched off. */
  alwaysTold: readonly StaffOccasion[]
  /** What customers are told of a case, by name and language; each has a text in `en`. */
  messages: ReadonlyMap<string, ReadonlyMap<string, MessageText>>
  /**
   * How long the customer of a held order may be without a message, in the order owner's calendar; null for any time.
   */
  customerSilence: Within | null
  /** By kind of request: what is said to one that no rule names. One of any other kind is a case of the order owner. */
  requests: ReadonlyMap<string, RequestAnswer>
}

export type RequestAnswer = 'ACCEPT' | 'REFUSE'

export interface Role {
  /** Whose opening hours count for it; empty for none, when it has no working time to keep. */
  calendar: string
  /** Empty for a role that owns nothing. */
  backup: string
}

/** Who may decide besides, and from when on. */
export interface Level {
  to: string
  /** Time since the level before took over, in that level's calendar; null: at the deadline itself. */
  after: Within | null
}

export interface ExceptionType {
  /** Its name in the file, such as `billing-terms`. */
  type: string
  /** Plain name for people. */
  name: string
  kind: CaseKind
  /** The rule as a sentence for people. */
  rule: string
  /** The rule as an expression for the machine; empty for a built-in type. */
  when: string
  basis: Basis
  owner: string
  backup: string
  /** The levels above the owner, in order: the backup first. Beyond the last nobody follows. */
  ladder: Level[]
  reviewers: string[]
  /** Roles that may ask for it; empty for any. */
  requestedBy: string[]
  /** In the owner's calendar. */
  answerWithin: Within
  /** Share of that time after which the owner is reminded; null for never. */
  remindAtPercent: number | null
  /** Stages that a case of this type holds. */
  holds: string[]
  /** Stages that a rejection or a stop of it stops; empty for all of them. */
  stops: string[]
  actions: Action[]
  /** Patterns of the fields that may be corrected, until the named stage starts. */
  mayCorrect: { fields: string[]; until: string }
  /** A correction waits until somebody else approves it. */
  fourEyes: boolean
  /** How many people have to approve. */
  approvals: number
  /** The order owner releases the order once its cases are closed. */
  clearance: boolean
  /** Name of the message to the customer; empty for none. */
  customer: string
}

/** Who writes to customers, and where they can answer. Empty for what the policy does not say. */
export interface Company {
  name: string
  email: string
  phone: string
}

/**
 * What a customer is told of a case, as Liquid templates. A text claims nothing about stages and times: the letter in which it
 * stands does. Empty for what it does not say.
 */
export interface MessageText {
  subject: string
  /** What the case is about. */
  about: string
  /** What the customer is asked for, while the case is open. */
  asks: string
  approved: string
  rejected: string
  corrected: string
  stopped: string
  /** The case ended by itself: its rule no longer holds, or the request was taken back. */
  settled: string
}
