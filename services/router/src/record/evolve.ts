import { nobody } from '@holdpoint/policy/authority'
import {
  type CaseState,
  type Correction,
  type OpenNotice,
  type Proposal,
  type Question,
  type RouterState,
  shortened,
} from '@holdpoint/schemas'
import type { DomainEvent, Of } from './event.ts'
import { attemptId, numberOf } from './ids.ts'
import { isService } from './input.ts'
import { isOfCustomer } from './notice-names.ts'
import { withFailures, withoutForgotten } from './remembered.ts'
import { withRound } from './round.ts'
import { caseOf } from './state.ts'

/** How many answered commands an order remembers. */
const rememberedCommands = 50
/** So many changed fields of a case are told in a letter. */
const mostUntold = 50
/** Characters of a reason that its case keeps; the event has all of it. */
const keptReason = 300

/** The order's record after an event. Total and pure: the same events always give the same cases. */
export function evolve(state: RouterState, event: DomainEvent): RouterState {
  const next = { ...answered(state, event), eventSequence: event.sequence }
  switch (event.type) {
    case 'OPENED':
      return withRound({ ...next, cases: [...next.cases, opened(event)] }, event)
    case 'EVIDENCE_CHANGED':
      return changeCase(next, event, {
        evidenceDigest: event.evidenceChanged.evidenceDigest,
        ...noApprovals,
      })
    case 'ASSIGNED':
      return changeCase(next, event, { assignee: event.assigned, takenAt: takenAt(event) })
    case 'ESCALATED': {
      const { escalated, clock, assigned } = event
      return changeCase(next, event, {
        level: escalated.level,
        clock,
        assignee: assigned,
        takenAt: null,
      })
    }
    case 'REMINDED':
    case 'REPLANNED':
      return changeCase(next, event, { clock: event.clock })
    case 'ASKED':
      return changeCase(next, event, {
        status: 'WAITING',
        clock: event.clock,
        question: keptQuestion(event.question),
      })
    case 'ANSWERED':
      return changeCase(next, event, { ...goesOn(event), ...proposed(event.proposal) })
    case 'UNANSWERED':
      return changeCase(next, event, goesOn(event))
    case 'PROPOSED':
      return changeCase(next, event, proposed(event.proposal))
    case 'APPROVAL_GIVEN':
      return changeCase(next, event, approved(next, event))
    case 'CORRECTED':
      return changeCase(next, event, {
        ...corrected(event),
        ...untold(next, event, event.corrected.corrections),
        forCustomer: event.corrected.forCustomer,
      })
    case 'NOT_CURED':
      return changeCase(next, event, {
        evidenceDigest: event.evidenceChanged.evidenceDigest,
        ...nothingUnderWay,
        ...noApprovals,
      })
    case 'CLOSED':
      return close(next, event)
    case 'REOPENED':
      return reopen(next, event)
    case 'SETTLED':
      return changeCase(next, event, nothingUnderWay)
    case 'STOP_LIFTED':
      return changeCase(next, event, { stops: [] })
    case 'ORDER_CHANGED':
    case 'NOTED':
    case 'REFUSED':
      return next
    case 'NOTICE_REQUESTED':
      return changeCase({ ...next, notices: noticeRequested(next.notices, event) }, event, told(next, event))
    case 'NOTICE_SENT':
      return changeCase({ ...next, notices: withoutNotice(next.notices, event.notice.noticeId) }, event, {
        ...heard(next, event),
        lastNotice: event.notice.noticeId,
      })
    case 'NOTICE_FAILED':
      return changeCase(
        { ...next, notices: noticeFailed(next.notices, event), staffFailures: staffFailed(next, event) },
        event,
        failed(event),
      )
    default:
      return event satisfies never
  }
}

function opened({ opened, clock, assigned, proposal, caseId, policyVersion, at }: Of<'OPENED'>): CaseState {
  const { earlierCase: _, rule: _rule, evidence: _evidence, request, ...lasting } = opened
  return {
    ...lasting,
    caseId,
    policyVersion,
    clock,
    assignee: assigned,
    proposal,
    status: 'OPEN',
    outcome: 'NONE',
    level: 0,
    question: null,
    ...noApprovals,
    stops: [],
    openedAt: at,
    closedAt: null,
    closedBy: '',
    closedReason: '',
    endedBy: '',
    correctionId: '',
    corrections: [],
    reopened: 0,
    corrected: 0,
    correctedBy: nobody,
    correctedReason: '',
    takenAt: null,
    told: 'NOTHING',
    untold: [],
    asked: request?.proposes ?? [],
    forCustomer: '',
    lastNotice: '',
  }
}

const nothingUnderWay = { correctionId: '', corrections: [] }

/** What was proposed is what is put right now, or has had its answer by that. */
function corrected({ corrected, actor, reason }: Of<'CORRECTED'>): Partial<CaseState> {
  const { correctionId, corrections } = corrected
  return {
    correctionId,
    corrections,
    corrected: numberOf(correctionId),
    correctedBy: { subject: actor.subject, name: actor.name },
    correctedReason: shortened(reason, keptReason),
    proposal: null,
    ...noApprovals,
  }
}

/** The clock runs again. */
function goesOn({ clock }: { clock: CaseState['clock'] }): Partial<CaseState> {
  return { status: 'OPEN', clock, question: null }
}

/** An approval was of what was proposed then. */
function proposed(proposal: Proposal | null): Partial<CaseState> {
  return proposal ? { proposal, ...noApprovals } : {}
}

function keptQuestion(question: Question): Question {
  return { ...question, text: shortened(question.text, keptReason) }
}

const noApprovals = { approvals: [], approvedFor: [] }

function approved(state: RouterState, { caseId, actor, approval }: Of<'APPROVAL_GIVEN'>): Partial<CaseState> {
  const { approvals = [], approvedFor = [] } = caseOf(state, caseId) ?? {}
  return {
    approvals: [...approvals, actor.subject],
    approvedFor: [...approvedFor, ...approval.inPlaceOf],
  }
}

/** What duty gives to somebody, duty takes away again. */
function takenAt({ actor, at }: Of<'ASSIGNED'>): CaseState['takenAt'] {
  return isService(actor.subject) ? null : at
}

function close(state: RouterState, event: Of<'CLOSED'>): RouterState {
  const { closed, actor, reason, at } = event
  const { correctionId } = closed
  const { asked: _, ...lasting } = closed
  const ended = changeCase(state, event, {
    ...lasting,
    ...(correctionId === '' ? {} : { corrected: numberOf(correctionId) }),
    status: 'CLOSED',
    closedAt: at,
    closedBy: actor.subject,
    closedReason: shortened(reason, keptReason),
    question: null,
    proposal: null,
    ...noApprovals,
    ...untold(state, event, closed.corrections),
    forCustomer: closed.forCustomer || (caseOf(state, event.caseId)?.forCustomer ?? ''),
    // What an earlier release opened, it told of where its type has a message.
    ...(caseOf(state, event.caseId)?.told === 'UNKNOWN' ? { told: 'OPENED' as const } : {}),
  })
  return withRound(ended, event)
}

function reopen(state: RouterState, event: Of<'REOPENED'>): RouterState {
  const times = caseOf(state, event.caseId)?.reopened ?? 0
  return withRound(changeCase(state, event, { ...reopened(event), reopened: times + 1 }), event)
}

/** From now on a person ends it. */
function reopened({ reopened: { holds }, clock, assigned }: Of<'REOPENED'>): Partial<CaseState> {
  return {
    status: 'OPEN',
    outcome: 'NONE',
    basis: 'PERSON',
    level: 0,
    holds,
    stops: [],
    clock,
    assignee: assigned,
    takenAt: null,
    closedAt: null,
    closedBy: '',
    closedReason: '',
    endedBy: '',
    told: 'NOTHING',
    forCustomer: '',
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
  const name = event.type === 'OPENED' ? event.opened.name : caseOf(state, event.caseId)?.name
  const done = event.type === 'CLOSED' ? event.closed.outcome : event.type
  return `"${name ?? event.caseId}" is ${done.toLowerCase().replace('_', ' ')}.`
}

/** Of a case that is open the customer hears that; of one that has ended, how. */
function told(state: RouterState, { caseId }: DomainEvent): Partial<CaseState> {
  return { told: caseOf(state, caseId)?.status === 'CLOSED' ? 'ENDED' : 'OPENED' }
}

/** Nobody could be written to: it is told as soon as there is an address. */
function failed({ notice: { message, attempt, retryAt } }: Of<'NOTICE_FAILED'>): Partial<CaseState> {
  if (!isOfCustomer(message)) return {}
  return {
    ...(attempt === 0 ? { told: 'UNREACHED' } : {}),
    ...(retryAt === null ? { lastNotice: '' } : {}),
  }
}

/** What was changed is told with the end of its case, until a letter that says so has gone out. */
function heard(state: RouterState, { caseId }: DomainEvent): Partial<CaseState> {
  return caseOf(state, caseId)?.told === 'ENDED' ? { untold: [], forCustomer: '' } : {}
}

function untold(
  state: RouterState,
  { caseId }: DomainEvent,
  corrections: readonly Correction[],
): Partial<CaseState> {
  if (corrections.length === 0) return {}
  const before = caseOf(state, caseId)?.untold ?? []
  const now = corrections.map(({ path, value }) => ({ path, value }))
  return { untold: [...before, ...now].slice(-mostUntold) }
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

function staffFailed({ staffFailures }: RouterState, { notice }: Of<'NOTICE_FAILED'>): string[] {
  const attempt = attemptId(notice)
  if (isOfCustomer(notice.message) || staffFailures.includes(attempt)) return staffFailures
  return withFailures(staffFailures, [attempt])
}

function withoutNotice(notices: OpenNotice[], noticeId: string): OpenNotice[] {
  return notices.filter((one) => one.noticeId !== noticeId)
}
