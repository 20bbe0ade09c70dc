import { type StaffOccasion, whoIsCalled } from '@holdpoint/policy/duty'
import type { Instant, NoticeBounce, NoticeOutcome, RouterState, StaffNotice } from '@holdpoint/schemas'
import { backOffOf } from '../customer/notice-events.ts'
import type { NewEvent } from '../record/event.ts'
import { attemptId, noticeIdOf } from '../record/ids.ts'
import { type Context, notifier } from '../record/input.ts'
import { staffMessage } from '../record/notice-names.ts'
import { withFailures } from '../record/remembered.ts'
import { caseOf, isOpen } from '../record/state.ts'

/*
 * A message to staff that does not arrive is an event of the case, and somebody else hears of it at the desk: whoever has a
 * case and does not know it lets it wait.
 */

/** A message that nobody can be given by this channel is told on each case that it is about. */
export function staffFailure(state: RouterState, outcome: NoticeOutcome, context: Context): NewEvent[] {
  const open = state.staffNotices.find((one) => isUnderWay(one, outcome))
  if (!open || outcome.status === 'SENT' || backOffOf(open.attempt, outcome) !== undefined) return []
  const { person, role, occasion, caseIds } = open
  const to = context.roster()?.roster.people.get(person)?.name ?? (person || role)
  const message = staffMessage(occasion as StaffOccasion)
  return failures(state, caseIds, { ...outcome, to, message })
}

export const isUnderWay = ({ noticeId, attempt, retryAt }: StaffNotice, outcome: NoticeOutcome): boolean =>
  noticeId === outcome.noticeId && attempt === outcome.attempt && retryAt === null

/**
 * A mail to somebody of the staff that was sent has come back. Which of their cases it was about is kept by nobody: it is told
 * on those that they have, else on the last of the order. A report that comes twice changes nothing.
 */
export function staffBounce(state: RouterState, bounce: NoticeBounce, context: Context): NewEvent[] {
  const { cases, order, staffFailures } = state
  const people = context.roster()?.roster.people.values() ?? []
  const person = bounce.to === '' ? undefined : whoIsCalled(people, bounce.to)
  const isOfLetter = cases.some(({ lastNotice }) => lastNotice === bounce.noticeId)
  const isOfCustomer = order !== null && isSameAddress(order.customer.email, bounce.to)
  if (!person || isOfLetter || isOfCustomer || staffFailures.includes(attemptId(bounce))) return []
  const theirs = cases.filter((one) => isOpen(one) && one.assignee.subject === person.subject)
  const about = theirs.length > 0 ? theirs : cases.slice(-1)
  const caseIds = about.map(({ caseId }) => caseId)
  return failures(state, caseIds, { ...bounce, to: person.name, message: staffMessage('mail') })
}

const isSameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

interface Failed {
  noticeId: string
  attempt: number
  /** Name of whoever was not told. */
  to: string
  message: string
  detail: string
}

function failures(
  state: RouterState,
  caseIds: readonly string[],
  { noticeId, attempt, to, message, detail }: Failed,
): NewEvent[] {
  return caseIds
    .flatMap((caseId) => caseOf(state, caseId) ?? [])
    .map(({ caseId, policyVersion }) => ({
      type: 'NOTICE_FAILED' as const,
      ...{ caseId, actor: notifier, commandId: '', policyVersion },
      reason: `${to} was not told: at the desk they see it all the same.`,
      notice: { noticeId, to, message, attempt, detail, retryAt: null },
    }))
}

/** The record with who was told today that somebody is not reached. */
export function withUnreached(state: RouterState, begun: readonly StaffNotice[]): RouterState {
  const told = begun.filter(({ occasion }) => occasion === 'unreached').map(attemptId)
  return told.length === 0 ? state : { ...state, staffFailures: withFailures(state.staffFailures, told) }
}

const dayMs = 24 * 60 * 60 * 1000

/**
 * The same for all orders of a day (UTC): an address that takes no mail fails on each of them, and whoever sees to it hears
 * of that once a day.
 */
export const unreachedId = (name: string, told: string, now: Instant): string =>
  noticeIdOf('', JSON.stringify(['unreached', name, told, Math.floor(now / dayMs)]))
