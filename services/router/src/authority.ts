import { whoIsOnDuty } from '@holdpoint/policy/duty'
import type { Actor } from '@holdpoint/schemas'
import { type Ladder, ladderOf } from './ladder.ts'
import { type Asked, type Refusal, refuse } from './refusal.ts'
import { inHand, isRequester, requesterOf, turnAt } from './who-has-it.ts'

/**
 * Who decides: the owner role always, and each level that the case has come to, by its deadlines or because nobody
 * below is on duty now. Each level adds authority and takes none away.
 */
export function checkDecides(asked: Asked): Refusal | undefined {
  const { one, type } = asked
  const roles = rolesOf(asked)
  const deciding = decidingRoles(asked)
  if (deciding.some((role) => roles.includes(role))) return undefined
  const deciders = deciding.join(' or ')
  const later = ladderOf(type).find((role) => roles.includes(role))
  if (later)
    return refuse(
      'NOT_OWNER',
      `The case belongs to ${deciders} until its deadline has passed; ${later} may decide from then on.`,
    )
  if (type.reviewers.some((role) => roles.includes(role)))
    return refuse('REVIEWER_ONLY', `Reviewers comment only. The decision lies with ${deciders}.`)
  return refuse('NOT_OWNER', `The decision on "${one.name}" lies with ${deciders}.`)
}

/** Nobody decides on their own request, nor on a case that they have raised. */
export function checkRequester(asked: Asked): Refusal | undefined {
  if (!isOwn(asked)) return undefined
  return refuse(
    'OWN_REQUEST',
    `You asked for this yourself. Somebody else of ${decidingRoles(asked).join(' or ')} has to decide.`,
  )
}

/** The order owner may open again what any role has closed. */
export function checkReopens(asked: Asked): Refusal | undefined {
  return rolesOf(asked).includes(asked.policy.orderOwner) ? undefined : checkDecides(asked)
}

/** Whoever is asked answers; who decides may write down what they were told by telephone or mail. */
export function checkAnswers(asked: Asked): Refusal | undefined {
  const { to = '' } = asked.one.question ?? {}
  const isAsked = to === 'requester' ? isOwn(asked) : rolesOf(asked).includes(to)
  const decides = checkDecides(asked) === undefined
  if (isAsked || decides) return undefined
  if (to === 'customer' && isInvolved(asked)) return undefined
  return refuse(
    'NOT_INVOLVED',
    `The question goes to ${whom(to)}: they answer it, or whoever decides the case.`,
  )
}

/** Everybody who has to do with a case may add to it. */
export function checkInvolved(asked: Asked): Refusal | undefined {
  if (isInvolved(asked)) return undefined
  const { reviewers } = asked.type
  const roles = [...new Set([...ladderOf(asked.type), ...reviewers, asked.policy.orderOwner])]
  return refuse('NOT_INVOLVED', `You have nothing to do with this case: ${roles.join(', ')} have.`)
}

/** Anybody who works here. */
export function isStaff(actor: Actor, { staff }: Pick<Asked, 'staff'>): boolean {
  return staff ? staff.roster.people.has(actor.subject) : actor.roles.length > 0
}

/** Roles whose decision counts now, the owner first. */
export function decidingRoles({ state, one, type, staff, now }: Asked): Ladder {
  const ladder = ladderOf(type)
  const { level } = turnAt(inHand(one, type, state), Math.min(one.level, ladder.length - 1), staff, now)
  return ladder.slice(0, level + 1)
}

/**
 * The roles of the person who asks: those of the roster, and those for which they stand in now. What the desk says of
 * them counts only while no roster is published.
 */
export function rolesOf({ command: { actor }, staff, type, policy, now }: Asked): readonly string[] {
  if (!staff) return actor.roles
  const own = staff.roster.people.get(actor.subject)?.roles ?? []
  const concerned = [...ladderOf(type), ...type.reviewers, policy.orderOwner]
  const standingIn = concerned.filter((role) =>
    whoIsOnDuty(staff.roster, role, now).onDuty.some(({ subject }) => subject === actor.subject),
  )
  return [...own, ...standingIn]
}

function isInvolved(asked: Asked): boolean {
  const { one, type, policy, command } = asked
  const roles = rolesOf(asked)
  const { to = '' } = one.question ?? {}
  const concerned = [...ladderOf(type), ...type.reviewers, ...type.requestedBy, policy.orderOwner, to]
  return (
    concerned.some((role) => roles.includes(role)) ||
    one.assignee.subject === command.actor.subject ||
    isOwn(asked)
  )
}

/** A request from upstream may name who asks by subject, name or address. */
function isOwn({ command: { actor }, state, one, staff }: Asked): boolean {
  const known = staff?.roster.people.get(actor.subject)
  const person = { subject: actor.subject, name: known?.name ?? actor.name, email: known?.email ?? '' }
  return isRequester({ requester: requesterOf(state, one), raisedBy: one.raisedBy }, person)
}

/** As a sentence names who is asked. */
export const whom = (to: string): string => (to === 'customer' || to === 'requester' ? `the ${to}` : to)
