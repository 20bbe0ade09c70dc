import type { Change, NoticeRequest, OpenRequest, Order, StageState } from '@holdpoint/schemas'
import type { CaseRow } from '../case/case-row.ts'
import type { Sql } from '../database/port.ts'
import { insertRows, jsonForSql } from '../database/rows.ts'
import * as erase from './erased.ts'
import { lastOfEach, type Projection, rowsOf } from './projection.ts'

/**
 * audit.forgets.v1: orders of which what is personal is forgotten. The lock lets no other batch write rows of an order that
 * has not seen that it is forgotten.
 */
export const projectForgets: Projection<'audit.forgets.v1'> = async (sql, records) => {
  await sql.script('lock table read_model.forgets in access exclusive mode')
  const rows = rowsOf(records, ({ orderId, by, reason, at }) => ({ order_id: orderId, by, reason, at }))
  await insertRows(
    sql,
    'read_model.forgets',
    lastOfEach(rows, ({ order_id, at }) => `${order_id} ${at}`),
    '(order_id, at) do nothing',
  )
  return []
}

/**
 * Takes what is personal out of all rows of those of the orders that are forgotten. Called behind every batch with its
 * orders, so that it does not matter whether a forget is read before or after what it is about, and whatever comes later
 * of a forgotten order is erased as well.
 */
export async function eraseForgotten(sql: Sql, orderIds: readonly string[]): Promise<void> {
  const forgotten = await sql.query<{ order_id: string }>(
    `select distinct order_id from read_model.forgets
     where order_id in (select value from json_array_elements_text($1::json))`,
    [jsonForSql([...new Set(orderIds)])],
  )
  for (const { order_id } of forgotten) await eraseOrder(sql, order_id)
}

interface OrderRecord {
  order: Order
  stages: { [stage: string]: StageState }
  requests: OpenRequest[]
  facts: { [name: string]: string }
}

async function eraseOrder(sql: Sql, orderId: string): Promise<void> {
  await rewrite<{ customer_name: string; record: OrderRecord }>(sql, orderId, {
    ...{ table: 'orders', key: 'order_id', columns: ['customer_name', 'record'] },
    erased: ({ customer_name, record: { order, requests, facts, stages } }) => ({
      customer_name: erase.erasedText(customer_name),
      record: {
        ...{ order: erase.erasedOrder(order), stages },
        ...{ requests: erase.erasedRequests(requests), facts: erase.erasedFacts(facts) },
      },
    }),
  })
  await rewrite<{ changes: Change[] }>(sql, orderId, {
    ...{ table: 'revisions', key: 'order_id, revision', columns: ['changes'] },
    erased: ({ changes }) => ({ changes: erase.erasedChanges(changes) }),
  })
  await rewrite<{ decision: Parameters<typeof erase.erasedDecision>[0] }>(sql, orderId, {
    ...{ table: 'decisions', key: 'order_id, sequence', columns: ['decision'] },
    erased: ({ decision }) => ({ decision: erase.erasedDecision(decision) }),
  })
  await rewrite<{ event: Parameters<typeof erase.erasedEvent>[0] }>(sql, orderId, {
    ...{ table: 'case_events', key: 'order_id, sequence', columns: ['event'] },
    erased: ({ event }) => ({ event: erase.erasedEvent(event) }),
  })
  await rewrite<CaseRow>(sql, orderId, {
    table: 'cases',
    key: 'case_id',
    columns: saidOfCase,
    erased: erase.erasedCase,
  })
  await rewrite<{ told: NoticeRequest; subject: string; said: string }>(sql, orderId, {
    ...{ table: 'notice_requests', key: 'notice_id, attempt', columns: ['told', 'subject', 'said'] },
    erased: ({ told, subject, said }) => ({
      told: erase.erasedTold(told),
      subject: erase.erasedText(subject),
      said: erase.erasedText(said),
    }),
  })
  await rewrite<{ detail: string }>(sql, orderId, {
    ...{ table: 'notices', key: 'notice_id, attempt', columns: ['detail'] },
    erased: ({ detail }) => ({ detail: erase.erasedText(detail) }),
  })
  // Their bytes may hold anything; nobody can replay what is forgotten.
  await sql.query('delete from read_model.dead_letters where order_id = $1', [orderId])
  await sql.query('delete from read_model.replays where order_id = $1', [orderId])
}

const saidOfCase: readonly (keyof CaseRow)[] = [
  ...(['request', 'opened_reason', 'notes', 'granted', 'question', 'proposal', 'correction'] as const),
  ...(['approvals', 'closed_reason', 'evidence'] as const),
]

interface Rewriting<Row> {
  table: string
  /** Columns of its primary key. */
  key: string
  columns: readonly (keyof Row & string)[]
  erased: (row: Row) => Partial<Row>
}

async function rewrite<Row extends object>(
  sql: Sql,
  orderId: string,
  { table, key, columns, erased }: Rewriting<Row>,
): Promise<void> {
  const rows = await sql.query<Row>(`select * from read_model.${table} where order_id = $1`, [orderId])
  const set = columns.map((column) => `${column} = excluded.${column}`).join(', ')
  await insertRows(
    sql,
    `read_model.${table}`,
    rows.map((row) => ({ ...row, ...erased(row) })),
    `(${key}) do update set ${set}`,
  )
}
