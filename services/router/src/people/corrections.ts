import type { ExceptionType } from '@holdpoint/policy'
import type { CaseState, Correction, PathValue } from '@holdpoint/schemas'
import { fieldMatches, readField, valueProblems } from '@holdpoint/schemas'
import { checkEffective, checkUnderWay } from '../fields/grant.ts'
import { checkNotBeyond } from '../fields/less-than-asked.ts'
import { effectiveCorrections, proposalsOf } from '../fields/proposed-fields.ts'
import { firstRefusal, type Refusal, refuse, refuseAll } from '../record/refusal.ts'
import type { Asked } from './asked.ts'
import { checkNamed } from './unapplied.ts'

/** Fields are given with actions that set or propose some. */
export function checkNoFields({ command }: Asked): Refusal | undefined {
  if (command.corrections.length === 0) return undefined
  return refuse('ACTION_NOT_ALLOWED', 'Fields are put right by correct, not together with another action.')
}

/** Whether the fields of a `correct` may be put right, by this case, now, from what the person saw. */
export function checkCorrections(asked: Asked): Refusal | undefined {
  if (asked.command.corrections.length === 0)
    return refuse('ACTION_NOT_ALLOWED', 'A correction names the fields that it puts right: none was given.')
  return checkFields(asked)
}

/** The same for an answer, which may come without fields. */
export function checkAnsweredFields(asked: Asked): Refusal | undefined {
  const { corrections } = asked.command
  if (corrections.length === 0) return undefined
  return (
    checkNamed(asked) ??
    checkFields(asked) ??
    firstRefusal(corrections, (field) => checkNotBeyond(asked, field))
  )
}

/** The same for the fields that a case raised by hand would set. */
export function checkRaisedFields(
  { command, state }: Pick<Asked, 'command' | 'state'>,
  type: ExceptionType,
): Refusal | undefined {
  if (command.corrections.length === 0) return undefined
  const may = { mayCorrect: type.mayCorrect.fields, correctUntil: type.mayCorrect.until }
  return checkFields({ command, state, one: { ...may, requestId: '', proposal: null } })
}

/** Fields are judged by the order and by what the case may correct. */
type Correcting = Pick<Asked, 'command' | 'state'> & {
  one: Pick<CaseState, 'mayCorrect' | 'correctUntil' | 'requestId' | 'proposal'>
}

function checkFields(asked: Correcting): Refusal | undefined {
  const { command } = asked
  return (
    checkStage(asked) ??
    checkEachField(asked) ??
    checkEffect(asked) ??
    checkEffective(asked.state, command, command.corrections)
  )
}

/** Every field that is wrong is told, so that all can be put right at once. The code is that of the first. */
function checkEachField(asked: Correcting): Refusal | undefined {
  const { order } = asked.state
  const { corrections } = asked.command
  const unfit = new Map(
    (order ? valueProblems(order, corrections) : []).map(({ index, message }) => [index, message]),
  )
  const refusals = corrections.flatMap((field, index) => {
    const message = unfit.get(index)
    return checkField(asked, field) ?? (message ? refuse('FIELD_NOT_CORRECTABLE', message) : [])
  })
  return refuseAll(refusals)
}

/** A field that somebody grants otherwise than it was asked for. */
export const checkAskedField = checkField

/** Those that nobody asked for may be set until the stage that the type names has started. */
export function checkLateFields(asked: Asked, fields: readonly PathValue[]): Refusal | undefined {
  const wanted = proposalsOf(asked.state, asked.one)
  const isAskedFor = ({ path }: PathValue) => wanted.some((own) => own.path === path)
  return fields.every(isAskedFor) ? undefined : checkStage(asked)
}

function checkStage({ state, one }: Correcting): Refusal | undefined {
  const stage = state.stages[one.correctUntil]
  if (stage !== 'STARTED' && stage !== 'DONE') return undefined
  return refuse(
    'STAGE_STARTED',
    `${one.correctUntil} has started, so the order's fields may not change any more. Stop the case, or tell ${one.correctUntil}.`,
  )
}

function checkField({ state, one }: Correcting, { path, expected }: Correction): Refusal | undefined {
  const isAskedFor = proposalsOf(state, one).some((proposed) => proposed.path === path)
  if (!isAskedFor && !one.mayCorrect.some((pattern) => fieldMatches(pattern, path)))
    return refuse('FIELD_NOT_CORRECTABLE', `"${path}" may not be corrected here; these may: ${fields(one)}.`)
  const now = state.order === null ? undefined : readField(state.order, path)
  if (now === undefined) return refuse('FIELD_NOT_CORRECTABLE', `This order has no field "${path}".`)
  if (now !== expected)
    return refuse(
      'VALUE_CHANGED',
      `"${path}" is "${now}" now and not "${expected}": look at the order again.`,
    )
  return checkUnderWay(state, path)
}

function checkEffect({ command, state }: Correcting): Refusal | undefined {
  if (state.order && effectiveCorrections(state.order, command.corrections).length > 0) return undefined
  return refuse(
    'ACTION_NOT_ALLOWED',
    'Every field has that value already: a correction has to change something.',
  )
}

function fields({ mayCorrect }: Pick<CaseState, 'mayCorrect'>): string {
  return mayCorrect.length > 0 ? mayCorrect.join(', ') : 'none'
}
