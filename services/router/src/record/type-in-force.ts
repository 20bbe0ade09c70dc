import { cannotClassify, type ExceptionType, type Policy } from '@holdpoint/policy'
import type { CaseState } from '@holdpoint/schemas'
import type { Context } from './input.ts'

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
