import { replanClock } from './clock.ts'
import type { NewEvent } from './event.ts'
import { type Asked, type Refusal, refuse } from './refusal.ts'

/** A policy that is published later never moves a running deadline by itself. */
export function checkReplannable({ one, context }: Asked): Refusal | undefined {
  const { clock, level } = one
  const version = context.latestPolicy()
  if (version <= clock.policyVersion)
    return refuse(
      'ACTION_NOT_ALLOWED',
      `The deadline goes by policy version ${clock.policyVersion}, the newest.`,
    )
  if (!context.policy(version).types.has(one.type))
    return refuse(
      'ACTION_NOT_ALLOWED',
      `Policy version ${version} has no "${one.name}" any more: the deadline stays.`,
    )
  if (clock.deadline === null)
    return refuse('ACTION_NOT_ALLOWED', 'The clock stands still while the case waits for an answer.')
  if (level > 0) return refuse('ACTION_NOT_ALLOWED', 'The case has gone to the next level already.')
  return undefined
}

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
