/** Why a customer is written to. `ended`: what an earlier letter spoke of is decided. */
export type Occasion = 'held' | 'question' | 'unanswered' | 'silence' | 'ended'

/** How something that a customer was told of has ended. */
export type Ending = 'approved' | 'rejected' | 'corrected' | 'stopped' | 'settled'

/** What becomes of the stages of an order, as far as the customer feels it. */
export interface StagesInWords {
  waits(stages: readonly string[]): string
  goesOn(stages: readonly string[]): string
  isStopped(stages: readonly string[]): string
  hadBegun(stages: readonly string[]): string
  /** All that has not begun. */
  allGoesOn(stages: readonly string[]): string
  allIsStopped: string
  isCancelled: string
}

/** Payment terms of which there is a standard form. */
export interface TermsInWords {
  net(days: number): string
  /** `2/10 NET 30`. */
  discount(percent: string, within: number, days: number): string
  inAdvance: string
  onDelivery: string
  onReceipt: string
}

/**
 * All that a letter says by itself in one language. Each sentence claims one thing, so that it can be left out where it is
 * not so. Sentences of the policy stand beside them and claim nothing about stages and times.
 */
export interface Phrases {
  /** For dates and amounts, where the customer's country has no form of its own in this language: a BCP 47 tag. */
  locale: string
  greeting(name: string): string
  /** Whether the sentence behind the greeting begins with a capital letter. */
  capitalAfterGreeting: boolean
  subject: Record<Occasion | 'goesOn' | 'isStopped' | 'isCancelled', (orderId: string) => string>
  about: Record<'held' | 'silence' | 'unanswered', (orderId: string) => string>
  /** What was said to be over is looked at once more. */
  again: string
  tookLonger(when: string): string
  ending: Record<Ending, string>
  /** What was asked for was granted; a no is said as that of any other ending. */
  granted: string
  changed: string
  question: string
  openQuestion: string
  /** The order has ended before the answer came. */
  questionOver: string
  answerBy(when: string): string
  answerLink: string
  answerByMail: string
  wanted: string
  hearFrom(when: string): string
  nothingToDo: string
  stages: StagesInWords
  /** Fields of an order in the words of who ordered; those that are not here are not told. */
  fields: Readonly<Record<string, string>>
  terms: TermsInWords
  /** Other codes, by the path of their field; each in small letters, without blanks and dashes. */
  codes: Readonly<Record<string, Readonly<Record<string, string>>>>
  line(number: number, field: string): string
  yes: string
  no: string
  empty: string
}
