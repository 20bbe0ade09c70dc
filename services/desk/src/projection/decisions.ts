import type { Decision } from '@holdpoint/schemas'
import { standingOf } from '../case/standing.ts'
import { insertRows } from '../database/rows.ts'
import { following } from './following.ts'
import { lastOfEach, type Projection, rowsOf, valuesOf } from './projection.ts'

/** orders.decisions.v1: the verdicts that hold now, and every decision without the order that it carried. */
export const projectDecisions: Projection<'orders.decisions.v1'> = async (sql, records) => {
  const { sound, refused } = await following(records, {
    field: 'sequence',
    numberOf: ({ sequence }) => sequence,
    lastOf: (orderIds) =>
      sql.query(
        'select order_id, sequence as last from read_model.verdicts where order_id = any($1::text[])',
        [orderIds],
      ),
  })
  const decisions = valuesOf(sound)
  await insertRows(sql, 'read_model.decisions', rowsOf(sound, decisionRow), '(order_id, sequence) do nothing')
  await insertRows(
    sql,
    'read_model.verdicts',
    lastOfEach(decisions, (decision) => decision.orderId).map(verdictsRow),
    `(order_id) do update set sequence = excluded.sequence, standing = excluded.standing, verdicts = excluded.verdicts
     where kept.sequence < excluded.sequence`,
  )
  return refused
}

function verdictsRow({ orderId, sequence, verdicts }: Decision) {
  return { order_id: orderId, sequence, standing: standingOf(verdicts), verdicts }
}

function decisionRow({ order: _, ...decision }: Decision) {
  return { order_id: decision.orderId, sequence: decision.sequence, decision }
}
