import type { CaseClosed, CaseState, Command, RouterState } from '@holdpoint/schemas'
import { checkAuthority, checkRequester } from './authority.ts'
import { checkCorrections, checkProposals, effectiveCorrections, proposalsOf } from './corrections.ts'
import type { NewEvent } from './event.ts'
import { correctionIdOf } from './ids.ts'
import type { Context } from './input.ts'
import { type Asked, type Check, type Refusal, refuse } from './refusal.ts'
import { caseOf, isOpen } from './state.ts'

/** In this order; the first "no" is the answer. Who may ask comes before what may be asked. */
const checks: readonly Check[] = [
  checkOpen,
  checkAuthority,
  checkRequester,
  checkAction,
  checkReason,
  checkView,
  checkCorrections,
  checkProposals,
]

/** What a person's command does: the case closes, or one refusal says why not. Asking twice changes nothing. */
export function decideCommand(state: RouterState, command: Command, context: Context): NewEvent[] {
  const repeat = checkRepeat(state, command)
  const one = caseOf(state, command.caseId)
  if (repeat) return [refused(command, repeat, one)]
  if (!one) return [refused(command, unknownCase(command))]
  const asked = { command, state, one, policy: context.policy(one.policyVersion) }
  for (const check of checks) {
    const refusal = check(asked)
    if (refusal) return [refused(command, refusal, one)]
  }
  return carryOut(asked)
}

function carryOut(asked: Asked): NewEvent[] {
  const closed = closing(asked)
  return [close(asked, asked.one, closed), ...endSiblings(asked, closed)]
}

function closing({ command, state, one, policy }: Asked): CaseClosed {
  const none = { corrections: [], stops: [], correctionId: '' }
  const correctionId = correctionIdOf(one.caseId)
  const isRequest = one.requestId !== ''
  switch (command.action) {
    case 'APPROVE': {
      if (!isRequest || siblings(state, one).length > 0) return { ...none, outcome: 'APPROVED' }
      return {
        ...none,
        outcome: 'APPROVED',
        corrections: fieldsToSet(state, proposalsOf(state, one)),
        correctionId,
      }
    }
    case 'REJECT':
      return isRequest
        ? { ...none, outcome: 'REJECTED', correctionId }
        : { ...none, outcome: 'REJECTED', stops: one.holds }
    case 'CORRECT':
      return {
        ...none,
        outcome: 'CORRECTED',
        corrections: fieldsToSet(state, command.corrections),
        correctionId,
      }
    case 'STOP': {
      const stops = one.holds.length > 0 ? one.holds : policy.stages
      return {
        outcome: 'STOPPED',
        corrections: [],
        stops: [...stops],
        correctionId: isRequest ? correctionId : '',
      }
    }
    case 'UNKNOWN':
      throw new Error('An unknown action is refused before it is carried out.')
    default:
      return command.action satisfies never
  }
}

/** A request has one end: once it is settled, the other cases about it have nothing left to decide. */
function endSiblings(asked: Asked, { correctionId }: CaseClosed): NewEvent[] {
  const { state, one, command } = asked
  if (one.requestId === '' || correctionId === '') return []
  return siblings(state, one).map((sibling) => ({
    ...close(asked, sibling, { outcome: 'OBSOLETE', corrections: [], stops: [], correctionId: '' }),
    reason: `The request was settled in the case "${one.name}": ${command.reason}`,
    commandId: '',
  }))
}

/** Other open cases about the same request. */
function siblings({ cases }: RouterState, { caseId, requestId }: CaseState): CaseState[] {
  return cases.filter((other) => other.requestId === requestId && other.caseId !== caseId && isOpen(other))
}

function fieldsToSet({ order }: RouterState, fields: readonly { path: string; value: string }[]) {
  return order ? effectiveCorrections(order, fields) : []
}

function close({ command }: Asked, { caseId, policyVersion }: CaseState, closed: CaseClosed) {
  const { actor, reason, commandId } = command
  return { type: 'CLOSED' as const, caseId, actor, reason, commandId, policyVersion, closed }
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

function checkOpen({ one }: Asked): Refusal | undefined {
  if (isOpen(one)) return undefined
  const outcome = one.outcome.toLowerCase()
  return refuse('CASE_CLOSED', `The case was ${outcome} by ${one.closedBy}: ${one.closedReason}`)
}

function checkAction({ command, one }: Asked): Refusal | undefined {
  if (command.action !== 'UNKNOWN' && one.actions.includes(command.action)) return undefined
  const allowed = one.actions.map((action) => action.toLowerCase()).join(', ')
  return refuse('ACTION_NOT_ALLOWED', `"${one.name}" allows ${allowed || 'no action'}.`)
}

function checkReason({ command }: Asked): Refusal | undefined {
  if (command.reason.trim() !== '') return undefined
  return refuse('REASON_MISSING', 'Say why: the reason stays with the case.')
}

function checkView({ command, state }: Asked): Refusal | undefined {
  if (command.digest === state.digest) return undefined
  return refuse(
    'STALE_VIEW',
    `The order has changed since it was displayed and is at revision ${state.revision}: look at what changed, then decide.`,
  )
}
