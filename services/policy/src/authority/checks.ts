import { shortened } from '@holdpoint/schemas'
import { askAnew, askedFromElsewhere, raisedFromElsewhere } from '../duty/index.ts'
import type { Refusal, Situation, Who } from './facts.ts'
import { type Ladder, ladderOf } from './ladder.ts'
import { decidingRoles, isOwn, rolesConcerned, rolesOf, takers, whom } from './people.ts'
import { refuse } from './refuse.ts'
import { inPlaceOf } from './seats.ts'

/** A case about which something is to be done. */
export interface Considered extends Situation {
  /** Roles whose decision counts now. */
  deciding: Ladder
}

/** The same by somebody. */
export interface Asked extends Considered {
  who: Who
  /** Theirs, as far as the case is concerned. */
  roles: readonly string[]
}

/** What is asked of the case alone, or of who wants to do something. */
export type Check =
  | { of: 'case'; no: (considered: Considered) => Refusal | undefined }
  | { of: 'who'; no: (asked: Asked) => Refusal | undefined }

export const consider = (situation: Situation): Considered => ({
  ...situation,
  deciding: decidingRoles(situation),
})

export const askedBy = (who: Who, considered: Considered): Asked => ({
  ...considered,
  who,
  roles: rolesOf(considered, who),
})

export function checkOpen({ one }: Considered) {
  if (one.isOpen) return undefined
  const { outcome, by, reason } = one.ended
  return refuse('CASE_CLOSED', `The case was ${outcome.toLowerCase()} by ${by}: ${reason}`)
}

export function checkClosed({ one }: Considered) {
  if (!one.isOpen) return undefined
  return refuse('ACTION_NOT_ALLOWED', `"${one.name}" is open: only a closed case can be opened again.`)
}

/** The owner role decides always, and each level that the case has come to. */
export function checkDecides({ one, type, roles, deciding }: Asked) {
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
export function checkNotOwn(asked: Asked) {
  if (!isOwn(asked, asked.who)) return undefined
  const others = asked.deciding.join(' or ')
  return refuse('OWN_REQUEST', `You asked for this yourself. Somebody else of ${others} has to decide.`)
}

/** The order owner may open again what any role has closed. */
export function checkReopens(asked: Asked) {
  return asked.roles.includes(asked.orderOwner) ? undefined : checkDecides(asked)
}

export function checkAsks({ one }: Considered) {
  if (one.question) return undefined
  return refuse('ACTION_NOT_ALLOWED', `"${one.name}" waits for no answer: write a note instead.`)
}

/** Whoever is asked answers; who decides may write down what they were told by telephone or mail. */
export function checkAnswers(asked: Asked) {
  const { to = '' } = asked.one.question ?? {}
  if (isCustomer(asked.who) && to === 'customer') return undefined
  const isAsked = to === 'requester' ? isOwn(asked, asked.who) : asked.roles.includes(to)
  if (isAsked || checkDecides(asked) === undefined) return undefined
  if (to === 'customer' && isInvolved(asked)) return undefined
  return refuse(
    'NOT_INVOLVED',
    `The question goes to ${whom(to)}: they answer it, or whoever decides the case.`,
  )
}

/** A customer has no sign-in: the desk says so of who comes by the link of a question, and of nobody else. */
export const customerSubject = (orderId: string): string => `customer:${orderId}`
const isCustomer = ({ subject }: Pick<Who, 'subject'>): boolean => subject.startsWith('customer:')

/** Everybody who has to do with a case may add to it. */
export function checkInvolved(asked: Asked) {
  if (isInvolved(asked)) return undefined
  const { type, orderOwner } = asked
  const roles = [...new Set([...ladderOf(type), ...type.reviewers, orderOwner])]
  return refuse('NOT_INVOLVED', `You have nothing to do with this case: ${roles.join(', ')} have.`)
}

function isInvolved(asked: Asked): boolean {
  const { one, who, roles } = asked
  return (
    rolesConcerned(asked).some((role) => roles.includes(role)) ||
    one.assignee === who.subject ||
    isOwn(asked, who)
  )
}

/** What was proposed for a case can be approved whatever its type says. */
export function checkAllowed(action: string) {
  return ({ one }: Considered) => {
    const isProposed = action === 'APPROVE' && one.proposedBy !== null
    if (isProposed || one.actions.some((allowed) => allowed === action)) return undefined
    const allowed = one.actions.map((one) => one.toLowerCase()).join(', ')
    return refuse('ACTION_NOT_ALLOWED', `"${one.name}" allows ${allowed || 'no decision'}.`)
  }
}

/** While a correction is on its way nobody can know what they decide on. */
export function checkNotUnderWay({ one: { correctedBy } }: Considered) {
  if (!correctedBy) return undefined
  const { name, subject } = correctedBy
  return refuse(
    'VALUE_CHANGED',
    `What ${name || subject} put right is on its way into the order: look at it again in a moment.`,
  )
}

/** What is asked for by somebody who may not ask for it is not granted as it is. */
export function checkRequestedBy({ one, type, roster }: Considered) {
  const people = roster?.people.values()
  const elsewhere = one.request
    ? askedFromElsewhere(type, one.request, people)
    : raisedFromElsewhere(type, one.raisedBy, people)
  return elsewhere === undefined ? undefined : refuse('ACTION_NOT_ALLOWED', `${elsewhere} ${askAnew(type)}`)
}

/** With four eyes, nobody approves what they have proposed themselves. */
export function checkFourEyes({ one, type, who, deciding }: Asked) {
  if (!type.fourEyes || one.proposedBy !== who.subject) return undefined
  const roles = deciding.join(' or ')
  return refuse('FOUR_EYES', `You proposed this yourself. Somebody else of ${roles} has to approve it.`)
}

/** Where several have to approve, each counts once, and whoever stands in for somebody approves in their place. */
export function checkOnce({ one: { approvals, approvedFor }, who, deciding, roster, now }: Asked) {
  if (approvals.includes(who.subject))
    return refuse('FOUR_EYES', 'You have approved this already: it takes the approval of somebody else.')
  if (approvedFor.includes(who.subject))
    return refuse(
      'FOUR_EYES',
      'It was approved in your place already: it takes the approval of somebody else.',
    )
  const seats = inPlaceOf(who.subject, deciding, roster, now)
  const isTaken = (seat: string) => approvals.includes(seat) || approvedFor.includes(seat)
  if (seats.length === 0 || !seats.every(isTaken)) return undefined
  const names = seats.map((seat) => roster?.people.get(seat)?.name ?? seat).join(' and ')
  return refuse(
    'FOUR_EYES',
    `You stand in for ${names}, who has approved this already: it takes the approval of somebody else.`,
  )
}

/** Characters of an open question that a refusal repeats. */
const mostQuoted = 100

/** Who was asked would answer what nobody waits for any more, had a second question taken the place of theirs. */
export function checkUnasked({ one: { name, question } }: Considered) {
  if (!question) return undefined
  const { to, text, answerBy } = question
  const until = new Date(answerBy).toISOString()
  return refuse(
    'ACTION_NOT_ALLOWED',
    `"${name}" waits for an answer of ${whom(to)} already, until ${until}: "${shortened(text, mostQuoted)}". Wait for it, write it down as the answer, or decide the case without it.`,
  )
}

export function checkUnclaimed({ one, who }: Asked) {
  if (one.assignee !== who.subject) return undefined
  return refuse('ACTION_NOT_ALLOWED', 'The case is yours already.')
}

export function checkHasTakers(asked: Considered) {
  if (takers(asked, asked.deciding).length > 0) return undefined
  return refuse('NO_SUCH_PERSON', `Nobody else of ${asked.deciding.join(' or ')} can take it.`)
}

/** A policy that is published later never moves a running deadline by itself. */
export function checkReplannable({ one, newest: { version, hasType } }: Considered) {
  const { clock, level, name } = one
  if (version <= clock.policyVersion)
    return refuse(
      'ACTION_NOT_ALLOWED',
      `The deadline goes by policy version ${clock.policyVersion}, the newest.`,
    )
  if (!hasType)
    return refuse(
      'ACTION_NOT_ALLOWED',
      `Policy version ${version} has no "${name}" any more: the deadline stays.`,
    )
  if (clock.deadline === null)
    return refuse('ACTION_NOT_ALLOWED', 'The clock stands still while the case waits for an answer.')
  if (level > 0) return refuse('ACTION_NOT_ALLOWED', 'The case has gone to the next level already.')
  return undefined
}

export function refuseUnknown({ one }: Considered) {
  return refuse('ACTION_NOT_ALLOWED', `There is no such action on "${one.name}".`)
}
