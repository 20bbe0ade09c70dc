import {
  deadLetter,
  done,
  type Lane,
  type LaneRecord,
  type LaneService,
  type Outcome,
} from '@holdpoint/chassis'
import { deadLetterTopic, type NoticeRequest } from '@holdpoint/schemas'
import { type Delivered, refused } from './channels/port.ts'
import type { Senders } from './channels/table.ts'
import { cut } from './cut.ts'
import { type Links, messageOf } from './message.ts'

type In = 'notices.requested.v1'

/** So many messages of a lane are under way at a time. */
const sideBySide = 32

/** Sends each notice once and says what became of it. A failed attempt is an outcome: it never stops the lane. */
export function notifier(senders: Senders, links: Links): LaneService<In> {
  return {
    service: 'notifier',
    inputs: ['notices.requested.v1'],
    // Bounces come from outside of lanes.
    outputs: ['notices.outcomes.v1'],
    deadLetters: deadLetterTopic.notifier,
    sideBySide,
    handle: (record, lane) => handle(record, lane, senders, links),
  }
}

async function handle(
  record: LaneRecord<In>,
  lane: Lane<never>,
  senders: Senders,
  links: Links,
): Promise<Outcome<never>> {
  const notice = record.value
  const problems = notice ? noticeProblems(notice) : []
  if (!notice || problems.length > 0) return deadLetter('INVALID', problems)
  const { delivered, messageId } = await attempt(notice, senders, links)
  const { noticeId, orderId } = notice
  const value = {
    noticeId,
    orderId,
    attempt: notice.attempt,
    status: delivered.sent ? ('SENT' as const) : ('FAILED' as const),
    permanent: !delivered.sent && delivered.permanent,
    messageId,
    detail: cut(delivered.detail, 500),
    at: lane.now,
  }
  return done([{ topic: 'notices.outcomes.v1', key: orderId, value }])
}

async function attempt(
  notice: NoticeRequest,
  senders: Senders,
  links: Links,
): Promise<{ delivered: Delivered; messageId: string }> {
  const { channel } = notice
  if (channel === 'UNKNOWN')
    return { delivered: refused('This notifier does not know the channel: a newer one does.'), messageId: '' }
  const composed = messageOf(notice, links)
  if ('problem' in composed) return { delivered: refused(composed.problem), messageId: '' }
  const { message } = composed
  const sender = senders[channel]
  return { delivered: await sender.send(message), messageId: sender.idOf(message) }
}

/** The noticeId becomes a file's name and a part of the Message-ID. */
function noticeProblems({ noticeId }: NoticeRequest) {
  if (/^[A-Za-z0-9_-]{1,100}$/.test(noticeId)) return []
  return [{ path: 'noticeId', message: `"${noticeId}" may have letters, digits, - and _ only.` }]
}
