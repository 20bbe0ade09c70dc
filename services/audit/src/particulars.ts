import type { LaneRecord } from '@holdpoint/chassis'
import type { AuditEntry, CaseEvent, Command, Messages, TopicName } from '@holdpoint/schemas'

/** Who did what, why and when, as an entry of one record says it. */
export type Particulars = Pick<
  AuditEntry,
  'orderId' | 'caseId' | 'who' | 'what' | 'why' | 'when' | 'ruleVersion'
>

type Said = Partial<Omit<Particulars, 'when'>> & Pick<Particulars, 'who' | 'what' | 'when'>

/** The record itself holds the rest of a longer reason. */
const longestWhy = 4_000

/** The topics of which every record has an entry of its own. The records of the others are covered by ranges. */
const tellers = {
  'desk.commands.v1': (command) => ({
    orderId: command.orderId,
    caseId: command.caseId,
    who: command.actor.subject,
    what: `command ${command.action}${aimOf(command)}`,
    why: command.reason,
    when: command.at,
  }),
  'desk.replays.v1': (replay) => ({
    orderId: replay.orderId,
    who: replay.by.subject,
    what: `replay ${replay.attempt} of ${replay.topic} ${replay.partition} ${replay.offset}, refused by ${replay.service} as ${replay.code}`,
    why: replay.reason,
    when: replay.at,
  }),
  'cases.events.v1': (event) => ({
    orderId: event.orderId,
    caseId: event.caseId,
    who: event.actor.subject,
    what: `case ${event.type}${resultOf(event)}`,
    why: event.reason,
    when: event.at,
    ruleVersion: event.policyVersion,
  }),
  'orders.decisions.v1': (decision) => ({
    orderId: decision.orderId,
    who: decision.by.subject,
    what: `decision ${decision.verdicts.map(({ stage, verdict }) => `${stage}=${verdict}`).join(' ')}`,
    why: decision.reason,
    when: decision.at,
    ruleVersion: decision.policyVersion,
  }),
  'timers.fired.v1': (fire) => ({
    orderId: fire.orderId,
    caseId: fire.caseId,
    who: 'system:sla-timer',
    what: `timer ${fire.kind} version ${fire.version}`,
    when: fire.firedAt,
  }),
  'notices.requested.v1': (notice) => ({
    orderId: notice.orderId,
    caseId: notice.caseIds.length === 1 ? notice.caseIds[0] : '',
    who: 'system:router',
    what: `notice ${notice.noticeId} requested: ${notice.message}`,
    when: notice.at,
    ruleVersion: notice.policyVersion,
  }),
  'notices.outcomes.v1': (outcome) => ({
    orderId: outcome.orderId,
    who: 'system:notifier',
    what: `notice ${outcome.noticeId} ${outcome.status}, attempt ${outcome.attempt}`,
    why: outcome.detail,
    when: outcome.at,
  }),
  'notices.bounces.v1': (bounce) => ({
    orderId: bounce.orderId,
    who: 'system:notifier',
    what: `notice ${bounce.noticeId} came back, attempt ${bounce.attempt}`,
    why: bounce.detail,
    when: bounce.at,
  }),
  'audit.forgets.v1': (forget) => ({
    orderId: forget.orderId,
    who: forget.by.subject,
    what: 'forgotten',
    why: forget.reason,
    when: forget.at,
  }),
  'policy.versions.v1': (policy) => ({
    who: policy.by.subject,
    what: `policy version ${policy.version}: ${policy.title}`,
    why: policy.reason,
    when: policy.at,
    ruleVersion: policy.version,
  }),
  'duty.roster.v1': (roster) => ({
    who: roster.by.subject,
    what: `roster version ${roster.version}`,
    why: roster.reason,
    when: roster.at,
  }),
} satisfies { [T in TopicName]?: (message: Messages[T]) => Said }

/** What a command is about besides its case: whom it asks or hands the case to, which type it raises. */
function aimOf({ type, to, wholeOrder }: Command): string {
  return `${after(type)}${after(to)}${wholeOrder ? ' of the whole order' : ''}`
}

function resultOf({
  type,
  refused,
  escalated,
  assigned,
  question,
  approval,
  closed,
  corrected,
}: CaseEvent): string {
  if (refused) return after(refused.code)
  if (escalated) return after(escalated.to)
  if (approval) return ` ${approval.given} of ${approval.needed}`
  if (type === 'ASSIGNED') return after(assigned?.subject || 'nobody')
  if (corrected) return after(corrected.correctionId)
  if (closed?.endedBy) return ` with ${closed.endedBy}`
  return after(question?.to ?? '')
}

const after = (word: string): string => (word === '' ? '' : ` ${word}`)

export const hasOwnEntry = (topic: TopicName): topic is keyof typeof tellers => topic in tellers

/** What the entry of a record says; a record that cannot be decoded is said to be so, and covered all the same. */
export function particularsOf(record: LaneRecord): Particulars {
  const particulars = { orderId: '', caseId: '', why: '', ruleVersion: 0, ...said(record) }
  return { ...particulars, why: particulars.why.slice(0, longestWhy) }
}

function said(record: LaneRecord): Said {
  const { topic, key, timestamp } = record
  const unknown = { who: '', when: timestamp }
  try {
    const { value } = record
    if (value === null) return { ...unknown, what: `removed ${key}` }
    const tell = (tellers as Partial<Record<TopicName, (message: typeof value) => Said>>)[topic]
    return tell?.(value) ?? { ...unknown, what: topic }
  } catch (error) {
    return { ...unknown, what: 'unreadable', why: error instanceof Error ? error.message : String(error) }
  }
}
