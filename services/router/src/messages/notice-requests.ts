import type { Outgoing } from '@holdpoint/chassis'
import { lookUpLanguage, type Policy } from '@holdpoint/policy'
import type { MessageData } from '@holdpoint/policy/messages'
import type { CaseState, NoticeRequest, Order, RouterState } from '@holdpoint/schemas'
import { orderTotal, shownAmount } from '@holdpoint/schemas'
import { type WrittenTime, writtenIn } from '../customer/written-time.ts'
import type { DomainEvent } from '../record/event.ts'
import type { Context } from '../record/input.ts'
import { caseOf } from '../record/state.ts'

type Requested = Extract<DomainEvent, { type: 'NOTICE_REQUESTED' }>

/** The messages that the events ask for: one per notice, however many cases it is about. */
export function noticeRequests(
  state: RouterState,
  events: readonly DomainEvent[],
  context: Context,
): Outgoing<'notices.requested.v1'>[] {
  const byNotice = new Map<string, Requested>()
  for (const event of events)
    if (event.type === 'NOTICE_REQUESTED' && !byNotice.has(event.notice.noticeId))
      byNotice.set(event.notice.noticeId, event)
  return [...byNotice.values()].flatMap((event) => {
    const value = requestOf(state, event, context)
    return value ? [{ topic: 'notices.requested.v1' as const, key: state.orderId, value }] : []
  })
}

function requestOf(state: RouterState, event: Requested, context: Context): NoticeRequest | undefined {
  const { order, orderId } = state
  const { noticeId, message, to, attempt } = event.notice
  const open = state.notices.find((one) => one.noticeId === noticeId)
  if (!order || !open) return undefined
  const { policyVersion, at } = event
  const { language, subject, body } = templateOf(
    context.policy(policyVersion),
    message,
    order.customer.language,
  )
  const cases = open.caseIds.flatMap((caseId) => caseOf(state, caseId) ?? [])
  return {
    noticeId,
    orderId,
    caseIds: open.caseIds,
    channel: 'EMAIL',
    to,
    toName: order.customer.name,
    message,
    language,
    subject,
    body,
    data: dataOf(orderId, order, cases, language),
    recipient: 'CUSTOMER',
    person: '',
    occasion: '',
    fromName: '',
    replyTo: '',
    paragraphs: [],
    policyVersion,
    attempt,
    at,
  }
}

/** The customer's language as far as the policy has it, else English, else whatever there is. */
function templateOf(policy: Policy, message: string, wanted: string) {
  const texts = policy.messages.get(message)
  const languages = [...(texts?.keys() ?? [])]
  for (const language of [lookUpLanguage(wanted, languages) ?? 'en', ...languages]) {
    const text = texts?.get(language)
    if (text) return { language, ...text }
  }
  throw new Error(`The policy has no text for the message "${message}".`)
}

function dataOf(orderId: string, order: Order, cases: readonly CaseState[], language: string): MessageData {
  const { customer, billing, shipping, currency, placedAt } = order
  const [first] = cases
  const question = first?.question
  const written = writtenIn(language)
  const due = dueOf(cases, written)
  return {
    'order.id': orderId,
    'order.total': shownAmount(orderTotal(order), currency),
    'order.currency': currency,
    'order.placed': written.day(placedAt),
    'order.terms': billing.terms,
    'order.purchaseOrder': billing.purchaseOrder,
    'order.shipping.city': shipping.city,
    'order.shipping.country': shipping.country,
    'customer.name': customer.name,
    'customer.email': customer.email,
    'case.id': first?.caseId ?? '',
    'case.name': first?.name ?? '',
    'case.names': [...new Set(cases.map(({ name }) => name))].join(', '),
    'case.due': due,
    due,
    question: question?.text ?? '',
    'answer.by': question ? written.instant(question.answerBy) : '',
  }
}

/** The earliest deadline: by then somebody has decided, or the backup takes over. */
function dueOf(cases: readonly CaseState[], written: WrittenTime): string {
  const deadlines = cases.flatMap(({ clock }) => clock.deadline ?? [])
  return deadlines.length === 0 ? '' : written.instant(Math.min(...deadlines))
}
