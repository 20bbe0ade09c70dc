import type { Actor, Instant } from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import { jsonForSql, textForSql } from '../database/rows.ts'
import type { Place } from '../story/records.ts'

export interface OrderToForget {
  orderId: string
  openCases: number
}

/** The orders of a customer, and those named besides, that are not forgotten yet; by id. */
export async function ordersToForget(
  sql: Sql,
  customerId: string,
  others: readonly string[],
): Promise<OrderToForget[]> {
  const rows = await sql.query<{ order_id: string; open_cases: number }>(
    `select order_id, (select count(*) from read_model.cases c
                       where c.order_id = wanted.order_id and c.status <> 'CLOSED') as open_cases
     from (select order_id from read_model.orders where record #>> '{order,customer,id}' = $1
           union select value from json_array_elements_text($2::json)) wanted
     where not exists (select 1 from read_model.forgets f where f.order_id = wanted.order_id)
     order by order_id`,
    [textForSql(customerId), jsonForSql(others)],
  )
  return rows.map(({ order_id, open_cases }) => ({ orderId: order_id, openCases: Number(open_cases) }))
}

export interface ForgetRow {
  by: Actor
  reason: string
  at: Instant
  place: Place
}

/** When, by whom and why an order was forgotten. */
export function forgetsOf(sql: Sql, orderId: string): Promise<ForgetRow[]> {
  return sql.query('select by, reason, at, place from read_model.forgets where order_id = $1 order by at', [
    textForSql(orderId),
  ])
}
