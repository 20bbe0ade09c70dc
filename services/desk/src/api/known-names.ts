import { suggest } from '@holdpoint/policy'
import { deadLetterTopic } from '@holdpoint/schemas'
import { ownsCase, typeHasCase } from '../read/cases.ts'
import { latestPolicy } from '../read/versions.ts'
import { peopleWhoMaySignIn } from '../sign-in/directory.ts'
import type { DeskParts } from './desk-parts.ts'
import { Problem } from './problem.ts'

type Parts = Pick<DeskParts, 'database' | 'policies'>

/**
 * A filter that finds nothing may have been written wrongly: raises a problem that names what was meant, when there has
 * never been a case with such a role or type and neither policy nor roster knows it.
 */
export async function requireKnown(parts: Parts, filter: { role?: string; type?: string }): Promise<void> {
  if (filter.role) await requireRole(parts, filter.role)
  if (filter.type) await requireType(parts, filter.type)
}

async function requireRole({ database, policies }: Parts, role: string): Promise<void> {
  const policy = await policies(await latestPolicy(database))
  const people = await peopleWhoMaySignIn(database)
  const known = new Set([...(policy?.roles.keys() ?? []), ...people.flatMap(({ roles }) => roles)])
  if (known.has(role) || (await ownsCase(database, role))) return
  throw unknown('UNKNOWN_ROLE', `There is no role "${role}"`, role, [...known])
}

async function requireType({ database, policies }: Parts, type: string): Promise<void> {
  const policy = await policies(await latestPolicy(database))
  const known = [...(policy?.types.keys() ?? [])]
  if (known.includes(type) || (await typeHasCase(database, type))) return
  throw unknown('UNKNOWN_TYPE', `There is no exception type "${type}"`, type, known)
}

export function requireService(service: string): void {
  const known = Object.keys(deadLetterTopic)
  if (!known.includes(service))
    throw unknown('UNKNOWN_SERVICE', `No service "${service}" has dead letters`, service, known)
}

function unknown(code: string, what: string, written: string, known: readonly string[]): Problem {
  return new Problem(422, code, `${what}: ${sentence(suggest(written, known))}`)
}

export const sentence = (text: string): string => (/[.?]$/.test(text) ? text : `${text}.`)
