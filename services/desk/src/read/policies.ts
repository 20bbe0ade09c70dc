import type { PolicyVersion } from '@holdpoint/schemas'
import type { Sql } from '../database/port.ts'
import { iso } from './instant.ts'

/** Number of the latest published policy; 0 when there is none. */
export async function latestVersion(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ version: number }>(
    'select coalesce(max(version), 0) as version from read_model.policies',
  )
  return row?.version ?? 0
}

export async function findPolicy(sql: Sql, version: number) {
  const [row] = await sql.query<PolicyVersion>(
    'select version, title, text, digest, by, reason, at from read_model.policies where version = $1',
    [version],
  )
  return row && { ...row, at: iso(row.at) }
}

/** Newest first, without their texts. */
export async function listPolicies(sql: Sql) {
  const rows = await sql.query<Omit<PolicyVersion, 'text'>>(
    'select version, title, digest, by, reason, at from read_model.policies order by version desc',
  )
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}
