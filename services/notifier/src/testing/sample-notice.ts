import type { NoticeRequest } from '@holdpoint/schemas'

/** A believable notice for tests; `change` what the test is about. */
export function sampleNotice(change: Partial<NoticeRequest> = {}): NoticeRequest {
  return {
    noticeId: 'N-7ZK2M4Q9XA',
    orderId: 'SO-1041',
    caseIds: ['C-3F8T5W2N6B'],
    channel: 'EMAIL',
    to: 'mara.lindqvist@example.com',
    toName: 'Mara Lindqvist',
    message: 'terms-under-review',
    language: 'en',
    subject: 'About your order {{ order.id }}',
    body: 'Dear {{ customer.name }},\n\nwe are looking at the payment terms of order {{ order.id }}.\nYou hear from us by {{ case.due }}.\n',
    data: { 'order.id': 'SO-1041', 'customer.name': 'Mara Lindqvist', 'case.due': '2026-03-02 17:30' },
    recipient: 'CUSTOMER',
    person: '',
    occasion: 'held',
    fromName: '',
    replyTo: '',
    paragraphs: [],
    policyVersion: 3,
    attempt: 1,
    at: Date.UTC(2026, 2, 2, 15, 30),
    ...change,
  }
}
