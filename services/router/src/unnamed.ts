import { type ExceptionType, kindMeant, type Policy, unnamedRequest } from '@holdpoint/policy'
import { type CaseState, type Request, type RouterState, shortened } from '@holdpoint/schemas'
import type { NewEvent } from './event.ts'
import { router } from './input.ts'
import { type Asked, type Refusal, refuse } from './refusal.ts'
import { isOpen } from './state.ts'

/*
 * What no rule names is answered, and changes nothing: no rule says whose it is to grant, and the order owner has the
 * case only so that somebody answers it.
 */

/** Characters of a kind that a sentence repeats. */
const mostQuoted = 100
/** How many fields a sentence names. */
const mostTold = 5

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

/** Nobody says values to what would not be applied. */
export function checkNamed({ command, state, one }: Asked): Refusal | undefined {
  if (command.corrections.length === 0 || isNamed(state, one)) return undefined
  return refuse(
    'FIELD_NOT_CORRECTABLE',
    'No rule of the policy names this request, so nothing of the order is changed by it: leave the values out, or reject it, so that it is asked as something that the policy knows.',
  )
}

/** What the request would have changed stays as it is, and the case says so. */
export function tellUnapplied({ state, one }: Asked): NewEvent[] {
  const open = state.requests.find(({ request }) => request.requestId === one.requestId)
  const proposes = open?.request.proposes ?? []
  if (proposes.length === 0 || isNamed(state, one)) return []
  const told = proposes
    .slice(0, mostTold)
    .map(({ path, value }) => `${path} "${shortened(value, mostQuoted)}"`)
  const left = proposes.length > mostTold ? ` and ${proposes.length - mostTold} more` : ''
  const reason = `No rule of the policy names this request, so nothing of it was applied: ${told.join(', ')}${left}.`
  const { caseId, policyVersion } = one
  return [{ type: 'NOTED', caseId, policyVersion, actor: router, commandId: '', reason }]
}

/** The rule of a case, with what may have been meant by a kind that no rule names. */
export function ruleFor(type: ExceptionType, request: Request | undefined, policy: Policy): string {
  const kind = type.type === unnamedRequest ? request?.kind : undefined
  const meant = kind === undefined ? undefined : kindMeant(policy, kind)
  if (kind === undefined || meant === undefined) return type.rule
  return `${type.rule} Its kind is "${shortened(kind, mostQuoted)}": did you mean ${meant}? Then reject it, so that it is asked anew as that and comes to who may grant it.`
}
