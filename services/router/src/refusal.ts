import type { ExceptionType, Policy } from '@holdpoint/policy'
import { type Refusal, refuse } from '@holdpoint/policy/authority'
import type { CaseState, Command, Instant, RouterState } from '@holdpoint/schemas'
import type { Context, Staff } from './input.ts'

export { type Refusal, refuse }

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

/** Characters of a message that says several things at once. */
const longestTogether = 1_000

/** Everything that is wrong in one sentence after the other; the code is that of the first. Undefined for nothing. */
export function refuseAll(refusals: readonly Refusal[]): Refusal | undefined {
  const [first] = refusals
  return first && refuse(first.code, refusals.map(({ message }) => message).join(' '), longestTogether)
}

/** The first "no" of several checks. */
export function firstRefusal<T>(
  items: readonly T[],
  check: (item: T) => Refusal | undefined,
): Refusal | undefined {
  for (const item of items) {
    const refusal = check(item)
    if (refusal) return refusal
  }
  return undefined
}
