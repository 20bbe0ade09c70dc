import { clearance, stopped, tooLate } from '@holdpoint/policy'
import type { CaseState, RouterState } from '@holdpoint/schemas'
import { handedOver } from '../deadlines/handed-over.ts'
import { letterAfter } from '../messages/letters.ts'
import { verdictsOf } from '../messages/verdicts.ts'
import type { NewEvent } from '../record/event.ts'
import { caseIdBy } from '../record/ids.ts'
import { type Context, router } from '../record/input.ts'
import { clearanceHolds, isOpenInRound } from '../record/round.ts'
import { hasStarted, isOpen } from '../record/state.ts'
import { typeIn } from '../record/type-in-force.ts'
import { closedBySystem } from './closed-by-system.ts'
import { openByReason } from './open-case.ts'

/**
 * What follows from what has happened to the cases together, whatever the input was. `before`: the record before the
 * input; `state`: the record now. Gives none once everything has followed.
 */
export function consequences(before: RouterState, state: RouterState, context: Context): NewEvent[] {
  if (before === state || (state.cases.length === 0 && !state.cancelled)) return []
  const found = [
    ...endClearance(state),
    ...tellTooLate(before, state, context),
    ...followStop(state, context),
  ]
  const opened = found.length > 0 ? found : openClearance(state, context)
  if (opened.length > 0) return opened
  const handed = handedOver(state, context)
  return handed.length > 0 ? handed : letterAfter(before, state, context)
}

const isClearance = (one: CaseState): boolean => one.type === clearance && isOpen(one)

/** A case that opens while the order waits for its clearance, or the end of the order, makes it premature. */
function endClearance({ cases, cancelled }: RouterState): NewEvent[] {
  const open = cases.find(isClearance)
  const other = cases.find(isOpenInRound)
  if (!open || (!other && !cancelled)) return []
  const { caseId, policyVersion } = open
  const reason = other
    ? `"${other.name}" is open again: the order is cleared once that is closed.`
    : 'The order was cancelled.'
  return [closedBySystem({ caseId, policyVersion }, 'OBSOLETE', reason)]
}

/** The last case of the round is closed: the order owner looks at all of it. */
function openClearance(state: RouterState, context: Context): NewEvent[] {
  const { cases, cancelled } = state
  if (cancelled || cases.some(isOpenInRound) || cases.some(isClearance)) return []
  const holds = clearanceHolds(state).filter((stage) => !hasStarted(state, stage))
  if (holds.length === 0) return []
  const reason = `Everything about the order is decided: ${state.round?.cases} cases have held it.`
  return openBuiltIn(clearance, state, context, { holds, reason })
}

/** A stage is held or stopped that has started: somebody has to tell those who do it. */
function tellTooLate(before: RouterState, state: RouterState, context: Context): NewEvent[] {
  if (!Object.keys(state.stages).some((stage) => hasStarted(state, stage))) return []
  if (state.order === null || state.cases.some((one) => one.type === tooLate && isOpen(one))) return []
  const late = verdictsOf(state, context.policy(state.policyVersion).stages).filter(
    (now) => now.tooLate && !before.verdicts.some(({ stage, tooLate }) => stage === now.stage && tooLate),
  )
  if (late.length === 0) return []
  const stages = late.map(({ stage, verdict }) => `${stage} (${verdict === 'STOP' ? 'stopped' : 'held'})`)
  const reason = `Too late for ${stages.join(' and ')}: it had started already.`
  return openBuiltIn(tooLate, state, context, { holds: [], reason })
}

/** A stopped order is in sight of the order owner until nothing stops it any more, or until it was cancelled. */
function followStop(state: RouterState, context: Context): NewEvent[] {
  const open = state.cases.find((one) => one.type === stopped && isOpen(one))
  const stopping = state.cases.findLast(({ stops }) => stops.length > 0)
  if (stopping && !state.cancelled)
    return open ? [] : openBuiltIn(stopped, state, context, { holds: [], reason: whyStopped(stopping) })
  if (!open) return []
  const reason = state.cancelled ? 'The order was cancelled.' : 'Nothing stops the order any more.'
  return [closedBySystem(open, 'OBSOLETE', reason)]
}

function whyStopped({ name, outcome, stops, closedReason }: CaseState): string {
  return `${stops.join(' and ')} stopped, as "${name}" was ${outcome.toLowerCase()}: ${closedReason}`
}

function openBuiltIn(
  name: string,
  state: RouterState,
  context: Context,
  { holds, reason }: { holds: string[]; reason: string },
): NewEvent[] {
  const { orderId, eventSequence, policyVersion } = state
  return openByReason(
    {
      type: typeIn(context.policy(policyVersion), name),
      caseId: caseIdBy(orderId, name, String(eventSequence + 1)),
      policyVersion,
      actor: router,
      reason,
      commandId: '',
      raisedBy: '',
      proposal: null,
      holds,
    },
    context,
  )
}
