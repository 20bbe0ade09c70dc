import type { CaseState, OpenNotice, RouterState } from '@holdpoint/schemas'
import type { DomainEvent } from './event.ts'
import { withoutForgotten } from './remembered.ts'
import { caseOf } from './state.ts'

/** How many answered commands an order remembers. */
const rememberedCommands = 50
/** Characters of a reason that its case keeps; the event has all of it. */
const keptReason = 300

/** The order's record after an event. Total and pure: the same events always give the same cases. */
export function evolve(state: RouterState, event: DomainEvent): RouterState {
  const next = { ...answered(state, event), eventSequence: event.sequence }
  switch (event.type) {
    case 'OPENED':
      return { ...next, cases: [...next.cases, opened(event)] }
    case 'EVIDENCE_CHANGED':
      return changeCase(next, event, { evidenceDigest: event.evidenceChanged.evidenceDigest })
    case 'ESCALATED': {
      const { level, deadline, timerVersion } = event.escalated
      return changeCase(next, event, { level, deadline, timerVersion })
    }
    case 'CLOSED':
      return changeCase(next, event, closed(event))
    case 'SETTLED':
      return changeCase(next, event, { correctionId: '', corrections: [] })
    case 'STOP_LIFTED':
      return changeCase(next, event, { stops: [] })
    case 'REFUSED':
      return next
    case 'NOTICE_REQUESTED':
      return { ...next, notices: noticeRequested(next.notices, event) }
    case 'NOTICE_SENT':
      return { ...next, notices: withoutNotice(next.notices, event.notice.noticeId) }
    case 'NOTICE_FAILED':
      return { ...next, notices: noticeFailed(next.notices, event) }
    default:
      return event satisfies never
  }
}

type Of<Type extends DomainEvent['type']> = Extract<DomainEvent, { type: Type }>

function opened({ opened, caseId, policyVersion, at }: Of<'OPENED'>): CaseState {
  const { earlierCase: _, rule: _rule, evidence: _evidence, ...lasting } = opened
  return {
    ...lasting,
    caseId,
    policyVersion,
    status: 'OPEN',
    outcome: 'NONE',
    level: 0,
    stops: [],
    openedAt: at,
    closedAt: null,
    closedBy: '',
    closedReason: '',
    correctionId: '',
    corrections: [],
  }
}

function closed({ closed, actor, reason, at }: Of<'CLOSED'>): Partial<CaseState> {
  return {
    ...closed,
    status: 'CLOSED',
    closedAt: at,
    closedBy: actor.subject,
    closedReason: reason.length > keptReason ? `${reason.slice(0, keptReason)}…`.toWellFormed() : reason,
  }
}

function changeCase(state: RouterState, { caseId }: DomainEvent, change: Partial<CaseState>): RouterState {
  const cases = state.cases.map((one) => (one.caseId === caseId ? { ...one, ...change } : one))
  return { ...state, cases: withoutForgotten(cases) }
}

/** A command is answered by the first event that carries its id; a repeat leaves that answer as it is. */
function answered(state: RouterState, event: DomainEvent): RouterState {
  const { commandId } = event
  if (commandId === '' || state.commands.some((one) => one.commandId === commandId)) return state
  const answer =
    event.type === 'REFUSED'
      ? { commandId, refusal: event.refused.code, message: event.refused.message }
      : { commandId, refusal: null, message: doneMessage(state, event) }
  return { ...state, commands: [...state.commands, answer].slice(-rememberedCommands) }
}

function doneMessage(state: RouterState, event: DomainEvent): string {
  const outcome = event.type === 'CLOSED' ? event.closed.outcome.toLowerCase() : event.type.toLowerCase()
  return `"${caseOf(state, event.caseId)?.name ?? event.caseId}" is ${outcome}.`
}

function noticeRequested(notices: OpenNotice[], { caseId, notice }: Of<'NOTICE_REQUESTED'>): OpenNotice[] {
  const { noticeId, message, attempt } = notice
  const known = notices.find((one) => one.noticeId === noticeId)
  if (!known)
    return [...notices, { noticeId, caseIds: [caseId], message, attempt, timerVersion: 0, retryAt: null }]
  const caseIds = known.caseIds.includes(caseId) ? known.caseIds : [...known.caseIds, caseId]
  return notices.map((one) => (one === known ? { ...one, caseIds, attempt, retryAt: null } : one))
}

/** The version of a retry timer is the attempt that failed. */
function noticeFailed(notices: OpenNotice[], { notice }: Of<'NOTICE_FAILED'>): OpenNotice[] {
  const { noticeId, attempt, retryAt } = notice
  if (retryAt === null) return withoutNotice(notices, noticeId)
  return notices.map((one) => (one.noticeId === noticeId ? { ...one, timerVersion: attempt, retryAt } : one))
}

function withoutNotice(notices: OpenNotice[], noticeId: string): OpenNotice[] {
  return notices.filter((one) => one.noticeId !== noticeId)
}
