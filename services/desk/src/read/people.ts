import type { Sql } from '../database/port.ts'

export interface Person {
  /** Immutable id. */
  subject: string
  name: string
  email: string
  roles: string[]
}

/** The people of the roster in force, by name. */
export async function listPeople(sql: Sql): Promise<Person[]> {
  const [row] = await sql.query<{ people: Person[] }>(
    'select people from read_model.rosters where people is not null order by version desc limit 1',
  )
  return (row?.people ?? []).toSorted(
    (a, b) => a.name.localeCompare(b.name) || (a.subject < b.subject ? -1 : 1),
  )
}
