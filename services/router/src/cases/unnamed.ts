import { type ExceptionType, kindMeant, type Policy, unnamedRequest } from '@holdpoint/policy'
import { type CaseState, type Request, type RouterState, shortened } from '@holdpoint/schemas'
import { isOpen } from '../record/state.ts'

/*
 * What no rule names is answered, and changes nothing: no rule says whose it is to grant, and the order owner has the
 * case only so that somebody answers it.
 */

/** Characters of a kind that a sentence repeats. */
const mostQuoted = 100

/** Whether a rule names what a case is about; another case of the same request that waits or was granted says so as well. */
export function isNamed({ cases }: RouterState, { type, requestId }: CaseState): boolean {
  if (type !== unnamedRequest) return true
  return cases.some(
    (other) =>
      other.requestId === requestId &&
      other.type !== unnamedRequest &&
      (isOpen(other) || other.outcome === 'APPROVED' || other.outcome === 'CORRECTED'),
  )
}

/** The rule of a case, with what may have been meant by a kind that no rule names. */
export function ruleFor(type: ExceptionType, request: Request | undefined, policy: Policy): string {
  const kind = type.type === unnamedRequest ? request?.kind : undefined
  const meant = kind === undefined ? undefined : kindMeant(policy, kind)
  if (kind === undefined || meant === undefined) return type.rule
  return `${type.rule} Its kind is "${shortened(kind, mostQuoted)}": did you mean ${meant}? Then reject it, so that it is asked anew as that and comes to who may grant it.`
}
