import { parseRoster } from '@holdpoint/policy/duty'
import { insertRows } from '../database/rows.ts'
import type { Person } from '../read/people.ts'
import { lastOfEach, type Projection, valuesOf } from './projection.ts'

/** duty.roster.v1: every published roster, with its people taken out. */
export const projectRoster: Projection<'duty.roster.v1'> = (sql, records) =>
  insertRows(
    sql,
    'read_model.rosters',
    lastOfEach(valuesOf(records), (roster) => String(roster.version)).map((roster) => ({
      ...roster,
      people: peopleOf(roster.text),
    })),
    `(version) do update set
       text = excluded.text, digest = excluded.digest, changes = excluded.changes, by = excluded.by,
       reason = excluded.reason, at = excluded.at, people = excluded.people`,
  )

/** Null for a roster that this desk is too old to read: the people stay as they were. */
function peopleOf(text: string): Person[] | null {
  const read = parseRoster(text)
  if ('errors' in read) return null
  return read.roster.people.map(({ subject, name, email, roles }) => ({
    subject,
    name,
    email,
    roles: [...roles],
  }))
}
