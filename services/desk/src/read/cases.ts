import { stopped } from '@holdpoint/policy'
import { viewDigest } from '@holdpoint/schemas'
import type { CaseRow } from '../case/case-row.ts'
import type { Sql } from '../database/port.ts'
import { jsonForSql } from '../database/rows.ts'
import { questionView } from './case-events.ts'
import { iso, isoOrNull } from './instant.ts'
import { type Cursor, type Page, type PageWanted, pageOf, parseCursor } from './page.ts'
import { containing, Where } from './where.ts'

export interface CaseFilter {
  status: 'open' | 'waiting' | 'stopped' | 'closed' | 'all'
  role?: string
  type?: string
  orderId?: string
  q?: string
}

/** A case with what its order adds to it. */
export interface CaseWithOrder extends CaseRow {
  customer_name: string
  currency: string
  total: string
  revision: number
  digest: string
}

const columns = `c.*, coalesce(o.customer_name, '') as customer_name, coalesce(o.currency, '') as currency,
  coalesce(o.total, 0) as total, coalesce(o.revision, 0) as revision, coalesce(o.digest, '') as digest`
const tables = 'read_model.cases c left join read_model.orders o using (order_id)'

const byUrgency = { by: 'c.urgent_at', of: (row: CaseRow) => row.urgent_at, up: true }

/** How a list is sorted: open cases by what is late or due next, the others by what happened last. */
const orders = {
  open: byUrgency,
  waiting: byUrgency,
  stopped: byUrgency,
  closed: { by: 'c.closed_at', of: (row: CaseRow) => row.closed_at ?? 0, up: false },
  all: { by: 'c.opened_at', of: (row: CaseRow) => row.opened_at, up: false },
} as const

export async function listCases(
  sql: Sql,
  filter: CaseFilter,
  { limit, cursor }: PageWanted,
): Promise<Page<CaseWithOrder>> {
  const order = orders[filter.status]
  const where = conditions(filter)
  const [counted] = await sql.query<{ total: number }>(
    `select count(*) as total from ${tables} ${where.clause}`,
    where.values,
  )
  const from = cursor === undefined ? undefined : parseCursor(cursor)
  if (from) where.add(`(${order.by}, c.case_id) ${order.up ? '>' : '<'} (?, ?)`, ...from)
  const direction = order.up ? 'asc' : 'desc'
  const rows = await sql.query<CaseWithOrder>(
    `select ${columns} from ${tables} ${where.clause}
     order by ${order.by} ${direction}, c.case_id ${direction} limit ${where.value(limit + 1)}`,
    where.values,
  )
  const cursorOf = (row: CaseWithOrder): Cursor => [order.of(row), row.case_id]
  return pageOf(rows, limit, counted?.total ?? 0, cursorOf, (row) => row)
}

/** Whether a role has, or may decide, any case at all, closed ones too. */
export const ownsCase = (sql: Sql, role: string): Promise<boolean> =>
  anyCase(sql, conditions({ status: 'all', role }))

export const typeHasCase = (sql: Sql, type: string): Promise<boolean> =>
  anyCase(sql, conditions({ status: 'all', type }))

async function anyCase(sql: Sql, where: Where): Promise<boolean> {
  const found = await sql.query(`select 1 from ${tables} ${where.clause} limit 1`, where.values)
  return found.length > 0
}

function conditions({ status, role, type, orderId, q }: CaseFilter): Where {
  const where = new Where()
  if (status === 'open') where.add("c.status <> 'CLOSED'")
  if (status === 'waiting') where.add("c.status = 'WAITING'")
  if (status === 'stopped') where.add("c.status <> 'CLOSED' and c.type = ?", stopped)
  if (status === 'closed') where.add("c.status = 'CLOSED'")
  if (role) where.add('(c.owner = ? or ? in (select json_array_elements_text(c.deciders)))', role, role)
  if (type) where.add('c.type = ?', type)
  if (orderId) where.add('c.order_id = ?', orderId)
  if (q) {
    const pattern = where.value(containing(q))
    where.add(
      `(c.order_id ilike ${pattern} or c.case_id ilike ${pattern} or c.name ilike ${pattern}
        or o.customer_name ilike ${pattern})`,
    )
  }
  return where
}

export async function findCase(sql: Sql, caseId: string): Promise<CaseWithOrder | undefined> {
  const where = new Where().add('c.case_id = ?', caseId)
  const [row] = await sql.query<CaseWithOrder>(
    `select ${columns} from ${tables} ${where.clause}`,
    where.values,
  )
  return row
}

/** Those of these cases that there are, by their ids. */
export async function findCases(
  sql: Sql,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, CaseWithOrder>> {
  const rows = await sql.query<CaseWithOrder>(
    `select ${columns} from ${tables} where c.case_id in (select json_array_elements_text($1::json))`,
    [jsonForSql(caseIds)],
  )
  return new Map(rows.map((row) => [row.case_id, row]))
}

/** All cases of one order, oldest first. */
export async function casesOf(sql: Sql, orderId: string): Promise<CaseWithOrder[]> {
  const where = new Where().add('c.order_id = ?', orderId)
  return sql.query<CaseWithOrder>(
    `select ${columns} from ${tables} ${where.clause} order by c.opened_at, c.case_id`,
    where.values,
  )
}

/** The first deadline that has passed; null while none has, or while the clock stands still. */
function lateSince({ status, late_since, deadline }: CaseRow, now: number): number | null {
  if (status !== 'OPEN') return null
  return late_since ?? (deadline !== null && deadline < now ? deadline : null)
}

export function caseSummary(row: CaseWithOrder, now: number) {
  const late = lateSince(row, now)
  return {
    caseId: row.case_id,
    orderId: row.order_id,
    type: row.type,
    name: row.name,
    kind: row.kind,
    status: row.status,
    outcome: row.outcome,
    owner: row.owner,
    backup: row.backup,
    level: row.level,
    decider: row.decider,
    assignee: row.assignee,
    deadline: isoOrNull(row.deadline),
    overdue: late !== null,
    lateSince: isoOrNull(late),
    question: row.question && questionView(row.question),
    openedAt: iso(row.opened_at),
    closedAt: isoOrNull(row.closed_at),
    holds: row.holds,
    customerName: row.customer_name,
    total: row.total,
    currency: row.currency,
    revision: row.revision,
    digest: viewDigest(row.digest, row.proposal),
  }
}

export function caseDetail(row: CaseWithOrder, now: number, approvalsNeeded: number) {
  return {
    ...caseSummary(row, now),
    rule: row.rule,
    evidence: row.evidence,
    mayCorrect: row.may_correct,
    mayStop: row.may_stop,
    correctUntil: row.correct_until,
    requestId: row.request_id,
    request: row.request,
    openedReason: row.opened_reason,
    notes: row.notes.map((note) => ({ ...note, at: iso(note.at) })),
    granted: row.granted,
    raisedBy: row.raised_by,
    proposal: row.proposal,
    correction: row.correction,
    approvals: { by: row.approvals, needed: approvalsNeeded },
    reopened: row.reopened,
    closedBy: row.closed_by,
    closedReason: row.closed_reason,
  }
}
