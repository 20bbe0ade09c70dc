import { stopped, tooLate } from '@holdpoint/policy'
import { type Stops, stopsOf } from '@holdpoint/policy/authority'
import type { CaseClosed, CaseState, Correction, RouterState } from '@holdpoint/schemas'
import { isNamed } from '../cases/unnamed.ts'
import { proposalsOf } from '../fields/proposed-fields.ts'
import type { NewEvent } from '../record/event.ts'
import { requestOf } from '../record/facts.ts'
import { correctionIdOf } from '../record/ids.ts'
import { type Refusal, refuse } from '../record/refusal.ts'
import { isOpen, keepsWaiting } from '../record/state.ts'
import type { Asked } from './asked.ts'
import { propose, waitForOthers } from './four-eyes.ts'
import { askedFor, granted, saysOther } from './granting.ts'
import { fieldsToSet } from './said-fields.ts'
import { tellUnapplied } from './unapplied.ts'

export function checkClearable({ state, one }: Asked): Refusal | undefined {
  const open = state.cases.filter((other) => other !== one && keepsWaiting(other))
  if (open.length === 0) return undefined
  const names = open.map(({ name }) => `"${name}"`).join(', ')
  return refuse('ACTION_NOT_ALLOWED', `An order is cleared once its other cases are closed: ${names}.`)
}

/** A decision ends the case, but for a correction that others have to see, and an approval that is not the last. */
export function close(asked: Asked): NewEvent[] {
  const { command, one } = asked
  const { actor, reason, commandId, action } = command
  const { caseId, policyVersion } = one
  const about = { caseId, actor, reason, commandId, policyVersion }
  const waits = waitForOthers(asked)
  if (waits.length > 0) return waits
  const closed = { ...closing(asked), forCustomer: command.forCustomer }
  if (closed.outcome === 'CORRECTED' && closed.correctionId !== '' && one.requestId === '')
    return [correctedBy(asked, closed.correctionId, closed.corrections)]
  return [
    { ...about, type: 'CLOSED', closed },
    ...(action === 'APPROVE' ? tellUnapplied(asked) : []),
    ...handOn(asked, closed),
    ...endSiblings(asked, closed),
    ...endOthers(asked, closed),
  ]
}

/** Other values than those of the request are what its other cases have before them from now on. */
function handOn(asked: Asked, { outcome }: CaseClosed): NewEvent[] {
  const { state, one, command } = asked
  if (command.action !== 'APPROVE' || outcome === 'REJECTED' || !granted(asked).proposal) return []
  if (!isRequestOpen(state, one)) return []
  const { actor, reason } = command
  return siblings(state, one).map(({ caseId, policyVersion }) =>
    propose({ caseId, policyVersion, actor, reason, commandId: '' }, asked),
  )
}

/** The fields go to intake; what becomes of the case is said when they come back. */
function correctedBy({ command, one }: Asked, correctionId: string, corrections: Correction[]): NewEvent {
  const { actor, reason, commandId } = command
  const { caseId, policyVersion } = one
  const corrected = { correctionId, corrections, forCustomer: command.forCustomer }
  return { type: 'CORRECTED', caseId, actor, reason, commandId, policyVersion, corrected }
}

function closing(asked: Asked): Omit<CaseClosed, 'forCustomer'> {
  const { command, state, one } = asked
  const none = { corrections: [], asked: [], stops: [], correctionId: '', endedBy: '' }
  const correctionId = correctionIdOf(one)
  const isRequest = isRequestOpen(state, one)
  switch (command.action) {
    case 'APPROVE': {
      if (isRequest && !isNamed(state, one)) return { ...none, outcome: 'APPROVED', correctionId }
      const isCorrection = one.proposal && one.actions.includes('CORRECT') && !saysOther(asked)
      const approved = { ...none, asked: isCorrection ? [] : askedFor(asked) }
      const outcome = isCorrection ? 'CORRECTED' : 'APPROVED'
      if (isRequest && siblings(state, one).length > 0) return { ...approved, outcome }
      const corrections = fieldsToSet(state, proposalsOf(state, granted(asked)))
      if (!isRequest && corrections.length === 0) return { ...approved, outcome }
      return { ...approved, outcome, corrections, correctionId }
    }
    case 'REJECT':
      return {
        ...none,
        outcome: 'REJECTED',
        stops: stopsIn(asked).reject,
        correctionId: isRequest ? correctionId : '',
      }
    case 'CORRECT':
      return {
        ...none,
        outcome: 'CORRECTED',
        corrections: fieldsToSet(state, command.corrections),
        correctionId,
      }
    case 'STOP':
      return {
        ...none,
        outcome: 'STOPPED',
        stops: command.wholeOrder ? stopsIn(asked).wholeOrder : stopsIn(asked).stop,
        correctionId: isRequest ? correctionId : '',
      }
    default:
      return { ...none, outcome: 'CLEARED' }
  }
}

function stopsIn({ state, one, policy }: Asked): Stops {
  const isProposal = one.raisedBy !== '' && one.proposal !== null
  return stopsOf(
    { mayStop: one.mayStop, isRequestOpen: isRequestOpen(state, one), isProposal },
    policy.stages,
  )
}

/** A request has one end: once it is settled, the other cases about it have nothing left to decide. */
function endSiblings({ state, one, command }: Asked, { correctionId }: CaseClosed): NewEvent[] {
  if (one.requestId === '' || correctionId === '') return []
  const reason = `The request was settled in the case "${one.name}": ${command.reason}`
  return siblings(state, one).map((sibling) => obsolete(command.actor, sibling, reason, ''))
}

/** Nothing of an order that was stopped as a whole is left to decide; what is to be told of it stays. */
function endOthers({ state, one, command, policy }: Asked, { stops }: CaseClosed): NewEvent[] {
  if (command.action !== 'STOP' || policy.stages.some((stage) => !stops.includes(stage))) return []
  const reason = `The whole order was stopped in the case "${one.name}": ${command.reason}`
  const isSibling = (other: CaseState) => one.requestId !== '' && other.requestId === one.requestId
  return state.cases
    .filter((other) => other !== one && isOpen(other) && !isSibling(other) && !tells(other))
    .map((other) => obsolete(command.actor, other, reason, one.caseId))
}

const tells = ({ type }: CaseState): boolean => type === tooLate || type === stopped

function obsolete(
  actor: Asked['command']['actor'],
  { caseId, policyVersion }: CaseState,
  reason: string,
  endedBy: string,
): NewEvent {
  const closed: CaseClosed = {
    outcome: 'OBSOLETE',
    corrections: [],
    asked: [],
    stops: [],
    correctionId: '',
    endedBy,
    forCustomer: '',
  }
  return { type: 'CLOSED', caseId, actor, reason, commandId: '', policyVersion, closed }
}

/** A request that was settled has had its end, also when a case about it is opened again. */
const isRequestOpen = (state: RouterState, one: CaseState): boolean => requestOf(state, one) !== undefined

/** Other open cases about the same request. */
function siblings({ cases }: RouterState, { caseId, requestId }: CaseState): CaseState[] {
  return cases.filter((other) => other.requestId === requestId && other.caseId !== caseId && isOpen(other))
}
