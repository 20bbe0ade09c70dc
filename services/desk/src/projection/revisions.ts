import { orderTotal, type Revision } from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import { insertRows } from '../database/rows.ts'
import { following } from './following.ts'
import { lastOfEach, type Projection, rowsOf, valuesOf } from './projection.ts'

/** orders.revisions.v1: the latest of each order whole, and of every revision what changed and why. */
export const projectRevisions: Projection<'orders.revisions.v1'> = async (sql, records) => {
  const { sound, refused } = await following(records, {
    field: 'revision',
    numberOf: ({ revision }) => revision,
    lastOf: (orderIds) =>
      sql.query('select order_id, revision as last from read_model.orders where order_id = any($1::text[])', [
        orderIds,
      ]),
  })
  const revisions = valuesOf(sound)
  await insertRows(sql, 'read_model.revisions', rowsOf(sound, revisionRow), '(order_id, revision) do nothing')
  await keepLatest(sql, revisions)
  return refused
}

async function keepLatest(sql: Sql, revisions: readonly Revision[]): Promise<void> {
  const first = new Map<string, Revision>()
  for (const revision of revisions) if (!first.has(revision.orderId)) first.set(revision.orderId, revision)
  const rows = lastOfEach(revisions, (revision) => revision.orderId).map((last) =>
    orderRow(first.get(last.orderId) ?? last, last),
  )
  await insertRows(
    sql,
    'read_model.orders',
    rows,
    `(order_id) do update set
       revision = excluded.revision, digest = excluded.digest, customer_name = excluded.customer_name,
       currency = excluded.currency, total = excluded.total, cancelled = excluded.cancelled,
       changed_at = excluded.changed_at, record = excluded.record
     where kept.revision < excluded.revision`,
  )
}

function orderRow(first: Revision, last: Revision) {
  return {
    order_id: last.orderId,
    revision: last.revision,
    digest: last.digest,
    first_revision: first.revision,
    first_at: first.at,
    source: first.cause.source,
    customer_name: last.order.customer.name,
    currency: last.order.currency,
    total: orderTotal(last.order),
    cancelled: last.cancelled,
    changed_at: last.at,
    record: { order: last.order, stages: last.stages, requests: last.requests, facts: last.facts },
  }
}

function revisionRow({ orderId, revision, at, cause, changes }: Revision) {
  return { order_id: orderId, revision, at, cause, changes }
}
