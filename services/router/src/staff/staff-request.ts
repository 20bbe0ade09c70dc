import type { Outgoing } from '@holdpoint/chassis'
import { offersTo, type Who } from '@holdpoint/policy/authority'
import type { Person, StaffOccasion } from '@holdpoint/policy/duty'
import { houseZoneOf } from '@holdpoint/policy/letters'
import { type CaseNews, composeStaffLetter } from '@holdpoint/policy/staff-letters'
import type { Action, CaseState, RouterState, StaffNotice } from '@holdpoint/schemas'
import { factsOf } from '../record/facts.ts'
import type { Context } from '../record/input.ts'
import { staffMessage } from '../record/notice-names.ts'
import { caseOf } from '../record/state.ts'
import { typeInForce } from '../record/type-in-force.ts'
import { isForDigest } from './reach.ts'

/** The message as it is true now; none when the roster knows the person no more, or the channel of the role is gone. */
export function staffRequest(
  state: RouterState,
  notice: StaffNotice,
  context: Context,
): Outgoing<'notices.requested.v1'>[] {
  const { order, orderId, policyVersion } = state
  const roster = context.roster()?.roster
  const person = roster?.people.get(notice.person)
  const to = addressOf(notice, person, roster?.channels.get(notice.role))
  if (!order || to === '') return []
  const policy = context.policy(policyVersion)
  const occasion = notice.occasion as StaffOccasion
  const cases = notice.caseIds.flatMap((caseId) => caseOf(state, caseId) ?? [])
  const { subject, parts } = composeStaffLetter({
    occasion,
    orderId,
    order,
    cases: cases.map((one) => newsOf(one, person, state, context)),
    said: { text: notice.said, by: notice.by },
    houseZone: houseZoneOf(policy),
  })
  const value = {
    noticeId: notice.noticeId,
    orderId,
    caseIds: notice.caseIds,
    channel: notice.channel,
    recipient: 'STAFF' as const,
    person: notice.person,
    occasion,
    to,
    toName: person?.name ?? notice.role,
    digest: notice.channel === 'EMAIL' && person !== undefined && isForDigest(person, occasion, policy),
    fromName: policy.company?.name ?? '',
    replyTo: '',
    message: staffMessage(occasion),
    language: 'en',
    subject,
    body: '',
    data: {},
    paragraphs: parts.map((part) => ({ ...part, questionId: '', until: null })),
    policyVersion,
    attempt: notice.attempt,
    at: context.now,
  }
  return [{ topic: 'notices.requested.v1', key: orderId, value }]
}

function addressOf(
  { channel, person: subject }: StaffNotice,
  person: Person | undefined,
  { chat = '', webhook = '' }: { chat?: string; webhook?: string } = {},
): string {
  switch (channel) {
    case 'EMAIL':
      return person?.email ?? ''
    case 'DESK':
      return person ? subject : ''
    case 'CHAT':
      return chat
    case 'WEBHOOK':
      return webhook
    case 'UNKNOWN':
      return ''
    default:
      return channel satisfies never
  }
}

function newsOf(one: CaseState, person: Person | undefined, state: RouterState, context: Context): CaseNews {
  const { caseId, name, holds, clock, owner, question, outcome, closedReason } = one
  const type = typeInForce(one, context)
  return {
    ...{ caseId, name, holds, owner, rule: type.rule },
    deadline: clock.deadline,
    question: question?.text ?? '',
    outcome: outcome === 'NONE' ? '' : `${outcome.toLowerCase()}: ${closedReason}`,
    mayDo: person ? mayDo(one, { ...person, roles: [...person.roles] }, state, context) : [],
  }
}

/** Exactly what the desk would offer them, so that no link leads to a refusal for who they are. */
function mayDo(one: CaseState, who: Who, state: RouterState, context: Context): Action[] {
  const { orderOwner } = context.policy(one.policyVersion)
  const situation = {
    one: factsOf(state, one),
    type: typeInForce(one, context),
    orderOwner,
    roster: context.roster()?.roster,
    now: context.now,
    newest: newestOf(one, context),
  }
  return offersTo(who, situation).mayDo
}

function newestOf({ type }: CaseState, { latestPolicy, policy }: Context) {
  const version = latestPolicy()
  return { version, hasType: version > 0 && policy(version).types.has(type) }
}
