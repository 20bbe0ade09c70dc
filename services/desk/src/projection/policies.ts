import { parsePolicy } from '@holdpoint/policy'
import { insertRows } from '../database/rows.ts'
import { type Projection, valuesOf } from './projection.ts'
import { soundVersions } from './sound-versions.ts'

/** policy.versions.v1: every published policy, and whether this desk can read it. */
export const projectPolicies: Projection<'policy.versions.v1'> = async (sql, records) => {
  const { sound, refused } = await soundVersions(sql, 'policies', records)
  const rows = valuesOf(sound).map((policy) => ({
    ...policy,
    readable: 'policy' in parsePolicy(policy.text),
  }))
  await insertRows(sql, 'read_model.policies', rows, '(version) do nothing')
  return refused
}
