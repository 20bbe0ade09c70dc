import type { Policy } from '@holdpoint/policy'
import { ladderOf } from '@holdpoint/policy/authority'
import { type Person, type StaffOccasion, whoIsCalled, whoIsOnDuty } from '@holdpoint/policy/duty'
import { type CaseState, type RouterState, shortened } from '@holdpoint/schemas'
import type { DomainEvent, Of } from '../record/event.ts'
import { requestOf } from '../record/facts.ts'
import type { Context, Staff } from '../record/input.ts'
import { isOfCustomer } from '../record/notice-names.ts'
import { caseOf, isOpen } from '../record/state.ts'
import { typeInForce } from '../record/type-in-force.ts'

/** Somebody hears of a case. */
export interface Heard {
  occasion: StaffOccasion
  caseId: string
  person: Person
  /** The role as which it is theirs: its calendar says when they work, its channel hears with them. */
  role: string
  said: string
  by: string
}

/** Characters that are kept of what somebody said. */
const mostSaid = 1_000

/** Whom the events make somebody hear of what, the person who did it never. `before`: the record before them. */
export function whoHears(
  before: RouterState,
  state: RouterState,
  events: readonly DomainEvent[],
  context: Context,
): Heard[] {
  const staff = context.roster()
  if (!staff || events.length === 0) return []
  const world: World = { before, state, context, staff, policy: context.policy(state.policyVersion) }
  const heard = events.flatMap((event) => hearOf(event, world))
  return onePerOccasion(heard)
}

interface World {
  before: RouterState
  state: RouterState
  context: Context
  staff: Staff
  policy: Policy
}

function hearOf(event: DomainEvent, world: World): Heard[] {
  const one = caseOf(world.state, event.caseId)
  if (!one) return []
  switch (event.type) {
    case 'OPENED':
      return [...toAssignee('yours', one, event, world, raised(event)), ...reviewers(one, event, world)]
    case 'ASSIGNED':
    case 'REOPENED':
      return toAssignee('yours', one, event, world)
    case 'ESCALATED':
      return toAssignee('escalated', one, event, world)
    case 'REMINDED':
      return toAssignee('reminded', one, event, world)
    case 'ANSWERED':
      return toAssignee('answered', one, event, world, answered(event))
    case 'UNANSWERED':
      return toAssignee('answered', one, event, world)
    case 'EVIDENCE_CHANGED':
    case 'NOT_CURED':
    case 'PROPOSED':
      return toAssignee('changed', one, event, world, event.reason)
    case 'ASKED':
      return asked(one, event.question.to, event, world)
    case 'CLOSED':
      return requester(one, event, world)
    case 'NOTICE_FAILED':
      if (event.notice.retryAt !== null) return []
      return isOfCustomer(event.notice.message)
        ? unreachable(one, event, world, event.notice.detail)
        : unreached(one, event, world)
    default:
      return []
  }
}

/** Why somebody opened it; a rule says why by itself. */
const raised = (event: Of<'OPENED'>): string => (event.opened.raisedBy === '' ? '' : event.reason)

/** What was asked, the answer, and what it would change of the order: a yes applies that. */
function answered({ question, reason, proposal }: Of<'ANSWERED'>): string {
  const changes = (proposal?.corrections ?? []).map(
    ({ path, expected, value }) => `${path}: ${expected || '–'} → ${value || '–'}`,
  )
  return [`${question.text}`, `→ ${reason}`, ...changes].join('\n')
}

function toAssignee(
  occasion: StaffOccasion,
  one: CaseState,
  event: DomainEvent,
  world: World,
  said = '',
): Heard[] {
  const role = ladderOf(typeInForce(one, world.context))[one.level] ?? one.owner
  if (!isOpen(one)) return []
  const person = world.staff.roster.people.get(one.assignee.subject)
  return person ? heard({ occasion, one, event, role, said }, [person]) : nobodyHasIt(one, event, world)
}

/** Nobody of any level is on duty: whoever sees the whole order is told, on duty or not, since nobody else will be. */
function nobodyHasIt(one: CaseState, event: DomainEvent, { staff, policy }: World): Heard[] {
  const role = policy.orderOwner
  const people = [...staff.roster.people.values()].filter(({ roles }) => roles.includes(role))
  return heard({ occasion: 'escalated', one, event, role }, people)
}

/** Of a case that is over, the order owner sees to it. */
function unreachable(one: CaseState, event: DomainEvent, world: World, said: string): Heard[] {
  if (isOpen(one)) return toAssignee('unreachable', one, event, world, said)
  const role = world.policy.orderOwner
  return heard({ occasion: 'unreachable', one, event, role, said }, onDuty(role, world).slice(0, 1))
}

/**
 * Somebody of the staff: who sees the whole order is told, else whoever comes next on the ladder. Nobody sees to a chat of
 * a role by a case.
 */
function unreached(one: CaseState, event: Of<'NOTICE_FAILED'>, world: World): Heard[] {
  const { to, detail } = event.notice
  const people = [...world.staff.roster.people.values()]
  const missed = people.find(({ name }) => name === to)
  if (!missed) return []
  const { orderOwner } = world.policy
  const roles = [orderOwner, ...ladderOf(typeInForce(one, world.context)).slice(one.level + 1)]
  const others = [
    ...roles.flatMap((role) => onDuty(role, world)),
    ...people.filter(({ roles }) => roles.includes(orderOwner)),
  ]
  const told = others.filter(({ subject }) => subject !== missed.subject).slice(0, 1)
  return heard({ occasion: 'unreached', one, event, role: orderOwner, said: detail }, told).map((hears) => ({
    ...hears,
    by: to,
  }))
}

/** Who asked for it has said their view already. */
function reviewers(one: CaseState, event: DomainEvent, world: World): Heard[] {
  if (!isOpen(one)) return []
  const { reviewers: roles } = typeInForce(one, world.context)
  const asked = requesterOf(one, world).map(({ subject }) => subject)
  return roles.flatMap((role) => {
    const others = onDuty(role, world).filter(({ subject }) => !asked.includes(subject))
    return heard({ occasion: 'review', one, event, role }, others)
  })
}

function asked(one: CaseState, to: string, event: DomainEvent, world: World): Heard[] {
  if (to === 'customer') return []
  const about = { occasion: 'asked' as const, one, event, said: event.reason }
  return to === 'requester'
    ? heard({ ...about, role: one.owner }, requesterOf(one, world))
    : heard({ ...about, role: to }, onDuty(to, world))
}

function requester(one: CaseState, event: DomainEvent, world: World): Heard[] {
  const about = { occasion: 'decided' as const, one, event, role: one.owner, said: event.reason }
  return heard(about, requesterOf(one, world))
}

/** Who asked for it, or raised it, if the roster knows them. */
function requesterOf(one: CaseState, { before, state, staff }: World): Person[] {
  const by = requestOf(state, one)?.by ?? requestOf(before, one)?.by ?? one.raisedBy
  const found = by === '' ? undefined : whoIsCalled(staff.roster.people.values(), by)
  return found ? [found] : []
}

const onDuty = (role: string, { staff, context }: World): readonly Person[] =>
  whoIsOnDuty(staff.roster, role, context.now).onDuty

interface About {
  occasion: StaffOccasion
  one: CaseState
  event: DomainEvent
  role: string
  said?: string
}

function heard({ occasion, one, event, role, said = '' }: About, people: readonly Person[]): Heard[] {
  const { actor } = event
  const by = actor.subject.startsWith('system:') ? '' : actor.name
  return people
    .filter(({ subject }) => subject !== actor.subject)
    .map((person) => ({ occasion, caseId: one.caseId, person, role, said: shortened(said, mostSaid), by }))
}

/** What comes to somebody in one breath is the last of it: opened and passed on is not opened. */
function onePerOccasion(all: readonly Heard[]): Heard[] {
  const isTold = new Set<string>()
  return all
    .toReversed()
    .filter(({ occasion, caseId, person }) => {
      const kind = occasion === 'yours' || occasion === 'escalated' ? 'theirs' : occasion
      const key = JSON.stringify([caseId, person.subject, kind])
      if (isTold.has(key)) return false
      isTold.add(key)
      return true
    })
    .toReversed()
}
