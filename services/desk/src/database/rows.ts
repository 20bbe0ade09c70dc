import type { Sql } from './port.ts'

/**
 * Inserts many rows with one statement. A row has the table's columns by name. `conflict` is what follows
 * `on conflict`; with `do update` no two rows may have the same key.
 */
export async function insertRows(
  sql: Sql,
  table: string,
  rows: readonly object[],
  conflict: string,
): Promise<void> {
  if (rows.length === 0) return
  await sql.query(
    `insert into ${table} as kept select * from json_populate_recordset(null::${table}, $1::json) on conflict ${conflict}`,
    [jsonForSql(rows)],
  )
}

/** JSON that PostgreSQL can turn into text: it knows neither NUL nor half a surrogate pair. They become U+FFFD. */
export function jsonForSql(value: unknown): string {
  const text = JSON.stringify(value)
  if (!text.includes('\\u0000') && !text.includes('\\ud')) return text
  return JSON.stringify(value, (_key, part) => (typeof part === 'string' ? textForSql(part) : part))
}

export function textForSql(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}
