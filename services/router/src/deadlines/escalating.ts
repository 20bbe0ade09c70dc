import type { ExceptionType } from '@holdpoint/policy'
import { ladderOf, type Turn, turnAt } from '@holdpoint/policy/authority'
import type { CaseClock, CaseState, RouterState, TimerFired } from '@holdpoint/schemas'
import type { NewEvent } from '../record/event.ts'
import { handOf } from '../record/facts.ts'
import { type Context, router, slaTimer } from '../record/input.ts'
import { isOpen } from '../record/state.ts'
import { typeInForce } from '../record/type-in-force.ts'
import { levelClock } from './clock.ts'

/**
 * The deadline of the current level has passed: from now on the next may decide as well. Behind the last one nobody
 * follows, so it is reminded again and again. An old version changes nothing.
 */
export function escalate(
  state: RouterState,
  one: CaseState,
  { version }: Pick<TimerFired, 'version'>,
  context: Context,
): NewEvent[] {
  const { caseId, policyVersion, clock, level } = one
  if (!isOpen(one) || clock.deadline === null || clock.version !== version) return []
  const type = typeInForce(one, context)
  const ladder = ladderOf(type)
  const about = { caseId, policyVersion, actor: slaTimer, commandId: '' }
  const rules = { policy: context.policy(clock.policyVersion), version: clock.policyVersion, type }
  if (level >= ladder.length - 1) {
    const reason = `${ladder[level]} has not decided by the deadline, and nobody comes after them.`
    return [{ ...about, reason, type: 'REMINDED', clock: levelClock(clock, rules, level, context.now) }]
  }
  const turn = turnAt(handOf(state, one, context), level + 1, context.roster()?.roster, context.now)
  const passed = turn.passed === '' ? '' : ` ${turn.passed}.`
  const to = ladder[turn.level] as string
  return [
    {
      ...about,
      reason: `${ladder[level]} has not decided by the deadline: ${to} may decide too.${passed}`,
      type: 'ESCALATED',
      escalated: { level: turn.level, to },
      clock: levelClock(clock, rules, turn.level, context.now),
      assigned: turn.assignee,
    },
  ]
}

export interface Begun {
  caseId: string
  policyVersion: number
  type: ExceptionType
  clock: CaseClock
}

/** A case that begins while nobody of its owner is on duty goes to the next level at once; its deadline stays. */
export function passedOver(turn: Turn, { caseId, policyVersion, type, clock }: Begun): NewEvent[] {
  if (turn.level === 0) return []
  const to = ladderOf(type)[turn.level] as string
  return [
    {
      type: 'ESCALATED',
      caseId,
      policyVersion,
      actor: router,
      commandId: '',
      reason: `${turn.passed}: ${to} may decide too.`,
      escalated: { level: turn.level, to },
      clock,
      assigned: turn.assignee,
    },
  ]
}

/** So much of the time has passed that the assignee is reminded, once. */
export function remind(one: CaseState, { version }: TimerFired): NewEvent[] {
  const { caseId, policyVersion, clock, assignee, owner } = one
  if (!isOpen(one) || clock.remindAt === null || clock.version !== version) return []
  return [
    {
      type: 'REMINDED',
      caseId,
      policyVersion,
      actor: slaTimer,
      commandId: '',
      reason: `${assignee.name || owner} is reminded: the deadline comes near.`,
      clock: { ...clock, remindAt: null },
    },
  ]
}

/**
 * Deadlines that have passed though their timers have not fired yet: what a person does now comes after them, so that a
 * late timer loses no escalation.
 */
export function passedDeadlines(state: RouterState, context: Context): NewEvent[] {
  return state.cases
    .filter(({ clock }) => clock.deadline !== null && clock.deadline <= context.now)
    .flatMap((one) => escalate(state, one, one.clock, context))
}
