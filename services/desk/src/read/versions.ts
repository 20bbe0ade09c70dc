import type { PolicyVersion, RosterVersion } from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import { iso } from './instant.ts'

/** Published versions of the policy and of the roster. */
type Table = 'policies' | 'rosters'

export const latestPolicy = (sql: Sql): Promise<number> => latest(sql, 'policies')
export const latestRoster = (sql: Sql): Promise<number> => latest(sql, 'rosters')

/** Number of the newest version that can be read; 0 when there is none. The last good one stays in force. */
export const policyInForce = (sql: Sql): Promise<number> => latest(sql, 'policies', 'where readable')
export const rosterInForce = (sql: Sql): Promise<number> => latest(sql, 'rosters', 'where people is not null')

/** Number of the latest version; 0 when there is none. */
async function latest(sql: Sql, table: Table, where = ''): Promise<number> {
  const [row] = await sql.query<{ version: number }>(
    `select coalesce(max(version), 0) as version from read_model.${table} ${where}`,
  )
  return row?.version ?? 0
}

export async function findPolicy(sql: Sql, version: number) {
  const [row] = await sql.query<PolicyVersion>(
    'select version, title, text, digest, changes, by, reason, at from read_model.policies where version = $1',
    [version],
  )
  return row && { ...row, at: iso(row.at) }
}

/** Newest first, without their texts. */
export async function listPolicies(sql: Sql) {
  const rows = await sql.query<Omit<PolicyVersion, 'text'>>(
    'select version, title, digest, changes, by, reason, at from read_model.policies order by version desc',
  )
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}

export async function findRoster(sql: Sql, version: number) {
  const [row] = await sql.query<RosterVersion>(
    'select version, text, digest, changes, by, reason, at from read_model.rosters where version = $1',
    [version],
  )
  return row && { ...row, at: iso(row.at) }
}

/** Newest first, without their texts. */
export async function listRosters(sql: Sql) {
  const rows = await sql.query<Omit<RosterVersion, 'text'>>(
    'select version, digest, changes, by, reason, at from read_model.rosters order by version desc',
  )
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}
