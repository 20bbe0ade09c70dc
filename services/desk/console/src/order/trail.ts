import type {
  Actor,
  CaseEvent,
  DeadLetter,
  DecisionEntry,
  OrderView,
  Proposal,
  RevisionEntry,
} from '@holdpoint/desk-contract'
import { happeningOf } from '@holdpoint/schemas/case-happening'
import { showList, showMoment, showRole, showWord } from '../text/format.ts'
import { whom } from './actions.ts'
import { describeChange, showPath, showValue } from './fields.ts'
import { verdictWords } from './verdicts.ts'

export interface Step {
  key: string
  at: string
  /** Empty when nobody but Holdpoint itself did it. */
  who: string
  what: string
  details: string[]
}

const mostChanges = 8

/** Revisions, case events, decisions and refused messages of an order as one story, the newest first. */
export function trailOf(view: OrderView): Step[] {
  const names = new Map(view.cases.map((one) => [one.caseId, one.name]))
  const nameOf = (caseId: string) => names.get(caseId) ?? caseId
  const people = new Map(view.events.map(({ actor }) => [actor.subject, actor.name]))
  const steps = [
    ...view.deadLetters.map(deadLetterStep),
    ...view.revisions.map((revision) => revisionStep(revision, (by) => people.get(by) || by)),
    ...view.events.filter(({ notice }) => !notice).map((event) => eventStep(event, nameOf(event.caseId))),
    ...noticeSteps(view.events, nameOf),
    ...view.decisions.map(decisionStep),
  ]
  // Turned round first: what happened in the same millisecond is then told from the last to the first, too.
  return steps.reverse().sort((a, b) => b.at.localeCompare(a.at))
}

/** One step for every attempt of a notice, whose events are repeated for each of its cases: what became of it. */
function noticeSteps(events: readonly CaseEvent[], nameOf: (caseId: string) => string): Step[] {
  const attempts = new Map<string, CaseEvent[]>()
  for (const event of events) {
    if (!event.notice) continue
    const key = `${event.notice.noticeId}#${event.notice.attempt}`
    attempts.set(key, [...(attempts.get(key) ?? []), event])
  }
  return [...attempts].flatMap(([key, all]) => {
    const last = all.at(-1)
    if (!last?.notice) return []
    const about = [...new Set(all.map(({ caseId }) => nameOf(caseId)))]
    const what = `Message ${notices[last.type] ?? 'for'} ${last.notice.to || 'the customer'}`
    const details = [`About: ${showList(about)}`, ...(last.notice.detail ? [last.notice.detail] : [])]
    return [{ key, at: last.at, who: '', what, details }]
  })
}

const whoOf = ({ subject, name }: Actor): string => (subject.startsWith('system:') ? '' : name || subject)

function deadLetterStep({ topic, partition, offset, code, problems, service, at }: DeadLetter): Step {
  return {
    key: `${topic}-${partition}-${offset}`,
    at,
    who: '',
    what: `A message could not be used and was kept aside (${code}, ${service})`,
    details: problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)),
  }
}

function revisionStep({ revision, at, cause, changes }: RevisionEntry, nameOf: (by: string) => string): Step {
  const correction = changes.find((change) => change.origin === 'CORRECTION')
  const isFirst = revision === 1
  const what = correction ? 'corrected' : (causes[cause.kind] ?? 'brought up to date')
  const left = changes.length - mostChanges
  return {
    key: `revision-${revision}`,
    at,
    who: correction ? nameOf(correction.by) : cause.source,
    what: isFirst ? 'The order came in' : `Revision ${revision}: ${what}`,
    details: isFirst
      ? []
      : [
          ...changes.slice(0, mostChanges).map(describeChange),
          ...(left > 0 ? [`and ${left} more changes`] : []),
        ],
  }
}

const causes: Record<string, string> = {
  PLACED: 'placed',
  CHANGED: 'changed upstream',
  REQUESTED: 'something was asked for',
  CANCELLED: 'cancelled',
  STAGE_STARTED: 'a stage started',
  STAGE_DONE: 'a stage is done',
}

function decisionStep({ decisionId, sequence, at, by, verdicts, reason }: DecisionEntry): Step {
  const told = verdicts.map(({ stage, verdict, recall, tooLate }) => {
    const late = tooLate ? ' (too late)' : recall ? ' (called back)' : ''
    return `${stage} ${verdictWords[verdict]}${late}`
  })
  return {
    // Decisions and events are both numbered by order: their ids alone may be the same.
    key: `decision-${decisionId}`,
    at,
    who: whoOf(by),
    what: `Decision ${sequence}: ${told.join(', ')}`,
    details: whoOf(by) === '' && reason ? [reason] : [],
  }
}

function eventStep(event: CaseEvent, name: string): Step {
  return { key: `event-${event.eventId}`, at: event.at, who: whoOf(event.actor), ...tell(event, name) }
}

function tell(event: CaseEvent, name: string): Pick<Step, 'what' | 'details'> {
  const { what, details = [], withReason = true } = toldOf(event)
  const reason = withReason && event.reason ? [event.reason] : []
  return { what: `${name}: ${what}`, details: [...reason, ...details] }
}

/** What happened, in words; its reason stands below, unless the words say it. */
function toldOf(event: CaseEvent): { what: string; details?: string[]; withReason?: boolean } {
  const happened = happeningOf(event)
  switch (happened?.type) {
    case 'OPENED': {
      const { raisedBy, owner, earlierCase } = happened.opened
      const earlier = earlierCase ? [`Decided before in ${earlierCase}; its values have changed.`] : []
      return {
        what: `${raisedBy ? 'raised' : 'opened'} for ${showRole(owner)}`,
        details: [...fieldsOf(happened.proposal), ...earlier],
        withReason: raisedBy !== '',
      }
    }
    case 'ESCALATED':
      return { what: `${showRole(happened.escalated.to)} may decide as well from now on` }
    case 'CLOSED':
      return { what: happened.closed.outcome.toLowerCase(), details: grantedIn(happened.closed) }
    case 'REFUSED': {
      const { action, code, message } = happened.refused
      return { what: `${action.toLowerCase()} was refused (${code})`, details: [message], withReason: false }
    }
    case 'ASSIGNED':
      return { what: `is with ${happened.assigned.name || 'nobody'} now` }
    case 'ASKED': {
      const { to, answerBy } = happened.question
      return { what: `${whom(to)} is asked, and has until ${showMoment(answerBy)}` }
    }
    case 'ANSWERED':
      return { what: `the answer of ${whom(happened.question.to)}`, details: fieldsOf(happened.proposal) }
    case 'UNANSWERED':
      return { what: 'no answer in time' }
    case 'APPROVAL_GIVEN':
      return { what: `approved, ${happened.approval.given} of ${happened.approval.needed}` }
    case 'REOPENED': {
      const { holds } = happened.reopened
      return { what: holds.length > 0 ? `open again, holds ${showList(holds)}` : 'open again' }
    }
    case 'REPLANNED': {
      const { policyVersion, deadline } = happened.clock
      const until = deadline ? `: ${showMoment(deadline)}` : ''
      return { what: `the deadline counts by policy version ${policyVersion}${until}` }
    }
    case 'PROPOSED':
      return { what: 'other values are proposed', details: fieldsOf(happened.proposal) }
    case 'CORRECTED':
      return { what: 'put right', details: fieldsOf(happened.corrected) }
    case 'NOT_CURED':
      return { what: 'the rule still holds' }
    case 'EVIDENCE_CHANGED':
      return { what: 'other values, the same rule' }
    case 'ORDER_CHANGED':
      return { what: 'the order has changed in the meantime' }
    case 'REMINDED':
      return { what: 'a reminder' }
    case 'NOTED':
      return { what: 'a note' }
    case 'SETTLED':
      return { what: 'what became of the decision' }
    case 'STOP_LIFTED':
      return { what: 'the stop is lifted' }
    case 'NOTICE_REQUESTED':
    case 'NOTICE_SENT':
    case 'NOTICE_FAILED':
      return { what: `message ${notices[happened.type]} ${happened.notice.to}` }
    case undefined:
      return { what: showWord(event.type).toLowerCase() }
    default:
      return happened satisfies never
  }
}

const fieldsOf = (proposal: Pick<Proposal, 'corrections'> | null): string[] =>
  (proposal?.corrections ?? []).map(({ path, expected, value }) =>
    describeChange({ path, from: expected, to: value }),
  )

/** What was given where something else was asked for. */
const grantedIn = ({ asked, corrections }: NonNullable<CaseEvent['closed']>): string[] =>
  asked.flatMap(({ path, value }) => {
    const given = corrections.find((one) => one.path === path)?.value
    return given === undefined
      ? []
      : [`${showPath(path)}: ${showValue(given)} was given, ${showValue(value)} asked for`]
  })

const notices: Record<string, string> = {
  NOTICE_REQUESTED: 'on its way to',
  NOTICE_SENT: 'sent to',
  NOTICE_FAILED: 'could not be sent to',
}
