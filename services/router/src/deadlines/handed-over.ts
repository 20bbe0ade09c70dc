import { type Hand, isUnbarred, type Ladder, ladderOf, type Turn, turnAt } from '@holdpoint/policy/authority'
import { isAway, shifts, whoIsOnDuty } from '@holdpoint/policy/duty'
import type { CaseState, Instant, RouterState } from '@holdpoint/schemas'
import type { NewEvent } from '../record/event.ts'
import { handOf } from '../record/facts.ts'
import { type Context, router, type Staff } from '../record/input.ts'
import { isOpen } from '../record/state.ts'

/**
 * Every open case that is no longer with who should have it is handed over: after a hand-over, an absence, a new
 * roster, and whenever those who are left may not decide it. A case that somebody took, or was given by a person, stays
 * with them until duty of their role changes hands.
 */
export function handedOver(state: RouterState, context: Context): NewEvent[] {
  const open = state.cases.filter(isOpen)
  const staff = open.length === 0 ? undefined : context.roster()
  if (!staff) return []
  return open.flatMap((one) => handOver(one, state, staff, context))
}

function handOver(one: CaseState, state: RouterState, staff: Staff, context: Context): NewEvent[] {
  const { now } = context
  const hand = handOf(state, one, context)
  const ladder = ladderOf(hand.type)
  const level = Math.min(one.level, ladder.length - 1)
  const turn = turnAt(hand, level, staff.roster, now)
  if (turn.level === level && keeps(one, hand, ladder.slice(0, level + 1), staff, now)) return []
  if (turn.level > level) return isResting(one, ladder, level, staff, now) ? [] : [passOn(one, ladder, turn)]
  if (turn.assignee.subject === one.assignee.subject) return []
  return [assign(one, ladder[level] as string, turn, staff, now)]
}

/** Whether who has the case goes on having it, though others could. */
function keeps(one: CaseState, hand: Hand, roles: Ladder, staff: Staff, now: Instant): boolean {
  const { subject } = one.assignee
  const role = roles.at(-1) as string
  const person = staff.roster.people.get(subject)
  if (!person || !isUnbarred(hand, person)) return false
  if (one.takenAt !== null) return hasTaken(one, one.takenAt, roles, staff, now)
  return isOnDuty(subject, role, staff, now)
}

/** Somebody took it, is there, and nobody's duty has been handed over to somebody else since. */
function hasTaken(
  { assignee }: CaseState,
  takenAt: Instant,
  roles: Ladder,
  staff: Staff,
  now: Instant,
): boolean {
  const own = staff.roster.people.get(assignee.subject)?.roles ?? []
  const role = roles.find((one) => own.includes(one))
  if (role === undefined || isAway(staff.roster, role, assignee.subject, now)) return false
  if (isOnDuty(assignee.subject, role, staff, now)) return true
  const since = shifts(staff.roster, role, takenAt, Math.max(takenAt, now) + 1)
  return new Set(since.flatMap(({ onDuty: [first] }) => first?.subject ?? [])).size < 2
}

/** Outside the hours of a rota a case waits for the morning with who had it; the next level may decide meanwhile. */
function isResting(one: CaseState, ladder: Ladder, level: number, staff: Staff, now: Instant): boolean {
  const role = ladder[level] as string
  const { why } = whoIsOnDuty(staff.roster, role, now)
  if (why.kind === 'on-duty') return false
  const { because } = why.cause
  const { subject } = one.assignee
  const isThere = staff.roster.people.has(subject) && !isAway(staff.roster, role, subject, now)
  return isThere && (because === 'outside-hours' || because === 'no-shift')
}

function passOn(one: CaseState, ladder: Ladder, turn: Turn): NewEvent {
  const { caseId, policyVersion, clock } = one
  const to = ladder[turn.level] as string
  return {
    type: 'ESCALATED',
    caseId,
    policyVersion,
    actor: router,
    commandId: '',
    reason: `${turn.passed}: ${to} may decide too.`,
    escalated: { level: turn.level, to },
    clock,
    assigned: turn.assignee,
  }
}

function assign(one: CaseState, role: string, { assignee }: Turn, staff: Staff, now: Instant): NewEvent {
  const { caseId, policyVersion } = one
  const reason = `${whyGone(one, role, staff, now)}${assignee.name || 'Nobody'} has the case now.`
  return { type: 'ASSIGNED', caseId, policyVersion, actor: router, commandId: '', reason, assigned: assignee }
}

function whyGone({ assignee }: CaseState, role: string, staff: Staff, now: Instant): string {
  const { subject, name } = assignee
  if (subject === '') return ''
  const who = name || subject
  const known = staff.roster.people.get(subject)
  if (!known) return `${who} is not in the roster any more. `
  if (isAway(staff.roster, role, subject, now)) return `${who} is away. `
  if (isOnDuty(subject, role, staff, now)) return `${who} may not decide it. `
  return `${who} is not on duty any more. `
}

function isOnDuty(subject: string, role: string, { roster }: Staff, now: Instant): boolean {
  return whoIsOnDuty(roster, role, now).onDuty.some((person) => person.subject === subject)
}
