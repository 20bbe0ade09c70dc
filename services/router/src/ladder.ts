import { cannotClassify, type ExceptionType, type Policy } from '@holdpoint/policy'
import { whoIsOnDuty } from '@holdpoint/policy/duty'
import type { Assignee, CaseState, Instant } from '@holdpoint/schemas'
import type { Context, Staff } from './input.ts'

/** The roles that may come to decide a case, the owner first. */
export type Ladder = readonly string[]

export const nobody: Assignee = { subject: '', name: '' }

export const ladderOf = ({ owner, ladder }: Pick<ExceptionType, 'owner' | 'ladder'>): Ladder => [
  owner,
  ...ladder.map(({ to }) => to),
]

/** The exception type of a case, in the policy whose times count for it. */
export function typeInForce({ type, clock }: CaseState, { policy }: Context): ExceptionType {
  return typeIn(policy(clock.policyVersion), type)
}

/** A type that the policy does not have, as its classifier was ahead of it, is what cannot be classified. */
export function typeIn(policy: Policy, type: string): ExceptionType {
  const known = policy.types.get(type) ?? policy.types.get(cannotClassify)
  if (!known) throw new Error(`The policy has neither the type "${type}" nor "${cannotClassify}".`)
  return known
}

/** Whose turn it is to decide. */
export interface Turn {
  level: number
  /** The person on duty; nobody when no level has one. */
  assignee: Assignee
  /** Roles that were passed over, since nobody of them is on duty. */
  away: readonly string[]
}

/**
 * The first level from `from` on with somebody on duty. Nobody on duty never means waiting; where no level has
 * anybody, it stays with the first one asked. Without a roster every level counts as there.
 */
export function turnAt(ladder: Ladder, from: number, staff: Staff | undefined, now: Instant): Turn {
  if (!staff) return { level: from, assignee: nobody, away: [] }
  for (let level = from; level < ladder.length; level++) {
    const [person] = whoIsOnDuty(staff.roster, ladder[level] as string, now).onDuty
    if (person) return { level, assignee: assigneeOf(person), away: ladder.slice(from, level) }
  }
  return { level: from, assignee: nobody, away: [] }
}

export const assigneeOf = ({ subject, name }: Assignee): Assignee => ({ subject, name })
