import type { Sql } from '../database/port.ts'
import { iso } from './instant.ts'
import { type Page, type PageWanted, pageOf, parseCursor } from './page.ts'
import { Where } from './where.ts'

interface Row {
  notice_id: string
  order_id: string
  case_ids: string[]
  told: { occasion: string; channel: string }
  subject: string
  said: string
  at: number
}

/** What a person was told, newest first: each message once, however often it was tried to send it elsewhere, too. */
export async function listNotifications(sql: Sql, person: string, { limit, cursor }: PageWanted) {
  const where = new Where().add('person = ?', person).add('attempt = 1')
  const [counted] = await sql.query<{ total: number }>(
    `select count(*) as total from read_model.notice_requests ${where.clause}`,
    where.values,
  )
  const from = cursor === undefined ? undefined : parseCursor(cursor)
  if (from) where.add('(at, notice_id) < (?, ?)', ...from)
  const rows = await sql.query<Row>(
    `select notice_id, order_id, case_ids, told, subject, said, at from read_model.notice_requests ${where.clause}
     order by at desc, notice_id desc limit ${where.value(limit + 1)}`,
    where.values,
  )
  return pageOf(
    rows,
    limit,
    counted?.total ?? 0,
    (row) => [row.at, row.notice_id],
    view,
  ) satisfies Page<unknown>
}

function view({ notice_id: noticeId, order_id: orderId, case_ids: caseIds, told, subject, said, at }: Row) {
  const { occasion, channel } = told
  return { noticeId, orderId, caseIds, occasion, channel, subject, text: said, at: iso(at) }
}
