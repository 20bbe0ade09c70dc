import type { Occasion } from '@holdpoint/policy/letters'
import {
  type CaseState,
  type Instant,
  isMailAddress,
  type NoticeBounce,
  type NoticeOutcome,
  type OpenNotice,
  type Question,
  type RouterState,
  shortened,
  type TimerFired,
} from '@holdpoint/schemas'
import type { NewEvent } from '../record/event.ts'
import { noticeIdOf } from '../record/ids.ts'
import { notifier, router } from '../record/input.ts'
import { caseOf, isOpen } from '../record/state.ts'

const minute = 60_000

/** How many notices of one order may be under way. */
const mostUnderWay = 20

/** How long after a failed attempt the next one is made. A fifth failure is the last. */
const backOff: readonly number[] = [minute, 5 * minute, 30 * minute, 120 * minute]

/** Sends a question to the customer. */
export function askCustomer(state: RouterState, { caseId, policyVersion }: CaseState, question: Question) {
  const { questionId: noticeId } = question
  return tell(state, [caseId], 'question', { noticeId, policyVersion, reason: 'The customer is asked.' })
}

interface Telling {
  noticeId: string
  policyVersion: number
  reason: string
}

/** The time for an answer is over: the customer hears that the order goes on without it. */
export function tellUnanswered(
  state: RouterState,
  { caseId, policyVersion }: CaseState,
  { questionId }: Question,
) {
  const noticeId = noticeIdOf(state.orderId, `unanswered:${questionId}`)
  const reason = 'The customer is told that the time to answer is over.'
  return tell(state, [caseId], 'unanswered', { noticeId, policyVersion, reason })
}

/** One letter about several cases. Without an address the record says so. */
export function tell(
  state: RouterState,
  about: readonly string[],
  occasion: Occasion,
  { noticeId, policyVersion, reason }: Telling,
): NewEvent[] {
  const notice = { noticeId, to: addressOf(state), message: occasion, retryAt: null }
  const detail = whyNobody(state)
  return about.map((caseId) => {
    const attribution = { caseId, actor: router, commandId: '', policyVersion }
    return detail
      ? {
          ...attribution,
          type: 'NOTICE_FAILED',
          reason: 'Nobody was told.',
          notice: { ...notice, attempt: 0, detail },
        }
      : { ...attribution, type: 'NOTICE_REQUESTED', reason, notice: { ...notice, attempt: 1, detail: '' } }
  })
}

/** Why the customer cannot be written to now, and what to do; undefined when they can. */
export function whyNobody(state: RouterState): string | undefined {
  const wrong = wrongAddress(state)
  if (wrong) return wrong
  if (state.notices.length < mostUnderWay) return undefined
  return `${state.notices.length} messages about this order are under way already. Wait until they are sent, or ${byTelephone}`
}

/** Characters of an address that a sentence repeats. */
const mostQuoted = 100

/** Why nothing can be sent to the address that the order has, and what to do. An order of an older intake may have any text there. */
function wrongAddress(state: RouterState): string | undefined {
  const address = addressOf(state)
  if (isMailAddress(address)) return undefined
  const why =
    address === ''
      ? 'The order has no e-mail address of the customer.'
      : `"${shortened(address, mostQuoted)}" is no e-mail address that can be written to.`
  return `${why} Have its source correct customer.email, or ${byTelephone}`
}

const byTelephone = 'call them and write down what they say as a note.'

/** What became of an attempt. An outcome of another attempt than the one under way changes nothing. */
export function takeOutcome(state: RouterState, outcome: NoticeOutcome, now: Instant): NewEvent[] {
  const open = state.notices.find(({ noticeId }) => noticeId === outcome.noticeId)
  if (!open || open.attempt !== outcome.attempt || open.retryAt !== null) return []
  const { noticeId, message, attempt } = open
  const notice = { noticeId, to: addressOf(state), message, attempt, detail: outcome.detail }
  const wait = backOffOf(attempt, outcome)
  return forEachCase(state, open).map((about) =>
    outcome.status === 'SENT'
      ? {
          ...about,
          type: 'NOTICE_SENT',
          actor: notifier,
          reason: 'The message was sent.',
          notice: { ...notice, retryAt: null },
        }
      : {
          ...about,
          type: 'NOTICE_FAILED',
          actor: notifier,
          reason:
            wait === undefined ? 'The message was not sent.' : 'The message was not sent; it is tried again.',
          notice: { ...notice, retryAt: wait === undefined ? null : now + wait },
        },
  )
}

/**
 * A letter that was sent has come back: who has its cases hears that the customer knows nothing. A report that comes twice,
 * or one of a letter that another has followed, changes nothing.
 */
export function takeBounce(state: RouterState, { noticeId, attempt, to, detail }: NoticeBounce): NewEvent[] {
  return state.cases
    .filter(({ lastNotice }) => lastNotice === noticeId)
    .map((one) => ({
      caseId: one.caseId,
      actor: notifier,
      commandId: '',
      policyVersion: one.policyVersion,
      type: 'NOTICE_FAILED',
      reason: 'The message came back.',
      notice: {
        noticeId,
        to: to === '' ? addressOf(state) : to,
        message: isOpen(one) ? ('held' as const) : ('ended' as const),
        attempt,
        detail,
        retryAt: null,
      },
    }))
}

/** The back-off of a notice is over: it is asked for again, unless there is nothing left to tell. */
export function retryNotice(state: RouterState, { timerId, version }: TimerFired): NewEvent[] {
  const open = state.notices.find((one) => retryTimerId(one) === timerId)
  if (!open || open.retryAt === null || open.timerVersion !== version) return []
  const { noticeId, message } = open
  const notice = { noticeId, to: addressOf(state), message, retryAt: null }
  const pointless = whyPointless(state, open)
  return forEachCase(state, open).map((about) =>
    pointless
      ? {
          ...about,
          type: 'NOTICE_FAILED',
          reason: 'The message is not tried again.',
          notice: { ...notice, attempt: open.attempt, detail: pointless },
        }
      : {
          ...about,
          type: 'NOTICE_REQUESTED',
          reason: 'The message is tried again.',
          notice: { ...notice, attempt: open.attempt + 1, detail: '' },
        },
  )
}

/** How long after a failed attempt the next one is made, milliseconds; undefined for no more. */
export function backOffOf(
  attempt: number,
  { permanent }: Pick<NoticeOutcome, 'permanent'>,
): number | undefined {
  return permanent ? undefined : backOff[attempt - 1]
}

export function retryTimerId({ noticeId }: Pick<OpenNotice, 'noticeId'>): string {
  return `${noticeId}:retry`
}

function whyPointless(state: RouterState, { noticeId, message, caseIds }: OpenNotice): string | undefined {
  const wrong = wrongAddress(state)
  if (wrong) return wrong
  const cases = caseIds.flatMap((caseId) => caseOf(state, caseId) ?? [])
  switch (occasionOf(message)) {
    case 'ended':
      return undefined
    case 'question':
      return cases.some(({ question }) => question?.questionId === noticeId)
        ? undefined
        : 'The question is not open any more.'
    default:
      return cases.some(isOpen) ? undefined : 'Every case that it is about is closed.'
  }
}

const occasions: readonly Occasion[] = ['held', 'question', 'unanswered', 'silence', 'ended']

/** Of a notice that an earlier release asked for, the message of the policy stands in its place. */
export function occasionOf(message: string): Occasion {
  return occasions.find((occasion) => occasion === message) ?? 'held'
}

/** The address as the order has it now: a corrected one is used for the next attempt. */
function addressOf({ order }: RouterState): string {
  return order?.customer.email ?? ''
}

function forEachCase(state: RouterState, { caseIds }: OpenNotice) {
  return caseIds.map((caseId) => ({
    caseId,
    actor: router,
    commandId: '',
    policyVersion: caseOf(state, caseId)?.policyVersion ?? state.policyVersion,
  }))
}
