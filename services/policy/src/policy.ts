import type { Action, Basis, CaseKind } from '@holdpoint/schemas'

/** One version of the policy, read and found sound. Plain data: the same text always gives the same policy. */
export interface Policy {
  title: string
  /** Role that sees the whole order, and owns what could not be judged. */
  orderOwner: string
  /** Stages of an order that can be held. */
  stages: string[]
  /** Exception types by name, in the order of the file; `cannot-classify` comes last. */
  types: ReadonlyMap<string, ExceptionType>
  /** Messages to the customer by name and language; each has a text in `en`. */
  messages: ReadonlyMap<string, ReadonlyMap<string, MessageText>>
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
  reviewers: string[]
  answerWithinMs: number
  /** Stages that a case of this type holds. */
  holds: string[]
  actions: Action[]
  /** Patterns of the fields that may be corrected, until the named stage starts. */
  mayCorrect: { fields: string[]; until: string }
  /** Name of the message to the customer; empty for none. */
  customer: string
}

/** Liquid templates. */
export interface MessageText {
  subject: string
  body: string
}

/** Something in a policy that has to be put right before it can be published. */
export interface PolicyError {
  /** Both count from 1. */
  line: number
  column: number
  /** What is wrong. */
  message: string
  /** What to write instead. */
  hint: string
}
