import type { Outgoing } from '@holdpoint/chassis'
import { composeLetter, houseZoneOf, type Part } from '@holdpoint/policy/letters'
import type { NoticeParagraph, NoticeRequest, RouterState } from '@holdpoint/schemas'
import { occasionOf } from '../customer/notice-events.ts'
import { orderNow } from '../customer/order-now.ts'
import type { DomainEvent } from '../record/event.ts'
import type { Context } from '../record/input.ts'

type Requested = Extract<DomainEvent, { type: 'NOTICE_REQUESTED' }>

/**
 * The letters that the events ask for: one per notice, however many cases it is about. Each is written from the record as
 * it is now, with the verdicts of the decision that goes out with it. `before`: for what an earlier letter had promised.
 */
export function noticeRequests(
  before: RouterState,
  state: RouterState,
  events: readonly DomainEvent[],
  context: Context,
): Outgoing<'notices.requested.v1'>[] {
  const byNotice = new Map<string, Requested>()
  for (const event of events)
    if (event.type === 'NOTICE_REQUESTED' && !byNotice.has(event.notice.noticeId))
      byNotice.set(event.notice.noticeId, event)
  return [...byNotice.values()].flatMap((event) => {
    const questionOver = isQuestionOver(before, state)
    const value = requestOf({ ...state, promised: before.promised }, event, questionOver, context)
    return value ? [{ topic: 'notices.requested.v1' as const, key: state.orderId, value }] : []
  })
}

/** The order has ended, or gone on, before the customer has answered. */
function isQuestionOver(before: RouterState, { cases }: RouterState): boolean {
  const asked = before.cases.filter(({ question }) => question?.to === 'customer')
  return asked.some(({ caseId }) => cases.some((one) => one.caseId === caseId && one.status === 'CLOSED'))
}

function requestOf(
  state: RouterState,
  event: Requested,
  questionOver: boolean,
  context: Context,
): NoticeRequest | undefined {
  const { order, orderId } = state
  const { noticeId, message, to, attempt } = event.notice
  const open = state.notices.find((one) => one.noticeId === noticeId)
  if (!order || !open) return undefined
  const { policyVersion, at } = event
  const policy = context.policy(policyVersion)
  const occasion = occasionOf(message)
  const letter = composeLetter(
    occasion,
    orderNow(state, order, { notice: open, occasion, questionOver }, context),
    {
      policy,
      houseZone: houseZoneOf(policy),
    },
  )
  return {
    noticeId,
    orderId,
    caseIds: open.caseIds,
    channel: 'EMAIL',
    recipient: 'CUSTOMER',
    person: '',
    occasion,
    to,
    toName: order.customer.name,
    digest: false,
    fromName: policy.company?.name ?? '',
    replyTo: policy.company?.email ?? '',
    message,
    language: letter.language,
    subject: letter.subject,
    body: '',
    data: {},
    paragraphs: letter.parts.map(paragraph),
    policyVersion,
    attempt,
    at,
  }
}

const paragraph = ({ kind, text, caseId, questionId, until }: Part): NoticeParagraph => ({
  kind,
  text,
  caseId: caseId ?? '',
  questionId: questionId ?? '',
  until: until ?? null,
  action: '',
})
