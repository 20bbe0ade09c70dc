import type { NoticeOutcome } from '@holdpoint/schemas'
import { insertRows } from '../database/rows.ts'
import { type Projection, valuesOf } from './projection.ts'

/** notices.outcomes.v1: one row for each attempt to send. */
export const projectNotices: Projection<'notices.outcomes.v1'> = async (sql, records) => {
  const rows = valuesOf(records).map(noticeRow)
  await insertRows(sql, 'read_model.notices', rows, '(notice_id, attempt) do nothing')
  return []
}

function noticeRow({ noticeId, attempt, orderId, status, permanent, detail, at }: NoticeOutcome) {
  return { notice_id: noticeId, attempt, order_id: orderId, status, permanent, detail, at }
}
