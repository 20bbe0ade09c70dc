import type { NoticeParagraph, NoticeRequest, ParagraphKind } from '@holdpoint/schemas'

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
    digest: false,
    fromName: '',
    replyTo: '',
    paragraphs: [],
    policyVersion: 3,
    attempt: 1,
    at: Date.UTC(2026, 2, 2, 15, 30),
    ...change,
  }
}

/** A notice whose message is written already, with a paragraph of every kind. */
export function writtenNotice(change: Partial<NoticeRequest> = {}): NoticeRequest {
  return sampleNotice({
    subject: 'A question about your order SO-1041',
    body: '',
    data: {},
    fromName: 'Tarn & Fell "Wholesale" Ltd',
    replyTo: 'orders@tarn-fell.example',
    paragraphs: [
      paragraph('TEXT', 'Dear Mara Lindqvist,'),
      paragraph('TEXT', 'before the goods can leave we need to know <one thing> & no more.\nIt is this:'),
      paragraph('QUOTE', 'Is it Boston, Lincolnshire?'),
      paragraph('FACT', 'Order\tSO-1041'),
      paragraph('FACT', 'Total\t£542.52'),
      paragraph('ANSWER_LINK', 'Answer here', {
        caseId: 'C-3F8T5W2N6B',
        questionId: 'Q-1',
        until: Date.UTC(2026, 2, 9),
      }),
      paragraph('CASE_LINK', 'Your order', { caseId: 'C-3F8T5W2N6B' }),
      paragraph('SIGNATURE', 'Sam Okafor\nTarn & Fell'),
    ],
    ...change,
  })
}

export function paragraph(
  kind: ParagraphKind,
  text: string,
  change: Partial<NoticeParagraph> = {},
): NoticeParagraph {
  return { kind, text, caseId: '', action: '', questionId: '', until: null, ...change }
}
