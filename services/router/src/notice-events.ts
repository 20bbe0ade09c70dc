import type { Policy } from '@holdpoint/policy'
import type {
  Findings,
  Instant,
  NoticeOutcome,
  OpenNotice,
  RouterState,
  TimerFired,
} from '@holdpoint/schemas'
import type { NewEvent } from './event.ts'
import { noticeIdOf } from './ids.ts'
import { notifier, router } from './input.ts'
import { caseOf, isOpen } from './state.ts'

const minute = 60_000

/** How many notices of one order may be under way. */
const mostUnderWay = 20

/** How long after a failed attempt the next one is made. A fifth failure is the last. */
const backOff: readonly number[] = [minute, 5 * minute, 30 * minute, 120 * minute]

/**
 * Asks for the customer's message about the cases that one revision opened: one notice for all of them. Types without
 * a message for the customer stay inside the house. Without an address the record says that nothing was sent.
 */
export function askForNotice(
  opened: readonly NewEvent[],
  before: RouterState,
  findings: Findings,
  policy: Policy,
): NewEvent[] {
  const told = opened.flatMap((event) => {
    const message = event.type === 'OPENED' ? policy.types.get(event.opened.type)?.customer : undefined
    return message && policy.messages.has(message) ? [{ event, message }] : []
  })
  const [first] = told
  if (!first) return []
  const { orderId, revision, order, policyVersion } = findings
  const noticeId = noticeIdOf(orderId, `opened:${revision}`)
  const notice = { noticeId, to: order.customer.email, message: first.message, retryAt: null }
  const detail = whyNobody(before, findings)
  return told.map(({ event: { caseId } }) => {
    const about = { caseId, actor: router, commandId: '', policyVersion }
    return detail
      ? {
          ...about,
          type: 'NOTICE_FAILED',
          reason: 'Nobody was told.',
          notice: { ...notice, attempt: 0, detail },
        }
      : {
          ...about,
          type: 'NOTICE_REQUESTED',
          reason: 'The customer is told of the case.',
          notice: { ...notice, attempt: 1, detail: '' },
        }
  })
}

function whyNobody({ notices }: RouterState, { order }: Findings): string | undefined {
  if (order.customer.email === '') return 'The order has no e-mail address of the customer.'
  if (notices.length < mostUnderWay) return undefined
  return `${notices.length} messages about this order are under way already.`
}

/** What became of an attempt. An outcome of another attempt than the one under way changes nothing. */
export function takeOutcome(state: RouterState, outcome: NoticeOutcome, now: Instant): NewEvent[] {
  const open = state.notices.find(({ noticeId }) => noticeId === outcome.noticeId)
  if (!open || open.attempt !== outcome.attempt || open.retryAt !== null) return []
  const { noticeId, message, attempt } = open
  const notice = { noticeId, to: addressOf(state), message, attempt, detail: outcome.detail }
  const wait = outcome.permanent ? undefined : backOff[attempt - 1]
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

export function retryTimerId({ noticeId }: OpenNotice): string {
  return `${noticeId}:retry`
}

function whyPointless(state: RouterState, { caseIds }: OpenNotice): string | undefined {
  if (addressOf(state) === '') return 'The order has no e-mail address of the customer.'
  const cases = caseIds.flatMap((caseId) => caseOf(state, caseId) ?? [])
  return cases.some(isOpen) ? undefined : 'Every case that it is about is closed.'
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
