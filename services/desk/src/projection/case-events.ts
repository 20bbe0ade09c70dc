import type { CaseEvent } from '@holdpoint/schemas'
import { type CaseRow, foldCase } from '../case/case-row.ts'
import type { Sql } from '../database/port.ts'
import { insertRows } from '../database/rows.ts'
import { following } from './following.ts'
import { type Projection, rowsOf, valuesOf } from './projection.ts'

/** cases.events.v1: every event, and each case as its events leave it. */
export const projectCaseEvents: Projection<'cases.events.v1'> = async (sql, records) => {
  const { sound, refused } = await following(records, {
    field: 'sequence',
    numberOf: ({ sequence }) => sequence,
    lastOf: (orderIds) =>
      sql.query(
        `select order_id, max(sequence) as last from read_model.case_events
         where order_id = any($1::text[]) group by order_id`,
        [orderIds],
      ),
  })
  const events = valuesOf(sound)
  await insertRows(sql, 'read_model.case_events', rowsOf(sound, eventRow), '(order_id, sequence) do nothing')
  const rows = await rowsBefore(sql, events)
  for (const event of events) {
    const row = foldCase(rows.get(event.caseId), event)
    if (row) rows.set(row.case_id, row)
  }
  await insertRows(
    sql,
    'read_model.cases',
    [...rows.values()],
    `(case_id) do update set ${changing.map((column) => `${column} = excluded.${column}`).join(', ')}
     where kept.event_sequence < excluded.event_sequence`,
  )
  return refused
}

/** What events change of a case; the rest stays as it was opened. */
const changing: readonly (keyof CaseRow)[] = [
  'event_sequence',
  'status',
  'outcome',
  'level',
  'decider',
  'deciders',
  'assignee',
  'deadline',
  'late_since',
  'answer_by',
  'urgent_at',
  'policy_version',
  'question',
  'proposal',
  'correction',
  'approvals',
  'approved_for',
  'reopened',
  'closed_at',
  'closed_by',
  'closed_reason',
  'holds',
  'evidence',
  'notes',
  'granted',
]

async function rowsBefore(sql: Sql, events: readonly CaseEvent[]): Promise<Map<string, CaseRow>> {
  const wanted = [...new Set(events.filter((event) => !event.opened).map((event) => event.caseId))]
  const rows =
    wanted.length === 0
      ? []
      : await sql.query<CaseRow>('select * from read_model.cases where case_id = any($1::text[])', [wanted])
  return new Map(rows.map((row) => [row.case_id, row]))
}

function eventRow(event: CaseEvent) {
  const { orderId, sequence, caseId, commandId } = event
  return { order_id: orderId, sequence, case_id: caseId, command_id: commandId, event }
}
