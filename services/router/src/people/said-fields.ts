import type { Proposal, RouterState } from '@holdpoint/schemas'
import { effectiveCorrections } from '../fields/proposed-fields.ts'
import { assigneeOf } from '../record/facts.ts'
import type { Asked } from './asked.ts'

/** The fields that come with a command; null for none. */
export function proposalIn({ command, state }: Pick<Asked, 'command' | 'state'>): Proposal | null {
  const corrections = fieldsToSet(state, command.corrections)
  return corrections.length === 0 ? null : { corrections, by: assigneeOf(command.actor) }
}

/** Fields as intake will set them; none while the order is not known. */
export function fieldsToSet({ order }: RouterState, fields: readonly { path: string; value: string }[]) {
  return order ? effectiveCorrections(order, fields) : []
}
