import { calendarOf } from '@holdpoint/policy'
import { askable, hasRequester, whom } from '@holdpoint/policy/authority'
import { dueAt, readWithin, type Within } from '@holdpoint/policy/calendar'
import type { CaseState, Question, RouterState, TimerFired } from '@holdpoint/schemas'
import { askCustomer, tellUnanswered, whyNobody } from '../customer/notice-events.ts'
import { mostPauses, pauseClock, resumeClock } from '../deadlines/clock.ts'
import type { NewEvent } from '../record/event.ts'
import { noticeIdOf } from '../record/ids.ts'
import { type Context, slaTimer } from '../record/input.ts'
import { type Refusal, refuse } from '../record/refusal.ts'
import type { Asked } from './asked.ts'
import { proposalIn } from './said-fields.ts'

export function checkQuestion(asked: Asked): Refusal | undefined {
  const { command, state, one, policy } = asked
  const { to, within } = command
  if (!(askable as readonly string[]).includes(to) && !policy.roles.has(to))
    return refuse(
      'NO_SUCH_PERSON',
      `Ask ${[...askable, ...policy.roles.keys()].join(', ')}; there is nobody called "${to}".`,
    )
  if (to === 'requester' && !hasRequester(one))
    return refuse('NO_SUCH_PERSON', `Nobody asked for "${one.name}": a rule opened it.`)
  const unreachable = to === 'customer' ? whyNobody(state) : undefined
  if (unreachable) return refuse('NO_SUCH_PERSON', unreachable)
  const read = within === '' ? undefined : readWithin(within)
  if (read && 'problem' in read) return refuse('ACTION_NOT_ALLOWED', `${read.problem}: ${read.hint}`)
  if (one.clock.pauses.length < mostPauses) return undefined
  return refuse('ACTION_NOT_ALLOWED', `It was asked ${mostPauses} times already: decide it.`)
}

/** The clock of the case stops until the answer comes. */
export function ask(asked: Asked): NewEvent[] {
  const { command, state, one, context } = asked
  const { actor, reason, commandId, to } = command
  const { caseId, policyVersion, clock } = one
  const question: Question = {
    questionId: noticeIdOf(state.orderId, `asked:${state.eventSequence + 1}`),
    to,
    text: reason,
    answerBy: answerBy(asked),
  }
  const rules = context.policy(clock.policyVersion)
  const asking: NewEvent = {
    type: 'ASKED',
    caseId,
    actor,
    reason,
    commandId,
    policyVersion,
    question,
    clock: pauseClock(clock, rules, asked.now),
  }
  return to === 'customer' ? [asking, ...askCustomer(state, one, question)] : [asking]
}

/** In the calendar of whoever is asked; the customer's time is the owner's. */
function answerBy({ command: { to, within }, type, policy, now }: Asked): number {
  const read = within === '' ? undefined : readWithin(within)
  const time: Within = read && 'within' in read ? read.within : type.answerWithin
  return dueAt(calendarOf(policy, policy.roles.has(to) ? to : type.owner), now, time)
}

/** The clock goes on; the fields that the answer gives wait for a yes. */
export function answer(asked: Asked): NewEvent[] {
  const { command, one, now, context } = asked
  const { actor, reason, commandId } = command
  const { caseId, policyVersion, clock, question } = one
  if (!question) return []
  return [
    {
      type: 'ANSWERED',
      caseId,
      actor,
      reason,
      commandId,
      policyVersion,
      question,
      clock: resumeClock(clock, context.policy(clock.policyVersion), now),
      proposal: proposalIn(asked),
    },
  ]
}

/** Nobody has answered in time: the case is open again, and says so. */
export function endQuestion(
  state: RouterState,
  one: CaseState,
  { version }: TimerFired,
  context: Context,
): NewEvent[] {
  const { caseId, policyVersion, clock, question } = one
  if (!question || clock.version !== version) return []
  return [
    {
      type: 'UNANSWERED',
      caseId,
      actor: slaTimer,
      reason: `${sentence(whom(question.to))} has not answered in time: the case goes on without.`,
      commandId: '',
      policyVersion,
      question,
      clock: resumeClock(clock, context.policy(clock.policyVersion), context.now),
    },
    ...(question.to === 'customer' ? tellUnanswered(state, one, question) : []),
  ]
}

const sentence = (text: string): string => text.replace(/^the /, 'The ')
