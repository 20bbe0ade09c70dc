import type { ExceptionType } from '../policy.ts'
import type { Person } from './roster.ts'
import { whoIsCalled } from './same-person.ts'

type Type = Pick<ExceptionType, 'name' | 'requestedBy'>

/** Who asks, as upstream says it: a subject, name or address, and a role. */
interface Asking {
  by: string
  role: string
}

/**
 * Says where a request comes from when its type is not asked for from there; undefined when all is well. The roles of
 * whom the roster knows count, and not what the request says of them. `people`: those of the roster, undefined while
 * there is none.
 */
export function askedFromElsewhere(
  type: Type,
  { by, role }: Asking,
  people: Iterable<Person> | undefined,
): string | undefined {
  if (type.requestedBy.length === 0) return undefined
  const known = whoIsCalled(people ?? [], by)?.roles
  const roles = known ?? [role]
  if (roles.some((one) => type.requestedBy.includes(one))) return undefined
  const who = by === '' ? 'somebody' : `"${by}"`
  const where = known
    ? `of ${listed(known) || 'no role'}`
    : `whom the roster does not know, as ${role || 'nothing'}`
  return `"${type.name}" may be asked for by ${listed(type.requestedBy)} only, and ${who}, ${where}, asks for it.`
}

/** The same for what somebody raised; undefined for whom the roster does not know. */
export function raisedFromElsewhere(
  type: Type,
  subject: string,
  people: Iterable<Person> | undefined,
): string | undefined {
  const all = [...(people ?? [])]
  return subject !== '' && whoIsCalled(all, subject)
    ? askedFromElsewhere(type, { by: subject, role: '' }, all)
    : undefined
}

/** What is to be done with such a request. */
export const askAnew = ({ requestedBy }: Pick<Type, 'requestedBy'>): string =>
  `Reject it, so that ${listed(requestedBy)} can ask for it, or ask them.`

const listed = (roles: readonly string[]): string => roles.join(' or ')
