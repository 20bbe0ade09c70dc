import type {
  Cause,
  Change,
  Decision,
  NoticeRequest,
  OpenRequest,
  Order,
  StageState,
  StageVerdict,
} from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import { jsonForSql, textForSql } from '../database/rows.ts'
import { iso } from './instant.ts'
import { type Page, type PageWanted, pageOf, parseCursor } from './page.ts'
import { containing, Where } from './where.ts'

interface OrderRecord {
  order: Order
  stages: { [stage: string]: StageState }
  requests: OpenRequest[]
  facts: { [name: string]: string }
}

export interface OrderRow {
  order_id: string
  revision: number
  digest: string
  total: string
  cancelled: boolean
  record: OrderRecord
}

interface OrderListRow extends Omit<OrderRow, 'record'> {
  customer_name: string
  currency: string
  changed_at: number
  standing: string | null
  open_cases: number
}

export async function listOrders(
  sql: Sql,
  q: string | undefined,
  { limit, cursor }: PageWanted,
): Promise<Page<object>> {
  const where = new Where()
  if (q) {
    const pattern = where.value(containing(q))
    where.add(`(o.order_id ilike ${pattern} or o.customer_name ilike ${pattern})`)
  }
  const [counted] = await sql.query<{ total: number }>(
    `select count(*) as total from read_model.orders o ${where.clause}`,
    where.values,
  )
  const from = cursor === undefined ? undefined : parseCursor(cursor)
  if (from) where.add('(o.changed_at, o.order_id) < (?, ?)', ...from)
  const rows = await sql.query<OrderListRow>(
    `select o.order_id, o.revision, o.digest, o.total, o.cancelled, o.customer_name, o.currency, o.changed_at,
       v.standing, (select count(*) from read_model.cases c
                    where c.order_id = o.order_id and c.status <> 'CLOSED') as open_cases
     from read_model.orders o left join read_model.verdicts v using (order_id) ${where.clause}
     order by o.changed_at desc, o.order_id desc limit ${where.value(limit + 1)}`,
    where.values,
  )
  return pageOf(rows, limit, counted?.total ?? 0, (row) => [row.changed_at, row.order_id], listItem)
}

function listItem(row: OrderListRow) {
  return {
    orderId: row.order_id,
    revision: row.revision,
    customerName: row.customer_name,
    total: row.total,
    currency: row.currency,
    cancelled: row.cancelled,
    standing: row.standing,
    openCases: row.open_cases,
    changedAt: iso(row.changed_at),
  }
}

export async function findOrder(sql: Sql, orderId: string): Promise<OrderRow | undefined> {
  const [row] = await sql.query<OrderRow>(
    `select order_id, revision, digest, total, cancelled, record from read_model.orders where order_id = $1`,
    [textForSql(orderId)],
  )
  return row
}

/** The requests that wait for their decision, by order. */
export async function requestsOf(
  sql: Sql,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, OpenRequest[]>> {
  if (orderIds.length === 0) return new Map()
  const rows = await sql.query<{ order_id: string; requests: OpenRequest[] }>(
    `select order_id, record -> 'requests' as requests from read_model.orders
     where order_id in (select json_array_elements_text($1::json))`,
    [jsonForSql(orderIds)],
  )
  return new Map(rows.map(({ order_id, requests }) => [order_id, requests]))
}

export function orderView({ order, stages, requests, facts }: OrderRecord) {
  return {
    order: { ...order, placedAt: iso(order.placedAt) },
    stages,
    requests: requests.map((open) => ({ ...open, openedAt: iso(open.openedAt) })),
    facts,
  }
}

export async function verdictsOf(sql: Sql, orderId: string): Promise<StageVerdict[]> {
  const [row] = await sql.query<{ verdicts: StageVerdict[] }>(
    'select verdicts from read_model.verdicts where order_id = $1',
    [textForSql(orderId)],
  )
  return row?.verdicts ?? []
}

export async function revisionsOf(sql: Sql, orderId: string) {
  const rows = await sql.query<{ revision: number; at: number; cause: Cause; changes: Change[] }>(
    'select revision, at, cause, changes from read_model.revisions where order_id = $1 order by revision',
    [textForSql(orderId)],
  )
  return rows.map(({ revision, at, cause, changes }) => ({
    revision,
    at: iso(at),
    cause: { ...cause, occurredAt: iso(cause.occurredAt) },
    changes,
  }))
}

export async function decisionsOf(sql: Sql, orderId: string) {
  const rows = await sql.query<{ decision: Omit<Decision, 'order'> }>(
    'select decision from read_model.decisions where order_id = $1 order by sequence',
    [textForSql(orderId)],
  )
  return rows.map(({ decision }) => ({ ...decision, at: iso(decision.at) }))
}

interface NoticeRow {
  notice_id: string
  attempt: number
  status: string
  permanent: boolean
  detail: string
  at: number
  case_ids: string[] | null
  told: Pick<NoticeRequest, 'channel' | 'to' | 'toName'> | null
  subject: string | null
}

/** What became of each attempt, with what was asked for, which the desk may read later. */
export async function noticesOf(sql: Sql, orderId: string) {
  const rows = await sql.query<NoticeRow>(
    `select n.notice_id, n.attempt, n.status, n.permanent, n.detail, n.at, r.case_ids, r.told, r.subject
     from read_model.notices n left join read_model.notice_requests r using (notice_id, attempt)
     where n.order_id = $1 order by n.at, n.notice_id, n.attempt`,
    [textForSql(orderId)],
  )
  return rows.map(({ notice_id, at, case_ids, told, subject, ...row }) => ({
    ...{ noticeId: notice_id, ...row, at: iso(at), caseIds: case_ids ?? [], subject: subject ?? '' },
    ...{ channel: told?.channel ?? '', to: told?.toName ?? '', address: told?.to ?? '' },
  }))
}
