import type { Instant, Order, PathValue, StageState, Verdict } from '@holdpoint/schemas'
import type { Ending } from './phrases.ts'

/** What is true of an order at the moment at which its customer is written to. */
export interface OrderNow {
  orderId: string
  order: Order
  stages: readonly StageNow[]
  cancelled: boolean
  /** Cases that the customer may know of, in the order in which they opened. */
  open: readonly OpenTopic[]
  /** Cases that an earlier letter spoke of and that have ended since. */
  ended: readonly EndedTopic[]
  /** What the customer has been asked and has not answered. */
  questions: readonly AskedQuestion[]
  /** What they were asked needs no answer any more, since the order has ended. */
  questionOver: boolean
  /** The latest deadline that keeps the order waiting; null when there is none, or when it waits for the customer. */
  hearFrom: Instant | null
  /** What an earlier letter promised in vain. */
  brokenPromise: Instant | null
}

export interface StageNow {
  stage: string
  verdict: Verdict
  state: StageState
}

export interface OpenTopic {
  /** Message of the policy; empty for none. */
  message: string
  /** What somebody asked for, if it is about a request. */
  asked: readonly PathValue[]
  /** A letter has said that it was over. */
  again?: boolean
}

export interface EndedTopic extends OpenTopic {
  /** Null for an end of which nothing is said but the words for the customer. */
  ending: Ending | null
  /** It was never anything but a request, and the ending is the answer to it. */
  isAnswer?: boolean
  /** What the order says differently since. */
  changed: readonly PathValue[]
  /** In the words of who decided it; empty for none. */
  forCustomer: string
}

export interface AskedQuestion {
  caseId: string
  questionId: string
  text: string
  answerBy: Instant
  /** This letter asks it. */
  isNew: boolean
}

/** A part of a letter. `FACT`: a label and a value, with a tab between them. */
export interface Part {
  kind: 'TEXT' | 'QUOTE' | 'FACT' | 'ANSWER_LINK' | 'SIGNATURE'
  text: string
  /** For ANSWER_LINK. */
  caseId?: string
  questionId?: string
  until?: Instant
}

/** A letter that is ready to be sent, in any form: plain text, HTML. */
export interface Letter {
  /** The language that it is written in. */
  language: string
  subject: string
  parts: Part[]
}
