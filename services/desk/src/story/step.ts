import type { Instant } from '@holdpoint/schemas'
import type { Place } from './records.ts'

/** What kind of thing happened. */
export type StepKind = 'came-in' | 'case' | 'told' | 'decided' | 'refused' | 'forgotten'

/** One thing that happened, told so that it can be read aloud. */
export interface Step {
  at: Instant
  kind: StepKind
  /** Who did it, by name; empty when Holdpoint itself did. */
  who: string
  /** One sentence. */
  text: string
  /** More sentences that belong to it. */
  details: string[]
  /** The case that it is about; empty for none. */
  caseId: string
  /** Policy version that it rests on; 0 for none. */
  policyVersion: number
  /** The records that say so, the one that says most first. */
  records: Place[]
}
