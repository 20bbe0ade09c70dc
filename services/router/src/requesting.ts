import type { ExceptionType } from '@holdpoint/policy'
import type { Request } from '@holdpoint/schemas'
import type { Staff } from './input.ts'
import { type Asked, type Refusal, refuse } from './refusal.ts'

/** What is asked for by somebody who may not ask for it is not granted as it is. */
export function checkRequestedBy({ state, one, type, staff }: Asked): Refusal | undefined {
  const open = state.requests.find(
    ({ request }) => one.requestId !== '' && request.requestId === one.requestId,
  )
  const elsewhere = open
    ? fromElsewhere(type, open.request, staff)
    : raisedElsewhere(type, one.raisedBy, staff)
  if (!elsewhere) return undefined
  const next = `Reject it, so that ${listed(type.requestedBy)} can ask for it, or ask them.`
  return refuse('ACTION_NOT_ALLOWED', `${elsewhere} ${next}`)
}

/** Says where a request comes from when its type is not asked for from there; undefined when all is well. */
export function fromElsewhere(
  type: Pick<ExceptionType, 'name' | 'requestedBy'>,
  { by, role }: Pick<Request, 'by' | 'role'>,
  staff: Staff | undefined,
): string | undefined {
  if (type.requestedBy.length === 0) return undefined
  const known = rolesOf(by.trim(), staff)
  const roles = known ?? [role]
  if (roles.some((one) => type.requestedBy.includes(one))) return undefined
  const who = by === '' ? 'somebody' : `"${by}"`
  const where = known
    ? `of ${listed(known) || 'no role'}`
    : `whom the roster does not know, as ${role || 'nothing'}`
  return `"${type.name}" may be asked for by ${listed(type.requestedBy)} only, and ${who}, ${where}, asks for it.`
}

function raisedElsewhere(type: ExceptionType, subject: string, staff: Staff | undefined): string | undefined {
  return subject !== '' && rolesOf(subject, staff)
    ? fromElsewhere(type, { by: subject, role: '' }, staff)
    : undefined
}

/** A request may name who asks by subject, name or address. */
function rolesOf(by: string, staff: Staff | undefined): readonly string[] | undefined {
  const people = [...(staff?.roster.people.values() ?? [])]
  const same = (text: string) => text.toLowerCase() === by.toLowerCase()
  return people.find(({ subject, name, email }) => [subject, name, email].some(same))?.roles
}

const listed = (roles: readonly string[]): string => roles.join(' or ')
