import type { CaseState, Command, RouterState } from '@holdpoint/schemas'
import type { NewEvent } from '../record/event.ts'
import type { Context } from '../record/input.ts'
import { type Refusal, refuse } from '../record/refusal.ts'
import { caseOf } from '../record/state.ts'
import { typeInForce } from '../record/type-in-force.ts'
import { act } from './actions.ts'
import { decideRaise } from './raise.ts'

/**
 * What a person's command does, or one refusal that says why it does nothing. Asking twice changes nothing. Raises
 * NotYetArrived while the roster that the desk knew has not arrived here.
 */
export function decideCommand(state: RouterState, command: Command, context: Context): NewEvent[] {
  const repeat = checkRepeat(state, command)
  const one = caseOf(state, command.caseId)
  if (repeat) return [refused(command, repeat, one)]
  const staff = context.roster(command.rosterVersion)
  const { now } = context
  if (command.action === 'RAISE') {
    const raised = decideRaise({ command, state, staff, now, context })
    return 'code' in raised ? [refused(command, raised)] : raised
  }
  if (!one) return [refused(command, unknownCase(command))]
  const policy = context.policy(one.policyVersion)
  const asked = { command, state, one, policy, type: typeInForce(one, context), staff, now, context }
  const done = act(command.action, asked)
  return 'code' in done ? [refused(command, done, one)] : done
}

function refused(command: Command, { code, message }: Refusal, one?: CaseState): NewEvent {
  const { actor, reason, commandId, action } = command
  const { caseId, policyVersion } = one ?? { caseId: '', policyVersion: 0 }
  return {
    type: 'REFUSED',
    caseId,
    actor,
    reason,
    commandId,
    policyVersion,
    refused: { code, message, action },
  }
}

function checkRepeat({ commands }: RouterState, { commandId }: Command): Refusal | undefined {
  const first = commands.find((one) => one.commandId === commandId)
  if (!first) return undefined
  const answer = first.refusal ? `refused, ${first.refusal}` : 'carried out'
  return refuse('DUPLICATE_COMMAND', `This command was answered before (${answer}): ${first.message}`)
}

function unknownCase({ caseId, orderId }: Command): Refusal {
  return refuse('UNKNOWN_CASE', `Order ${orderId} has no case ${caseId}: look at the order again.`)
}
