import { answeredRequest } from '@holdpoint/policy'
import type { Occasion } from '@holdpoint/policy/letters'
import type { CaseState, RouterState, StageVerdict } from '@holdpoint/schemas'
import { tell, whyNobody } from '../customer/notice-events.ts'
import type { NewEvent } from '../record/event.ts'
import { noticeIdOf } from '../record/ids.ts'
import type { Context } from '../record/input.ts'
import { isOpen, keepsWaiting } from '../record/state.ts'
import { typeInForce } from '../record/type-in-force.ts'
import { verdictsOf } from './verdicts.ts'

/*
 * The customer hears twice of what holds an order: when it does, and when that is over. One letter tells of all cases that
 * opened or ended together; cases that end while others still hold the order are told of with the last of them, or with
 * whatever letter comes before that. What was asked for and the policy answers by itself held nothing, so that no letter came
 * before: its answer is a letter of its own, as soon as intake has carried it out.
 */

/** The letter that follows from what has happened, if one does. Its events say what the customer has heard since. */
export function letterAfter(before: RouterState, state: RouterState, context: Context): NewEvent[] {
  if (state.order === null) return []
  const isReachable = whyNobody(state) === undefined
  const opened = state.cases.filter((one) => isNews(one, isReachable, context))
  const ended = state.cases.filter((one) => hasEndedUntold(one, isReachable))
  const answered = state.cases.filter((one) => isAnsweredNow(one, before) && !ended.includes(one))
  if (opened.length > 0)
    return letter('held', [...opened, ...ended, ...answered], 'The customer is told of the case.', state)
  if (ended.length > 0 && isOver(before, state, context))
    return letter('ended', [...ended, ...answered], 'The customer is told how it ended.', state)
  if (answered.length > 0)
    return letter(
      'ended',
      answered,
      'The customer is told what the policy answers to what was asked for.',
      state,
    )
  return []
}

function letter(
  occasion: Occasion,
  about: readonly CaseState[],
  reason: string,
  state: RouterState,
): NewEvent[] {
  const { orderId, eventSequence, policyVersion } = state
  const noticeId = noticeIdOf(orderId, `${occasion}:${eventSequence}`)
  const caseIds = about.map(({ caseId }) => caseId)
  return tell(state, caseIds, occasion, { noticeId, policyVersion, reason })
}

/** What somebody raised for others to look at, and that holds nothing, is nothing that the customer waits for. */
function isNews(one: CaseState, isReachable: boolean, context: Context): boolean {
  if (!isOpen(one) || !isUntold(one, isReachable) || typeInForce(one, context).customer === '') return false
  return one.basis !== 'PERSON' || keepsWaiting(one)
}

/** Also one that the customer knows nothing of, when who decided it has something to say to them. */
const hasEndedUntold = (one: CaseState, isReachable: boolean): boolean =>
  !isOpen(one) &&
  (one.told === 'OPENED' ||
    (one.told === 'UNREACHED' && isReachable) ||
    (one.told === 'NOTHING' && one.forCustomer !== ''))

/** Answered with this very input: what an earlier release left untold is not told months later. */
function isAnsweredNow(one: CaseState, { cases }: RouterState): boolean {
  if (one.type !== answeredRequest || one.told !== 'NOTHING' || !isAnswered(one)) return false
  const earlier = cases.find(({ caseId }) => caseId === one.caseId)
  return !earlier || !isAnswered(earlier)
}

/** By a yes or a no that intake has taken. */
const isAnswered = ({ outcome, correctionId }: CaseState): boolean =>
  (outcome === 'APPROVED' || outcome === 'REJECTED') && correctionId === ''

/** Also what could not be told before there was an address. */
const isUntold = ({ told }: CaseState, isReachable: boolean): boolean =>
  told === 'NOTHING' || (told === 'UNREACHED' && isReachable)

/** Nothing holds the order any more, or part of it has been stopped just now: nobody waits with that for other cases. */
function isOver(before: RouterState, state: RouterState, context: Context): boolean {
  const verdicts = verdictsOf(state, context.policy(state.policyVersion).stages)
  return (
    verdicts.every(({ verdict }) => verdict !== 'HOLD') || verdicts.some((one) => isStoppedNow(one, before))
  )
}

const isStoppedNow = ({ stage, verdict }: StageVerdict, { verdicts }: RouterState): boolean =>
  verdict === 'STOP' && verdicts.find((last) => last.stage === stage)?.verdict !== 'STOP'
