import type { Assignee, Instant } from '@holdpoint/schemas'
import { type CompiledRoster, isAway, isCalled, type Person, whoIsOnDuty } from '../duty/index.ts'
import type { CaseFacts, TypeFacts } from './facts.ts'
import { type Ladder, ladderOf } from './ladder.ts'
import { inPlaceOf } from './seats.ts'

/*
 * Who has a case is who is on duty now and can decide it. A level of which nobody is on duty, or on which too few are
 * left who may decide (they asked for it, proposed it, have approved it), never waits: the next one has it at once.
 */

/** What bars people from deciding a case, whatever their role. */
export type Bars = Pick<CaseFacts, 'request' | 'raisedBy' | 'proposedBy' | 'approvals' | 'approvedFor'>

/** A case, as far as it says whose turn it is. */
export interface Hand extends Bars {
  type: Pick<TypeFacts, 'owner' | 'ladder' | 'approvals' | 'fourEyes'>
}

/** What nobody is barred from. */
export const nobodyBarred: Bars = {
  request: null,
  raisedBy: '',
  proposedBy: null,
  approvals: [],
  approvedFor: [],
}

export const nobody: Assignee = { subject: '', name: '' }

/** Whose turn it is to decide. */
export interface Turn {
  level: number
  /** The person on duty; nobody when no level has one. */
  assignee: Assignee
  /** Why levels were passed over, in words; empty for none. */
  passed: string
}

/** Whether a person asked for what the case is about, as upstream says it in its own way, or raised it. */
export function isRequester(
  { request, raisedBy }: Pick<Bars, 'request' | 'raisedBy'>,
  person: Pick<Person, 'subject' | 'name' | 'email'>,
): boolean {
  const requester = requesterIn(request)
  return (raisedBy !== '' && raisedBy === person.subject) || (requester !== '' && isCalled(person, requester))
}

const requesterIn = (request: Bars['request']): string => request?.by.trim() ?? ''

/**
 * The first level from `from` on with somebody on duty, and enough people up to it who may decide. Where no level has
 * that, it stays with the first one asked. Without a roster every level counts as there.
 */
export function turnAt(hand: Hand, from: number, roster: CompiledRoster | undefined, now: Instant): Turn {
  if (!roster) return { level: from, assignee: nobody, passed: '' }
  const ladder = ladderOf(hand.type)
  const moment = { roster, now }
  const passed: string[] = []
  for (let level = from; level < ladder.length; level++) {
    const why = whyPassed(hand, ladder, level, moment)
    if (why === undefined) {
      const assignee = whoOf(hand, ladder, level, moment)
      return { level, assignee, passed: passed.join('; ') }
    }
    passed.push(why)
  }
  const [first] = onDuty(ladder[from] as string, moment)
  return { level: from, assignee: first ? named(first) : nobody, passed: '' }
}

/** Who works here, at an instant. */
interface Moment {
  roster: CompiledRoster
  now: Instant
}

/** Why a level is passed over; undefined when it has who decides. */
function whyPassed(hand: Hand, ladder: Ladder, level: number, moment: Moment): string | undefined {
  const role = ladder[level] as string
  if (onDuty(role, moment).length === 0) return `Nobody of ${role} is on duty`
  if (isOpenToAll(hand)) return undefined
  const able = peopleAble(hand, ladder.slice(0, level + 1), moment).length
  const needed = Math.max(hand.type.approvals - hand.approvals.length, 1)
  if (able >= needed) return undefined
  const roles = ladder.slice(0, level + 1).join(' and ')
  return able === 0 && needed === 1
    ? `Nobody else of ${roles} may decide it`
    : `It takes ${needed} more of ${roles}, and ${able === 0 ? 'nobody is' : `only ${able} is`} there who may decide it`
}

/** The person who gets it: on duty before the others of the role, and never somebody who may not decide it. */
function whoOf(hand: Hand, ladder: Ladder, level: number, moment: Moment): Assignee {
  const role = ladder[level] as string
  const here = onDuty(role, moment).find((person) => isUnbarred(hand, person))
  const found =
    here ?? peopleAble(hand, [role], moment)[0] ?? peopleAble(hand, ladder.slice(0, level), moment)[0]
  return found ? named(found) : nobody
}

/** Everybody of some roles who is there and may decide, once. */
function peopleAble(hand: Hand, roles: readonly string[], moment: Moment): Person[] {
  const { roster } = moment
  const all = [...roster.people.values()]
  const there = roles.flatMap((role) => [
    ...onDuty(role, moment).filter((person) => !isSeatTaken(hand, person, role, moment)),
    ...all.filter(
      ({ subject, roles: own }) => own.includes(role) && !isAway(roster, role, subject, moment.now),
    ),
  ])
  return [...new Set(there)].filter((person) => isUnbarred(hand, person))
}

/** Nothing about the case bars anybody of the roles that decide it. */
function isOpenToAll({ type, request, raisedBy, proposedBy, approvals, approvedFor }: Hand): boolean {
  const isAsked = requesterIn(request) !== '' || raisedBy !== ''
  return type.approvals < 2 && !isAsked && proposedBy === null && approvals.length + approvedFor.length === 0
}

/** Whether all those for whom somebody stands in have approved already. */
function isSeatTaken(hand: Bars, { subject }: Person, role: string, { roster, now }: Moment): boolean {
  const approved = [...hand.approvals, ...hand.approvedFor]
  const seats = approved.length === 0 ? [] : inPlaceOf(subject, [role], roster, now)
  return seats.length > 0 && seats.every((seat) => approved.includes(seat))
}

/** Whether nothing bars a person of a deciding role: their own request, their own proposal, their approval. */
export function isUnbarred(hand: Hand, person: Pick<Person, 'subject' | 'name' | 'email'>): boolean {
  const { subject } = person
  if (isRequester(hand, person)) return false
  if (hand.approvals.includes(subject) || hand.approvedFor.includes(subject)) return false
  return !(hand.type.fourEyes && hand.proposedBy === subject)
}

const onDuty = (role: string, { roster, now }: Moment): readonly Person[] =>
  whoIsOnDuty(roster, role, now).onDuty

const named = ({ subject, name }: Person): Assignee => ({ subject, name })
