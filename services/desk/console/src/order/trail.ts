import type { CaseEvent, Change, DecisionEntry, OrderView, RevisionEntry } from '../api/types.ts'
import { showRole } from '../text/format.ts'

export interface Step {
  key: string
  at: string
  who: string
  what: string
  details: string[]
}

/** Revisions, case events and decisions of an order as one story, the newest first. */
export function trailOf(view: OrderView): Step[] {
  const names = new Map(view.cases.map((one) => [one.caseId, one.name]))
  const steps = [
    ...view.revisions.map(revisionStep),
    ...view.events.map((event) => eventStep(event, names.get(event.caseId) ?? event.caseId)),
    ...view.decisions.map(decisionStep),
  ]
  return steps.sort((a, b) => b.at.localeCompare(a.at))
}

function revisionStep(revision: RevisionEntry): Step {
  const corrected = revision.changes.find((change) => change.origin === 'CORRECTION')
  const first = revision.revision === 1
  return {
    key: `revision-${revision.revision}`,
    at: revision.at,
    who: corrected?.by ?? revision.cause.source,
    what: first
      ? 'Order came in'
      : corrected
        ? `Revision ${revision.revision}: corrected`
        : `Revision ${revision.revision}: ${causes[revision.cause.kind] ?? 'changed'}`,
    details: first ? [] : revision.changes.slice(0, 8).map(describeChange),
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

const describeChange = (change: Change): string =>
  `${change.path}: ${change.from || '(empty)'} → ${change.to || '(empty)'}`

function decisionStep(decision: DecisionEntry): Step {
  const verdicts = decision.verdicts.map(
    (one) => `${one.stage} ${words[one.verdict]}${one.recall ? ' (recalled)' : ''}`,
  )
  return {
    key: decision.decisionId,
    at: decision.at,
    who: decision.by.name || decision.by.subject,
    what: `Decision ${decision.sequence}: ${verdicts.join(', ')}`,
    details: [],
  }
}

const words = { PROCEED: 'goes on', HOLD: 'on hold', STOP: 'stopped', UNKNOWN: 'unknown' } as const

function eventStep(event: CaseEvent, name: string): Step {
  const step = { key: event.eventId, at: event.at, who: event.actor.name || event.actor.subject }
  const reason = event.reason ? [event.reason] : []
  if (event.opened)
    return { ...step, what: `${event.opened.name}: opened for ${showRole(event.opened.owner)}`, details: [] }
  if (event.escalated)
    return {
      ...step,
      what: `${name}: deadline passed, ${showRole(event.escalated.to)} may decide too`,
      details: [],
    }
  if (event.closed) {
    const fixes = event.closed.corrections.map(
      (one) => `${one.path}: ${one.expected || '(empty)'} → ${one.value || '(empty)'}`,
    )
    return { ...step, what: `${name}: ${event.closed.outcome.toLowerCase()}`, details: [...reason, ...fixes] }
  }
  if (event.refused)
    return {
      ...step,
      what: `${name}: ${event.refused.action.toLowerCase()} refused (${event.refused.code})`,
      details: [event.refused.message],
    }
  if (event.notice)
    return {
      ...step,
      what: `${name}: message ${notices[event.type] ?? ''} ${event.notice.to}`,
      details: event.notice.detail ? [event.notice.detail] : [],
    }
  return { ...step, what: `${name}: ${event.type.toLowerCase().replaceAll('_', ' ')}`, details: reason }
}

const notices: Record<string, string> = {
  NOTICE_REQUESTED: 'to be sent to',
  NOTICE_SENT: 'sent to',
  NOTICE_FAILED: 'could not be sent to',
}
