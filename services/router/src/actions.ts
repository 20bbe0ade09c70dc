import { type Action, isBlank } from '@holdpoint/schemas'
import { answer, ask, checkAsks, checkQuestion, checkUnasked } from './asking.ts'
import { checkAnswers, checkDecides, checkInvolved, checkReopens, checkRequester } from './authority.ts'
import { checkNotUnderWay } from './correcting.ts'
import { checkAnsweredFields, checkCorrections, checkNoFields } from './corrections.ts'
import { checkClearable, checkFourEyes, checkOnce, close } from './deciding.ts'
import type { NewEvent } from './event.ts'
import { checkGranted } from './granting.ts'
import { checkTarget, checkUnclaimed, claim, note, reassign } from './handing-over.ts'
import { type Asked, type Check, refuse } from './refusal.ts'
import { checkReopenable, reopen } from './reopening.ts'
import { checkReplannable, replan } from './replanning.ts'
import { checkRequestedBy } from './requesting.ts'
import { checkView } from './stale-view.ts'
import { isOpen } from './state.ts'

interface Carrier {
  /** In this order; the first "no" is the answer. Who may ask comes before what may be asked. */
  checks: readonly Check[]
  carryOut(asked: Asked): NewEvent[]
}

/** Who decides has a case before them that waits, and says why on what they see. */
const deciding = [
  checkOpen,
  checkDecides,
  checkRequester,
  checkAllowed,
  checkReason,
  checkView,
  checkNotUnderWay,
]

/** What a person can do to a case. */
export const carriers: Record<Exclude<Action, 'RAISE'>, Carrier> = {
  APPROVE: {
    checks: [...deciding, checkRequestedBy, checkFourEyes, checkOnce, checkGranted],
    carryOut: close,
  },
  REJECT: { checks: [...deciding, checkNoFields], carryOut: close },
  CORRECT: { checks: [...deciding, checkCorrections], carryOut: close },
  STOP: { checks: [...deciding, checkNoFields], carryOut: close },
  CLEAR: { checks: [...deciding, checkNoFields, checkClearable], carryOut: close },
  ASK: {
    checks: [checkOpen, checkDecides, checkAllowed, checkReason, checkUnasked, checkNoFields, checkQuestion],
    carryOut: ask,
  },
  ANSWER: {
    checks: [checkOpen, checkAsks, checkAnswers, checkReason, checkAnsweredFields],
    carryOut: answer,
  },
  NOTE: { checks: [checkInvolved, checkReason, checkNoFields], carryOut: note },
  CLAIM: {
    checks: [checkOpen, checkDecides, checkRequester, checkUnclaimed, checkNoFields],
    carryOut: claim,
  },
  REASSIGN: {
    checks: [checkOpen, checkDecides, checkReason, checkNoFields, checkTarget],
    carryOut: reassign,
  },
  REPLAN: {
    checks: [checkOpen, checkDecides, checkReason, checkNoFields, checkReplannable],
    carryOut: replan,
  },
  REOPEN: {
    checks: [checkClosed, checkReopens, checkReason, checkNoFields, checkReopenable],
    carryOut: reopen,
  },
  UNKNOWN: { checks: [checkOpen, checkDecides, refuseUnknown], carryOut: () => [] },
}

function checkOpen({ one }: Asked) {
  if (isOpen(one)) return undefined
  const outcome = one.outcome.toLowerCase()
  return refuse('CASE_CLOSED', `The case was ${outcome} by ${one.closedBy}: ${one.closedReason}`)
}

function checkClosed({ one }: Asked) {
  if (!isOpen(one)) return undefined
  return refuse('ACTION_NOT_ALLOWED', `"${one.name}" is open: only a closed case can be opened again.`)
}

/** What was proposed for a case can be approved whatever its type says. */
function checkAllowed({ command: { action }, one }: Asked) {
  if (one.actions.includes(action) || (action === 'APPROVE' && one.proposal)) return undefined
  const allowed = one.actions.map((one) => one.toLowerCase()).join(', ')
  return refuse('ACTION_NOT_ALLOWED', `"${one.name}" allows ${allowed || 'no decision'}.`)
}

function refuseUnknown({ one }: Asked) {
  return refuse('ACTION_NOT_ALLOWED', `This router knows no such action on "${one.name}".`)
}

function checkReason({ command }: Asked) {
  if (!isBlank(command.reason)) return undefined
  return refuse('REASON_MISSING', reasonMissing[command.action] ?? 'Say why: the reason stays with the case.')
}

const reasonMissing: Partial<Record<Action, string>> = {
  ASK: 'Write what you want to know.',
  ANSWER: 'Write what the answer is.',
  NOTE: 'Write the note.',
}
