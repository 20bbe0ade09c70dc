import { answeredRequest } from '@holdpoint/policy'
import type {
  AskedQuestion,
  EndedTopic,
  Ending,
  Occasion,
  OpenTopic,
  OrderNow,
} from '@holdpoint/policy/letters'
import type { CaseOutcome, CaseState, Instant, OpenNotice, Order, RouterState } from '@holdpoint/schemas'
import type { Context } from '../record/input.ts'
import { isOpen, keepsWaiting } from '../record/state.ts'
import { typeInForce } from '../record/type-in-force.ts'

/** What is true of an order that somebody is written to about, from its record. */
export function orderNow(
  state: RouterState,
  order: Order,
  { notice, occasion, questionOver }: { notice: OpenNotice; occasion: Occasion; questionOver: boolean },
  context: Context,
): OrderNow {
  const { orderId, verdicts, stages, cancelled, cases } = state
  const about = cases.filter(({ caseId }) => notice.caseIds.includes(caseId))
  return {
    orderId,
    order,
    cancelled,
    stages: verdicts.map(({ stage, verdict }) => ({ stage, verdict, state: stages[stage] ?? 'WAITING' })),
    open: cases.filter(isOpen).flatMap((one) => topicOf(one, about.includes(one), context)),
    ended: endedTopics(about, cancelled, context),
    questionOver,
    questions: cases.flatMap((one) => questionOf(one, notice.noticeId)),
    hearFrom: promiseOf(state, occasion, context.now),
    brokenPromise: brokenPromiseOf(state, context.now),
  }
}

/**
 * By when a letter of this occasion says that the customer hears again; null for no promise. That the order is not forgotten
 * promises nothing anew: who was told once that it takes longer is not told so again and again.
 */
export function promiseOf(state: RouterState, occasion: Occasion, now: Instant): Instant | null {
  if (state.cases.some((one) => questionOf(one, '').length > 0)) return null
  switch (occasion) {
    case 'question':
      return null
    case 'silence':
      return state.promised !== null && state.promised > now ? state.promised : null
    case 'held':
    case 'unanswered':
    case 'ended':
      return latestDeadline(state, now)
    default:
      return occasion satisfies never
  }
}

/** Of all cases that keep the order waiting: that is what the customer feels. */
function latestDeadline({ cases }: RouterState, now: Instant): Instant | null {
  const deadlines = cases.filter(keepsWaiting).flatMap(({ clock }) => clock.deadline ?? [])
  const last = Math.max(...deadlines)
  return deadlines.length > 0 && last > now ? last : null
}

export function brokenPromiseOf({ promised }: RouterState, now: Instant): Instant | null {
  return promised !== null && promised <= now ? promised : null
}

/** `isNew`: this letter is the first that tells of it, or tells of it anew. */
function topicOf(one: CaseState, isNew: boolean, context: Context): OpenTopic[] {
  const message = typeInForce(one, context).customer
  return message === '' ? [] : [{ message, asked: one.asked, again: isNew && one.reopened > 0 }]
}

/** That something has settled itself is news by itself alone: beside a decision it is a consequence of that. */
function endedTopics(about: readonly CaseState[], cancelled: boolean, context: Context): EndedTopic[] {
  const topics = about.filter((one) => !isOpen(one)).flatMap((one) => endedTopic(one, cancelled, context))
  const decided = topics.filter(({ ending }) => ending !== 'settled')
  return decided.length > 0 ? decided : topics
}

function endedTopic(one: CaseState, cancelled: boolean, context: Context): EndedTopic[] {
  const ending = endings[one.outcome] ?? null
  if (ending === 'settled' && (cancelled || one.endedBy !== '')) return []
  if (ending === null && one.forCustomer === '') return []
  return [
    {
      message: typeInForce(one, context).customer,
      asked: one.asked,
      ending,
      isAnswer: one.type === answeredRequest,
      changed: one.untold,
      forCustomer: one.forCustomer,
    },
  ]
}

const endings: Partial<Record<CaseOutcome, Ending>> = {
  APPROVED: 'approved',
  REJECTED: 'rejected',
  CORRECTED: 'corrected',
  STOPPED: 'stopped',
  OBSOLETE: 'settled',
}

function questionOf({ status, caseId, question }: CaseState, noticeId: string): AskedQuestion[] {
  if (status !== 'WAITING' || question?.to !== 'customer') return []
  const { questionId, text, answerBy } = question
  return [{ caseId, questionId, text, answerBy, isNew: questionId === noticeId }]
}
