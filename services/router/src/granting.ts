import type { CaseState, PathValue, Proposal } from '@holdpoint/schemas'
import { readField } from '@holdpoint/schemas'
import { checkAskedField, checkGrant, checkLateFields, proposalsOf } from './corrections.ts'
import type { NewEvent } from './event.ts'
import { checkNotBeyond } from './less-than-asked.ts'
import { type Asked, firstRefusal, type Refusal, refuse } from './refusal.ts'
import { assigneeOf } from './situation.ts'
import { checkNamed, isNamed } from './unnamed.ts'

/*
 * Who approves may answer with less than was asked for: with other values, within what the type lets people correct and
 * in the fields that the request is about. Where several have to approve, the others approve the same values.
 */

/** Whether the approver may grant these values, and whether all that is granted can be set. */
export function checkGranted(asked: Asked): Refusal | undefined {
  const { command, state } = asked
  const fields = command.corrections
  if (!isNamed(state, asked.one)) return checkNamed(asked)
  return (
    checkLateFields(asked, fields) ??
    firstRefusal(fields, (field) => checkAskedField(asked, field)) ??
    (saysNothingNew(asked) ? nothingNew() : undefined) ??
    checkGrant(state, granted(asked), command) ??
    firstRefusal(granted(asked).proposal?.corrections ?? [], (field) => checkNotBeyond(asked, field))
  )
}

/** What an approval grants: what its request or a proposal would set, with the values of the approver before those. */
export function granted({ command, one }: Pick<Asked, 'command' | 'one'>): Granted {
  const { requestId, proposal } = one
  if (command.corrections.length === 0) return { requestId, proposal }
  const given = command.corrections
  const kept = (proposal?.corrections ?? []).filter(({ path }) => !given.some((own) => own.path === path))
  return { requestId, proposal: { corrections: [...kept, ...given], by: assigneeOf(command.actor) } }
}

type Granted = Pick<CaseState, 'requestId' | 'proposal'>

/** Whether the approver says other values than those that wait for a yes. */
export function saysOther({ state, one, command }: Asked): boolean {
  const waiting = proposalsOf(state, one)
  return command.corrections.some(
    ({ path, value }) => waiting.find((own) => own.path === path)?.value !== value,
  )
}

/** What was asked for where it is granted otherwise: by the request, else by the order as it stands. */
export function askedFor({ state, one, command }: Asked): PathValue[] {
  const { order, requests } = state
  const request = requests.find((open) => one.requestId !== '' && open.request.requestId === one.requestId)
  if (!request && command.corrections.length === 0) return []
  return proposalsOf(state, granted({ command, one })).flatMap(({ path, value }) => {
    const wanted = request?.request.proposes.find((own) => own.path === path)?.value
    const before = wanted ?? (order ? readField(order, path) : undefined) ?? ''
    return before === value ? [] : [{ path, value: before }]
  })
}

/** Other values wait for the others who have to approve: those of the same case, or of other cases of the request. */
export function propose(about: Omit<NewEvent, 'type'> & { caseId: string }, asked: Asked): NewEvent {
  const { actor, reason, commandId, policyVersion, caseId } = about
  return {
    ...{ actor, reason, commandId, policyVersion, caseId },
    type: 'PROPOSED',
    proposal: granted(asked).proposal as Proposal,
  }
}

function saysNothingNew({ state, one, command }: Asked): boolean {
  const { order } = state
  return (
    command.corrections.length > 0 &&
    proposalsOf(state, granted({ command, one })).every(
      ({ path, value }) => order !== null && readField(order, path) === value,
    )
  )
}

const nothingNew = () =>
  refuse(
    'ACTION_NOT_ALLOWED',
    'The order has these values already, so nothing would be granted: reject it, or leave them out.',
  )
