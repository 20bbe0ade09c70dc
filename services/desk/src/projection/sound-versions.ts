import { versionProblem } from '@holdpoint/policy/published'
import type { Sql } from '../database/port.ts'
import { type Checked, type Refused, refusedBecause, type Seen } from './projection.ts'

/** Topics of files that are published as numbered versions. */
export type VersionedTopic = 'policy.versions.v1' | 'duty.roster.v1'

/** Takes out the records of a versioned topic that do not count as published; see versionProblem. */
export async function soundVersions<T extends VersionedTopic>(
  sql: Sql,
  table: 'policies' | 'rosters',
  records: readonly Seen<T>[],
): Promise<Checked<T>> {
  const known = await sql.query<{ version: number; digest: string }>(
    `select version, digest from read_model.${table}`,
  )
  const digests = new Map(known.map(({ version, digest }) => [version, digest]))
  let latest = Math.max(0, ...digests.keys())
  const sound: Seen<T>[] = []
  const refused: Refused<T>[] = []
  for (const record of records) {
    const { key, value } = record
    const problem = versionProblem(key, value, { latest, digestOf: (version) => digests.get(version) })
    if (problem !== undefined) refused.push(refusedBecause(record, '', problem))
    else if (value) {
      sound.push(record)
      digests.set(value.version, value.digest)
      latest = Math.max(latest, value.version)
    }
  }
  return { sound, refused }
}
