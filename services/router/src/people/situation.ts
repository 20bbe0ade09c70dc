import type { Situation, Who } from '@holdpoint/policy/authority'
import type { Actor } from '@holdpoint/schemas'
import { factsOf } from '../record/facts.ts'
import type { Asked } from './asked.ts'

export function situationOf({ state, one, type, policy, staff, now, context }: Asked): Situation {
  const version = context.latestPolicy()
  return {
    one: factsOf(state, one),
    type,
    orderOwner: policy.orderOwner,
    roster: staff?.roster,
    now,
    newest: { version, hasType: version > 0 && context.policy(version).types.has(one.type) },
  }
}

/** The record says of people what their subject, name and roles were; addresses are in the roster. */
export const whoActs = ({ subject, name, roles }: Actor): Who => ({ subject, name, roles, email: '' })
