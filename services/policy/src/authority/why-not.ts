import type { CaseAction } from './actions.ts'
import {
  type Asked,
  askedBy,
  type Check,
  type Considered,
  checkAllowed,
  checkAnswers,
  checkAsks,
  checkClosed,
  checkDecides,
  checkFourEyes,
  checkHasTakers,
  checkInvolved,
  checkNotOwn,
  checkNotUnderWay,
  checkOnce,
  checkOpen,
  checkReopens,
  checkReplannable,
  checkRequestedBy,
  checkUnasked,
  checkUnclaimed,
  consider,
  refuseUnknown,
} from './checks.ts'
import type { Refusal, Situation, Who } from './facts.ts'
import { type Ladder, ladderOf } from './ladder.ts'

const open: Check = { of: 'case', no: checkOpen }
const decides: Check = { of: 'who', no: checkDecides }
const notOwn: Check = { of: 'who', no: checkNotOwn }
const allows = (action: CaseAction): Check => ({ of: 'case', no: checkAllowed(action) })

/** Who decides has a case before them that waits for them, and that they did not bring about themselves. */
const decision = (action: CaseAction): readonly Check[] => [
  open,
  decides,
  notOwn,
  allows(action),
  { of: 'case', no: checkNotUnderWay },
]

/** In the order in which they are asked: the first "no" is the answer. */
const checks: Record<CaseAction, readonly Check[]> = {
  APPROVE: [
    ...decision('APPROVE'),
    { of: 'case', no: checkRequestedBy },
    { of: 'who', no: checkFourEyes },
    { of: 'who', no: checkOnce },
  ],
  REJECT: decision('REJECT'),
  CORRECT: decision('CORRECT'),
  STOP: decision('STOP'),
  CLEAR: decision('CLEAR'),
  ASK: [open, decides, allows('ASK'), { of: 'case', no: checkUnasked }],
  ANSWER: [open, { of: 'case', no: checkAsks }, { of: 'who', no: checkAnswers }],
  NOTE: [{ of: 'who', no: checkInvolved }],
  CLAIM: [open, decides, notOwn, { of: 'who', no: checkUnclaimed }],
  REASSIGN: [open, decides, { of: 'case', no: checkHasTakers }],
  REPLAN: [open, decides, { of: 'case', no: checkReplannable }],
  REOPEN: [
    { of: 'case', no: checkClosed },
    { of: 'who', no: checkReopens },
  ],
  UNKNOWN: [open, decides, { of: 'case', no: refuseUnknown }],
}

const caseActions = Object.keys(checks) as CaseAction[]

/**
 * Why somebody may not do something about a case now, for who they are and for what the case is; undefined when they
 * may. What they say with it (a reason, fields, whom) is for others to judge.
 */
export function whyNot(action: CaseAction, who: Who, situation: Situation): Refusal | undefined {
  return firstNo(action, askedBy(who, consider(situation)))
}

/** What somebody may do about a case now, and what may be done by whoever may. */
export interface Offers {
  actions: CaseAction[]
  /** None for nobody. */
  mayDo: CaseAction[]
  /** Roles whose decision counts now, the owner first. */
  deciders: Ladder
}

export function offersTo(who: Who | undefined, situation: Situation): Offers {
  const considered = consider(situation)
  const actions = caseActions.filter((action) => !noToAll(action, considered))
  const asked = who && askedBy(who, considered)
  const mayDo = asked ? actions.filter((action) => !firstNo(action, asked)) : []
  return { actions, mayDo, deciders: considered.deciding }
}

/** Why nobody may do it, for what the case is, where little is known of people; undefined when somebody may. */
export const whyNobody = (action: CaseAction, situation: Situation): Refusal | undefined =>
  noToAll(action, consider(situation))

function noToAll(action: CaseAction, considered: Considered): Refusal | undefined {
  for (const check of checks[action]) {
    const refusal = check.of === 'case' && check.no(considered)
    if (refusal) return refusal
  }
  return undefined
}

function firstNo(action: CaseAction, asked: Asked): Refusal | undefined {
  for (const { no } of checks[action]) {
    const refusal = no(asked)
    if (refusal) return refusal
  }
  return undefined
}

/**
 * The same "no" where it stays one whatever deadline passes in this moment: nobody of any level could do it. For whoever
 * knows the case a moment later than it is.
 */
export function surelyNot(action: CaseAction, who: Who, situation: Situation): Refusal | undefined {
  const refusal = whyNot(action, who, situation)
  const last = ladderOf(situation.type).length - 1
  const later = { ...situation, one: { ...situation.one, level: last } }
  return refusal && whyNot(action, who, later) ? refusal : undefined
}
