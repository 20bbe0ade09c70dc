import type { Sql } from '../database/port.ts'
import { Where } from './where.ts'

export interface SummaryFilter {
  /** Only orders whose first event came from this source. */
  source?: string
  /** Only orders first seen at this instant or later, milliseconds UTC. */
  since?: number
}

/**
 * Counts over the read model; an order without a decision is in `orders` only. A case is overdue once its first
 * deadline lies before `now`, milliseconds UTC.
 */
export async function summarise(sql: Sql, filter: SummaryFilter, now: number) {
  const [orders, cases, deadLetters] = await Promise.all([
    countOrders(sql, filter),
    countCases(sql, filter, now),
    countDeadLetters(sql, filter),
  ])
  return { ...orders, cases, deadLetters }
}

function ordersWhere({ source, since }: SummaryFilter): Where {
  const where = new Where()
  if (source !== undefined) where.add('o.source = ?', source)
  if (since !== undefined) where.add('o.first_at >= ?', since)
  return where
}

interface OrderCounts {
  orders: number
  proceeded: number
  held: number
  /** Stopped here; those that their source has cancelled wait for nobody, and are counted by themselves. */
  stopped: number
  cancelled: number
}

async function countOrders(sql: Sql, filter: SummaryFilter) {
  const where = ordersWhere(filter)
  const [row] = await sql.query<OrderCounts>(
    `select count(*) as orders,
       count(*) filter (where v.standing = 'PROCEED') as proceeded,
       count(*) filter (where v.standing = 'HOLD') as held,
       count(*) filter (where v.standing = 'STOP' and not o.cancelled) as stopped,
       count(*) filter (where v.standing = 'STOP' and o.cancelled) as cancelled
     from read_model.orders o left join read_model.verdicts v using (order_id) ${where.clause}`,
    where.values,
  )
  return row ?? { orders: 0, proceeded: 0, held: 0, stopped: 0, cancelled: 0 }
}

interface CaseCounts {
  name: string
  open: number
  closed: number
  overdue: number
}

async function countCases(sql: Sql, filter: SummaryFilter, now: number) {
  const where = ordersWhere(filter)
  const late = where.value(now)
  const rows = await sql.query<CaseCounts & { type: string }>(
    `select c.type, max(c.name) as name, count(*) filter (where c.status <> 'CLOSED') as open,
       count(*) filter (where c.status = 'CLOSED') as closed,
       count(*) filter (where c.status = 'OPEN' and (c.late_since is not null or c.deadline < ${late})) as overdue
     from read_model.cases c left join read_model.orders o using (order_id) ${where.clause}
     group by c.type order by c.type`,
    where.values,
  )
  return Object.fromEntries(rows.map(({ type, ...counts }) => [type, counts]))
}

async function countDeadLetters(sql: Sql, { since }: SummaryFilter) {
  const where = new Where()
  if (since !== undefined) where.add('at >= ?', since)
  const rows = await sql.query<{ code: string; count: number }>(
    `select code, count(*) as count from read_model.dead_letters ${where.clause} group by code order by code`,
    where.values,
  )
  return Object.fromEntries(rows.map(({ code, count }) => [code, count]))
}
