import type { Actor } from '@holdpoint/schemas'
import { type CompiledRoster, type Person, whoIsOnDuty } from '../duty/index.ts'
import type { Situation, Who } from './facts.ts'
import { type Ladder, ladderOf } from './ladder.ts'
import { isRequester, isUnbarred, turnAt } from './turn.ts'

/** Roles whose decision counts now, the owner first: each level adds authority and takes none away. */
export function decidingRoles({ one, type, roster, now }: Situation): Ladder {
  const ladder = ladderOf(type)
  const { level } = turnAt({ ...one, type }, Math.min(one.level, ladder.length - 1), roster, now)
  return ladder.slice(0, level + 1)
}

/**
 * The roles of a person, as far as the case is concerned: those of the roster, and those for which they stand in now.
 * What is said of them elsewhere counts only while no roster is published.
 */
export function rolesOf({ type, orderOwner, roster, now }: Situation, who: Who): readonly string[] {
  if (!roster) return who.roles
  const own = roster.people.get(who.subject)?.roles ?? []
  const standingIn = [...ladderOf(type), ...type.reviewers, orderOwner].filter((role) =>
    whoIsOnDuty(roster, role, now).onDuty.some(({ subject }) => subject === who.subject),
  )
  return [...new Set([...own, ...standingIn])]
}

/** Anybody who works here. */
export function isStaff({ subject, roles }: Actor, roster: CompiledRoster | undefined): boolean {
  return roster ? roster.people.has(subject) : roles.length > 0
}

/** Whether somebody asked for it, or raised it: by subject, by name, by address. */
export function isOwn({ one, roster }: Situation, who: Who): boolean {
  const { subject } = who
  const { name, email } = roster?.people.get(subject) ?? who
  return isRequester(one, { subject, name, email })
}

/** Roles that have to do with a case, of which everybody may add to it. */
export function rolesConcerned({ one, type, orderOwner }: Situation): string[] {
  const asked = one.question?.to ?? ''
  const roles = [...ladderOf(type), ...type.reviewers, ...type.requestedBy, orderOwner, asked]
  return [...new Set(roles)].filter((role) => role !== '')
}

/** The people who could have the case instead of whoever has it; of the roles that decide it now. */
export function takers({ one, type, roster }: Situation, deciding: Ladder): Person[] {
  return [...(roster?.people.values() ?? [])].filter(
    (person) =>
      person.subject !== one.assignee &&
      person.roles.some((role) => deciding.includes(role)) &&
      isUnbarred({ ...one, type }, person),
  )
}

/** Who can be asked besides roles. */
export const askable = ['customer', 'requester'] as const

/** Whether somebody asked for what a case is about, or raised it: who can be asked what they meant. */
export const hasRequester = ({ requestId, raisedBy }: { requestId: string; raisedBy: string }): boolean =>
  requestId !== '' || raisedBy !== ''

/** As a sentence names who is asked. */
export const whom = (to: string): string => ((askable as readonly string[]).includes(to) ? `the ${to}` : to)
