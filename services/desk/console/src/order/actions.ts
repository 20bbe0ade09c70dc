import type { ActionName, CaseDetail, CaseSummary } from '../api/types.ts'
import { showList, showWord } from '../text/format.ts'

const order: ActionName[] = ['approve', 'correct', 'reject', 'stop']

export const actionLabels: Record<ActionName, string> = {
  approve: 'Approve',
  correct: 'Correct',
  reject: 'Reject',
  stop: 'Stop',
}

/** What may be done about a case, the likeliest first. Actions that this console does not know are left out. */
export function actionsOf({ actions, kind }: CaseDetail): ActionName[] {
  const known = order.filter((action) => actions.includes(action.toUpperCase()))
  if (kind !== 'CORRECTION' || !known.includes('correct')) return known
  return ['correct', ...known.filter((action) => action !== 'correct')]
}

/** What an action does, said before it is done. */
export function describeAction(action: ActionName, one: CaseDetail): string {
  const held = one.holds.length > 0 ? showList(one.holds) : ''
  const isRequest = one.requestId !== ''
  switch (action) {
    case 'approve':
      return isRequest
        ? 'What was asked for is done.'
        : `The order may go on as it is.${held && ` This case then no longer holds ${held}.`}`
    case 'reject':
      if (isRequest) return 'The order stays as it was.'
      return held
        ? `The order may not go on as it is: ${held} stopped until these values change.`
        : 'The order may not go on as it is.'
    case 'correct':
      return 'The values are put right, and the order is judged again with them.'
    case 'stop':
      return `This order's ${held || 'stages'} stopped${isRequest ? ', and what was asked for is not done' : ''}.`
    default:
      return action satisfies never
  }
}

/** What an action has done, and what is left to do on the order. */
export function describeOutcome(one: CaseSummary, all: readonly CaseSummary[]): string {
  const outcome = showWord(one.outcome)
  const open = all.filter((other) => other.status !== 'CLOSED' && other.caseId !== one.caseId)
  if (open.length === 0) return `${outcome}. No other case is open on this order.`
  return `${outcome}. Still open on this order: ${showList(open.map((other) => other.name))}.`
}

/** Whether one of these roles may decide a case now. */
export function isMine(one: CaseSummary, roles: readonly string[]): boolean {
  return roles.includes(one.owner) || (one.level > 0 && roles.includes(one.decider))
}

/** Open cases, the reader's own before the others', the most urgent first; and closed ones, the latest first. */
export function byUrgency(cases: readonly CaseSummary[], roles: readonly string[]) {
  const rank = (one: CaseSummary) => (isMine(one, roles) ? 0 : 1)
  const due = (one: CaseSummary) => (one.deadline ? Date.parse(one.deadline) : Number.MAX_SAFE_INTEGER)
  const first = (a: CaseSummary, b: CaseSummary) =>
    rank(a) - rank(b) || due(a) - due(b) || a.caseId.localeCompare(b.caseId)
  return {
    open: cases.filter((one) => one.status !== 'CLOSED').sort(first),
    closed: cases
      .filter((one) => one.status === 'CLOSED')
      .sort((a, b) => (b.closedAt ?? '').localeCompare(a.closedAt ?? '')),
  }
}
