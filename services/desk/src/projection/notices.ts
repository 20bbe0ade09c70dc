import type { NoticeOutcome, NoticeRequest } from '@holdpoint/schemas'
import { insertRows } from '../database/rows.ts'
import { lastOfEach, type Projection, rowsOf } from './projection.ts'

/** notices.outcomes.v1: one row for each attempt to send. */
export const projectNotices: Projection<'notices.outcomes.v1'> = async (sql, records) => {
  const rows = rowsOf(records, noticeRow)
  await insertRows(sql, 'read_model.notices', rows, '(notice_id, attempt) do nothing')
  return []
}

function noticeRow({ noticeId, attempt, orderId, status, permanent, detail, at }: NoticeOutcome) {
  return { notice_id: noticeId, attempt, order_id: orderId, status, permanent, detail, at }
}

/** notices.requested.v1: to whom each message goes, by which channel and on which occasion, and what it says. */
export const projectNoticeRequests: Projection<'notices.requested.v1'> = async (sql, records) => {
  const rows = lastOfEach(rowsOf(records, requestRow), ({ notice_id, attempt }) => `${notice_id} ${attempt}`)
  await insertRows(sql, 'read_model.notice_requests', rows, '(notice_id, attempt) do nothing')
  return []
}

function requestRow({ noticeId, attempt, orderId, ...request }: NoticeRequest) {
  const { caseIds, channel, to, toName, message, recipient, person, occasion, policyVersion, at } = request
  // The address of a webhook is a secret: whoever has it can write there.
  const address = channel === 'EMAIL' ? to : ''
  const told = { channel, to: address, toName, message, recipient, person, occasion, policyVersion }
  const { subject, paragraphs } = request
  const said = paragraphs.filter(({ kind }) => !links.has(kind)).map(({ text }) => text.replace('\t', ': '))
  return {
    ...{ notice_id: noticeId, attempt, order_id: orderId, case_ids: caseIds, told, person, subject, at },
    said: said.join('\n\n'),
  }
}

/** Who reads it at the desk is there already; and a link by which a customer answers is nobody else's. */
const links: ReadonlySet<string> = new Set(['CASE_LINK', 'ANSWER_LINK'])
