import {
  deadLetter,
  done,
  type Lane,
  type LaneRecord,
  type LaneService,
  type Outcome,
} from '@holdpoint/chassis'
import { deadLetterTopic, type NoticeRequest, outputsOf } from '@holdpoint/schemas'
import { type Address, mailOf, messageIdOf } from './channels/email/mail.ts'
import type { Delivered, Delivery } from './channels/port.ts'

type In = 'notices.requested.v1'

/** Sends each notice once and says what became of it. A failed attempt is an outcome: it never stops the lane. */
export function notifier(delivery: Delivery, from: Address): LaneService<In> {
  return {
    service: 'notifier',
    inputs: ['notices.requested.v1'],
    outputs: outputsOf('notifier'),
    deadLetters: deadLetterTopic.notifier,
    handle: (record, lane) => handle(record, lane, delivery, from),
  }
}

async function handle(
  record: LaneRecord<In>,
  lane: Lane<never>,
  delivery: Delivery,
  from: Address,
): Promise<Outcome<never>> {
  const notice = record.value
  const problems = notice ? noticeProblems(notice) : []
  if (!notice || problems.length > 0) return deadLetter('INVALID', problems)
  const composed = mailOf(notice, from)
  const delivered: Delivered =
    'mail' in composed
      ? await delivery.deliver(composed.mail)
      : { sent: false, permanent: true, detail: composed.problem.slice(0, 500) }
  const { noticeId, orderId, attempt } = notice
  const value = {
    noticeId,
    orderId,
    attempt,
    status: delivered.sent ? ('SENT' as const) : ('FAILED' as const),
    permanent: !delivered.sent && delivered.permanent,
    messageId: messageIdOf(notice, from),
    detail: delivered.detail,
    at: lane.now,
  }
  return done([{ topic: 'notices.outcomes.v1', key: orderId, value }])
}

/** The noticeId becomes a file's name and a part of the Message-ID. */
function noticeProblems({ noticeId }: NoticeRequest) {
  if (/^[A-Za-z0-9_-]{1,100}$/.test(noticeId)) return []
  return [{ path: 'noticeId', message: `"${noticeId}" may have letters, digits, - and _ only.` }]
}
