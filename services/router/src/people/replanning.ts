import { replanClock } from '../deadlines/clock.ts'
import type { NewEvent } from '../record/event.ts'
import type { Asked } from './asked.ts'

/** The deadline by the times of the newest policy, counted since the same instant. */
export function replan({ command, one, context }: Asked): NewEvent[] {
  const { actor, reason, commandId } = command
  const { caseId, policyVersion, clock } = one
  const version = context.latestPolicy()
  const policy = context.policy(version)
  const type = policy.types.get(one.type)
  if (!type) return []
  return [
    {
      type: 'REPLANNED',
      caseId,
      actor,
      reason,
      commandId,
      policyVersion,
      clock: replanClock(clock, { policy, version, type }, context.now),
    },
  ]
}
