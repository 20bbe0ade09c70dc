import type { Action, Assignee, Instant, Question, RefusalCode } from '@holdpoint/schemas'
import type { CompiledRoster, Person } from '../duty/index.ts'
import type { ExceptionType } from '../policy.ts'

/** What a case says that decides who may do what about it: the router's record and the desk's row both say it. */
export interface CaseFacts {
  name: string
  /** Open, or waiting for an answer. */
  isOpen: boolean
  /** How it ended, in words; empty parts while it is open. */
  ended: { outcome: string; by: string; reason: string }
  /** The level it has come to, 0 for its owner. */
  level: number
  actions: readonly Action[]
  /** Subject of who has it; empty for nobody. */
  assignee: string
  /** What waits for its decision by this case; null for nothing. */
  request: { by: string; role: string } | null
  /** Subject of who raised it; empty when a rule did. */
  raisedBy: string
  question: Pick<Question, 'to' | 'text' | 'answerBy'> | null
  /** Subject of who proposed the fields that wait for a yes; null while none do. */
  proposedBy: string | null
  /** Subjects of those who have approved so far, and of those in whose place they did. */
  approvals: readonly string[]
  approvedFor: readonly string[]
  /** Whose correction is on its way into the order; null for nobody's. */
  correctedBy: Assignee | null
  clock: { policyVersion: number; deadline: Instant | null }
}

/** What a type says of people, in the policy whose times and people count for the case. */
export type TypeFacts = Pick<
  ExceptionType,
  'name' | 'owner' | 'ladder' | 'reviewers' | 'requestedBy' | 'approvals' | 'fourEyes'
>

/** A case among people. `roster`: undefined while none is published. */
export interface Situation {
  one: CaseFacts
  type: TypeFacts
  orderOwner: string
  roster: CompiledRoster | undefined
  now: Instant
  newest: NewestPolicy
}

/** The newest policy that can be read. */
export interface NewestPolicy {
  version: number
  /** Whether it has the type of the case. */
  hasType: boolean
}

/** Who wants to do something. Their roles count only while no roster is published. */
export type Who = Pick<Person, 'subject' | 'name' | 'email' | 'roles'>

/** A "no": why, and what to do, in words. */
export interface Refusal {
  code: RefusalCode
  message: string
}
