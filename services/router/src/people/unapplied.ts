import { shortened } from '@holdpoint/schemas'
import { isNamed } from '../cases/unnamed.ts'
import type { NewEvent } from '../record/event.ts'
import { requestOf } from '../record/facts.ts'
import { router } from '../record/input.ts'
import { type Refusal, refuse } from '../record/refusal.ts'
import type { Asked } from './asked.ts'

/** Characters of a value that a sentence repeats. */
const mostQuoted = 100
/** How many fields a sentence names. */
const mostTold = 5

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
  const proposes = requestOf(state, one)?.proposes ?? []
  if (proposes.length === 0 || isNamed(state, one)) return []
  const told = proposes
    .slice(0, mostTold)
    .map(({ path, value }) => `${path} "${shortened(value, mostQuoted)}"`)
  const left = proposes.length > mostTold ? ` and ${proposes.length - mostTold} more` : ''
  const reason = `No rule of the policy names this request, so nothing of it was applied: ${told.join(', ')}${left}.`
  const { caseId, policyVersion } = one
  return [{ type: 'NOTED', caseId, policyVersion, actor: router, commandId: '', reason }]
}
