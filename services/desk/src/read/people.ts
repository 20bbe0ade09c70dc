import type { Sql } from '../database/port.ts'

export interface Person {
  /** Immutable id. */
  subject: string
  name: string
  email: string
  roles: string[]
}

/** The people of the roster, by name. */
export async function listPeople(sql: Sql): Promise<Person[]> {
  return sql.query<Person>('select subject, name, email, roles from read_model.people order by name, subject')
}

export async function entryIds(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ entry_id: string }>(
    'select entry_id from read_model.people order by entry_id',
  )
  return rows.map((row) => row.entry_id)
}
