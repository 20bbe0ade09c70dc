import type { Instant } from '@holdpoint/schemas'
import { type CompiledRoster, whoIsOnDuty } from '../duty/index.ts'
import type { Ladder } from './ladder.ts'

/**
 * In whose place somebody decides who has none of the roles and stands in for others now: their approval is that of
 * the people whose duty they do. Empty for everybody who decides in their own right.
 */
export function inPlaceOf(
  subject: string,
  roles: Ladder,
  roster: CompiledRoster | undefined,
  now: Instant,
): string[] {
  if (!roster) return []
  const own = roster.people.get(subject)?.roles ?? []
  if (roles.some((role) => own.includes(role))) return []
  return [...new Set(roles.flatMap((role) => replacedIn(role, subject, roster, now)))]
}

function replacedIn(role: string, subject: string, roster: CompiledRoster, now: Instant): readonly string[] {
  const { onDuty, why } = whoIsOnDuty(roster, role, now)
  const reason =
    why.kind === 'on-duty' ? why.reasons[onDuty.findIndex((one) => one.subject === subject)] : undefined
  switch (reason?.by) {
    case 'substitute':
    case 'next-in-rota':
      return reason.for
    case 'override':
      return reason.inPlaceOf === undefined ? [] : [reason.inPlaceOf]
    case 'turn':
    case 'shift':
    case 'role':
    case undefined:
      return []
    default:
      return reason satisfies never
  }
}
