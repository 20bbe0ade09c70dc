import type { ExceptionType, Policy } from '@holdpoint/policy'
import type { CaseState, Command, Instant, RouterState } from '@holdpoint/schemas'
import type { Context, Staff } from '../record/input.ts'
import type { Refusal } from '../record/refusal.ts'

/** A command on a case that exists, with what it is judged by. */
export interface Asked {
  command: Command
  state: RouterState
  one: CaseState
  /** The version that the case keeps. */
  policy: Policy
  /** Its type in the policy whose times and people count for it. */
  type: ExceptionType
  /** Undefined while no roster is published. */
  staff: Staff | undefined
  now: Instant
  context: Context
}

export type Check = (asked: Asked) => Refusal | undefined
