import { insertRows } from '../database/rows.ts'
import { lastOfEach, type Projection, valuesOf } from './projection.ts'

/** duty.roster.v1: the people as the roster has them now. */
export const projectRoster: Projection<'duty.roster.v1'> = async (sql, records) => {
  const latest = lastOfEach(records, (record) => record.key)
  const gone = latest.filter(({ value }) => value?.kind !== 'PERSON').map(({ key }) => key)
  if (gone.length > 0)
    await sql.query('delete from read_model.people where entry_id = any($1::text[])', [gone])
  const people = valuesOf(latest).filter((entry) => entry.kind === 'PERSON')
  await insertRows(
    sql,
    'read_model.people',
    people.map(({ entryId, subject, name, email, roles }) => ({
      entry_id: entryId,
      subject,
      name,
      email,
      roles,
    })),
    `(entry_id) do update set
       subject = excluded.subject, name = excluded.name, email = excluded.email, roles = excluded.roles`,
  )
}
