import type { Person } from '../read/people.ts'
import { policyInForce } from '../read/versions.ts'
import { publisherRoles } from '../sign-in/roles.ts'
import type { DeskParts } from './desk-parts.ts'
import { Problem } from './problem.ts'

/** Rejects with 403 unless the person has the role that sees the whole order, by the policy in force. */
export async function requireOrderOwner(
  { database, policies }: DeskParts,
  person: Person | undefined,
  { code, what }: { code: string; what: string },
): Promise<Person> {
  const policy = await policies(await policyInForce(database))
  const role = policy?.orderOwner ?? (publisherRoles[0] as string)
  if (person?.roles.includes(role)) return person
  const has = person?.roles.join(', ') || 'none'
  throw new Problem(
    403,
    code,
    `${what} needs the role ${role}, which owns the whole order; ${person?.name} has ${has}.`,
  )
}
