import { insertRows } from '../database/rows.ts'
import { lastOfEach, type Projection, valuesOf } from './projection.ts'

/** policy.versions.v1: every published policy. */
export const projectPolicies: Projection<'policy.versions.v1'> = (sql, records) =>
  insertRows(
    sql,
    'read_model.policies',
    lastOfEach(valuesOf(records), (policy) => String(policy.version)),
    `(version) do update set
       title = excluded.title, text = excluded.text, digest = excluded.digest, changes = excluded.changes,
       by = excluded.by, reason = excluded.reason, at = excluded.at`,
  )
