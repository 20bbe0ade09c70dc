import type { CaseState, PathValue } from '@holdpoint/schemas'
import { readField } from '@holdpoint/schemas'
import { isNamed } from '../cases/unnamed.ts'
import { checkGrant } from '../fields/grant.ts'
import { checkNotBeyond } from '../fields/less-than-asked.ts'
import { proposalsOf } from '../fields/proposed-fields.ts'
import { assigneeOf, requestOf } from '../record/facts.ts'
import { firstRefusal, type Refusal, refuse } from '../record/refusal.ts'
import type { Asked } from './asked.ts'
import { checkAskedField, checkLateFields } from './corrections.ts'
import { checkNamed } from './unapplied.ts'

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
  const { order } = state
  const request = requestOf(state, one)
  if (!request && command.corrections.length === 0) return []
  return proposalsOf(state, granted({ command, one })).flatMap(({ path, value }) => {
    const wanted = request?.proposes.find((own) => own.path === path)?.value
    const before = wanted ?? (order ? readField(order, path) : undefined) ?? ''
    return before === value ? [] : [{ path, value: before }]
  })
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
