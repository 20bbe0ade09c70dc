import type { ExceptionType } from '@holdpoint/policy'
import { isAway, isCalled, type Person, whoIsOnDuty } from '@holdpoint/policy/duty'
import type { Assignee, CaseState, Instant, RouterState } from '@holdpoint/schemas'
import type { Staff } from './input.ts'
import { assigneeOf, type Ladder, ladderOf, nobody } from './ladder.ts'
import { inPlaceOf } from './seats.ts'

/*
 * Who has a case is who is on duty now and can decide it. A level of which nobody is on duty, or on which too few are
 * left who may decide (they asked for it, proposed it, have approved it), never waits: the next one has it at once.
 */

/** What says who may decide a case, besides the ladder. */
export interface InHand {
  type: ExceptionType
  /** As upstream says it; empty for nobody. */
  requester: string
  raisedBy: string
  /** Subject of who proposed the fields that wait for a yes. */
  proposedBy: string
  /** Subjects of those who have approved, and of those in whose place they did. */
  approved: readonly string[]
  approvals: number
}

/** Whose turn it is to decide. */
export interface Turn {
  level: number
  /** The person on duty; nobody when no level has one. */
  assignee: Assignee
  /** Why levels were passed over, in words; empty for none. */
  passed: string
}

export function inHand(one: CaseState, type: ExceptionType, state: RouterState): InHand {
  return {
    type,
    requester: requesterOf(state, one),
    raisedBy: one.raisedBy,
    proposedBy: one.proposal?.by.subject ?? '',
    approved: [...one.approvals, ...one.approvedFor],
    approvals: one.approvals.length,
  }
}

/** Who asked for what a case is about, as upstream says it; empty for nobody. */
export function requesterOf(
  { requests }: Pick<RouterState, 'requests'>,
  { requestId }: Pick<CaseState, 'requestId'>,
): string {
  if (requestId === '') return ''
  return requests.find(({ request }) => request.requestId === requestId)?.request.by.trim() ?? ''
}

/** Whether a person asked for what the case is about, or raised it. */
export function isRequester({ requester, raisedBy }: Pick<InHand, 'requester' | 'raisedBy'>, person: Known) {
  return (raisedBy !== '' && raisedBy === person.subject) || (requester !== '' && isCalled(person, requester))
}

type Known = Pick<Person, 'subject' | 'name' | 'email'>

/**
 * The first level from `from` on with somebody on duty, and enough people up to it who may decide. Where no level has
 * that, it stays with the first one asked. Without a roster every level counts as there.
 */
export function turnAt(hand: InHand, from: number, staff: Staff | undefined, now: Instant): Turn {
  if (!staff) return { level: from, assignee: nobody, passed: '' }
  const ladder = ladderOf(hand.type)
  const passed: string[] = []
  for (let level = from; level < ladder.length; level++) {
    const why = whyNot(hand, ladder, level, staff, now)
    if (why === undefined) {
      const assignee = whoOf(hand, ladder, level, staff, now)
      return { level, assignee, passed: passed.join('; ') }
    }
    passed.push(why)
  }
  const [first] = onDuty(ladder[from] as string, staff, now)
  return { level: from, assignee: first ? assigneeOf(first) : nobody, passed: '' }
}

/** Why a level is passed over; undefined when it has who decides. */
function whyNot(hand: InHand, ladder: Ladder, level: number, staff: Staff, now: Instant): string | undefined {
  const role = ladder[level] as string
  if (onDuty(role, staff, now).length === 0) return `Nobody of ${role} is on duty`
  if (isOpenToAll(hand)) return undefined
  const able = peopleAble(hand, ladder.slice(0, level + 1), staff, now).length
  const needed = Math.max(hand.type.approvals - hand.approvals, 1)
  if (able >= needed) return undefined
  const roles = ladder.slice(0, level + 1).join(' and ')
  return able === 0 && needed === 1
    ? `Nobody else of ${roles} may decide it`
    : `It takes ${needed} more of ${roles}, and ${able === 0 ? 'nobody is' : `only ${able} is`} there who may decide it`
}

/** The person who gets it: on duty before the others of the role, and never somebody who may not decide it. */
function whoOf(hand: InHand, ladder: Ladder, level: number, staff: Staff, now: Instant): Assignee {
  const role = ladder[level] as string
  const here = onDuty(role, staff, now).find((person) => mayDecide(hand, person))
  const found =
    here ?? peopleAble(hand, [role], staff, now)[0] ?? peopleAble(hand, ladder.slice(0, level), staff, now)[0]
  return found ? assigneeOf(found) : nobody
}

/** Everybody of some roles who is there and may decide, once. */
function peopleAble(hand: InHand, roles: readonly string[], staff: Staff, now: Instant): Person[] {
  const all = [...staff.roster.people.values()]
  const there = roles.flatMap((role) => [
    ...onDuty(role, staff, now).filter((person) => !isSeatTaken(hand, person, role, staff, now)),
    ...all.filter(
      ({ subject, roles: own }) => own.includes(role) && !isAway(staff.roster, role, subject, now),
    ),
  ])
  return [...new Set(there)].filter((person) => mayDecide(hand, person))
}

/** Nothing about the case bars anybody of the roles that decide it. */
function isOpenToAll({ type, requester, raisedBy, proposedBy, approved }: InHand): boolean {
  return (
    type.approvals < 2 && requester === '' && raisedBy === '' && proposedBy === '' && approved.length === 0
  )
}

/** Whether all those for whom somebody stands in have approved already. */
function isSeatTaken({ approved }: InHand, { subject }: Person, role: string, staff: Staff, now: Instant) {
  const seats = approved.length === 0 ? [] : inPlaceOf(subject, [role], staff, now)
  return seats.length > 0 && seats.every((seat) => approved.includes(seat))
}

/** Whether nothing bars a person of a deciding role: their own request, their own proposal, their approval. */
export function mayDecide(hand: InHand, person: Person): boolean {
  if (isRequester(hand, person) || hand.approved.includes(person.subject)) return false
  return !(hand.type.fourEyes && hand.proposedBy === person.subject)
}

export function onDuty(role: string, { roster }: Staff, now: Instant): readonly Person[] {
  return whoIsOnDuty(roster, role, now).onDuty
}
