import { parseRoster } from '@holdpoint/policy/duty'
import { insertRows } from '../database/rows.ts'
import type { Person } from '../read/people.ts'
import { type Projection, valuesOf } from './projection.ts'
import { soundVersions } from './sound-versions.ts'

/** duty.roster.v1: every published roster, with its people taken out. */
export const projectRoster: Projection<'duty.roster.v1'> = async (sql, records) => {
  const { sound, refused } = await soundVersions(sql, 'rosters', records)
  const rows = valuesOf(sound).map((roster) => ({ ...roster, people: peopleOf(roster.text) }))
  await insertRows(sql, 'read_model.rosters', rows, '(version) do nothing')
  return refused
}

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
