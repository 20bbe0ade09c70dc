import {
  type CaseState,
  type Command,
  type PathValue,
  type RouterState,
  readField,
  valueProblems,
} from '@holdpoint/schemas'
import { firstRefusal, type Refusal, refuse } from '../record/refusal.ts'
import { checkRoom } from './correction-room.ts'
import { checkPossible } from './less-than-asked.ts'
import { effectiveCorrections, proposalsOf } from './proposed-fields.ts'

/** Whether what is granted, by a person or by the policy, is still there and can be set. */
export function checkGrant(
  state: RouterState,
  one: Pick<CaseState, 'requestId' | 'proposal'>,
  said: Pick<Command, 'actor' | 'reason'>,
): Refusal | undefined {
  const proposals = proposalsOf(state, one)
  return (
    firstRefusal(proposals, ({ path }) => checkThere(state, path) ?? checkUnderWay(state, path)) ??
    checkProposedValues(state, proposals) ??
    firstRefusal(proposals, (field) => (state.order ? checkPossible(state.order, field) : undefined)) ??
    checkEffective(state, said, proposals)
  )
}

/** Whether the corrections that come of it, and the order that they make, can be sent. */
export function checkEffective(
  state: RouterState,
  said: Pick<Command, 'actor' | 'reason'>,
  fields: readonly PathValue[],
): Refusal | undefined {
  return state.order
    ? checkRoom(state, said, effectiveCorrections(state.order, fields), state.order)
    : undefined
}

/** Nobody sets what another correction sets at this moment. */
export function checkUnderWay({ cases }: RouterState, path: string): Refusal | undefined {
  const other = cases.find(({ corrections }) => corrections.some((one) => one.path === path))
  if (!other) return undefined
  return refuse(
    'VALUE_CHANGED',
    `"${path}" was put right a moment ago in the case "${other.name}": look at the order again.`,
  )
}

function checkProposedValues({ order }: RouterState, proposals: readonly PathValue[]): Refusal | undefined {
  const [problem] = order ? valueProblems(order, proposals) : []
  if (!problem) return undefined
  return refuse(
    'FIELD_NOT_CORRECTABLE',
    `The request cannot be granted as it stands: reject it, so that it is asked anew. ${problem.message}`,
  )
}

function checkThere({ order }: RouterState, path: string): Refusal | undefined {
  if (order && readField(order, path) !== undefined) return undefined
  return refuse('VALUE_CHANGED', `The request would set "${path}", which the order no longer has: reject it.`)
}
