import { turnAt } from '@holdpoint/policy/authority'
import type { CaseState } from '@holdpoint/schemas'
import { startClock } from '../deadlines/clock.ts'
import { passedOver } from '../deadlines/escalating.ts'
import type { NewEvent } from '../record/event.ts'
import { factsOf } from '../record/facts.ts'
import { type Refusal, refuse } from '../record/refusal.ts'
import { hasStarted, isOpen } from '../record/state.ts'
import type { Asked } from './asked.ts'

export function checkReopenable({ state, one }: Asked): Refusal | undefined {
  if (state.cancelled)
    return refuse('ACTION_NOT_ALLOWED', 'The order was cancelled: nothing is left to decide.')
  const isUnderWay = ({ requestId, correctionId }: CaseState) =>
    correctionId !== '' && requestId !== '' && requestId === one.requestId
  if (one.correctionId !== '' || state.cases.some(isUnderWay))
    return refuse(
      'ACTION_NOT_ALLOWED',
      'What was decided is on its way into the order: look again in a moment.',
    )
  const again = state.cases.find(
    (other) => isOpen(other) && other.type === one.type && other.requestId === one.requestId,
  )
  return again && refuse('ACTION_NOT_ALLOWED', `It is open again already, as case ${again.caseId}.`)
}

/** What the case held waits again, but for stages that have started; a stop of the whole order is taken back whole. */
export function reopen(asked: Asked): NewEvent[] {
  const { command, state, one } = asked
  const ended = state.cases.filter(({ endedBy }) => endedBy === one.caseId)
  const reason = `The stop of the whole order was taken back: ${command.reason}`
  return [
    ...reopenOne(asked, one, command.reason, command.commandId),
    ...ended.flatMap((other) => reopenOne(asked, other, reason, '')),
  ]
}

function reopenOne(asked: Asked, one: CaseState, reason: string, commandId: string): NewEvent[] {
  const { command, state, context, staff, now } = asked
  const { caseId, policyVersion } = one
  const policy = context.policy(policyVersion)
  const type = policy.types.get(one.type) ?? asked.type
  const clock = startClock({ policy, version: policyVersion, type }, one.clock.version + 1, now)
  const anew = { ...one, approvals: [], approvedFor: [], proposal: null }
  const turn = turnAt({ ...factsOf(state, anew), type }, 0, staff?.roster, now)
  const about = { caseId, policyVersion, reason, commandId }
  const holds = [...new Set([...one.holds, ...one.stops])].filter((stage) => !hasStarted(state, stage))
  const opened: NewEvent = {
    ...about,
    type: 'REOPENED',
    actor: command.actor,
    reopened: { holds },
    clock,
    assigned: turn.assignee,
  }
  return [opened, ...passedOver(turn, { ...about, type, clock })]
}
