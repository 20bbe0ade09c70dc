import type { ActionName, CaseDetail, CaseSummary, ListedCase } from '@holdpoint/desk-contract'
import { endsCase } from '@holdpoint/policy/actions'
import { dueOf, showList, showRole, showWhen, showWord } from '../text/format.ts'
import { describeStop, isStopping, type StoppingAction } from './stops.ts'

/** In the order of their buttons. */
const order: readonly ActionName[] = [
  ...(['approve', 'correct', 'clear', 'reject', 'stop'] as const),
  ...(['answer', 'ask', 'note', 'claim', 'reassign', 'replan', 'reopen'] as const),
]

export const actionLabels: Record<ActionName, string> = {
  approve: 'Approve',
  correct: 'Correct',
  reject: 'Reject',
  stop: 'Stop',
  clear: 'Clear',
  answer: 'Answer',
  ask: 'Ask',
  note: 'Note',
  claim: 'Claim',
  reassign: 'Reassign',
  replan: 'Replan',
  reopen: 'Reopen',
}

export const isDecision = (action: ActionName): boolean => endsCase(action)

/** No rule of the policy names what is asked for: a yes answers it, and changes nothing. */
export const isUnnamed = ({ type }: CaseSummary): boolean => type === 'unnamed-request'

/** A case that is closed can only be opened again, and be added to. */
export const needsOpen = (action: ActionName): boolean => action !== 'reopen' && action !== 'note'

/**
 * What somebody reads who comes by the link of an older message to do what needs an open case: by whom, when and how it was
 * closed. Empty where there is nothing to say. `wanted`: the action of the link.
 */
export function closedMeanwhile(wanted: string | undefined, one: CaseDetail): string {
  const action = order.find((known) => known === wanted)
  if (action === undefined || !needsOpen(action) || one.status !== 'CLOSED') return ''
  const how = one.outcome === 'OBSOLETE' ? 'closed as obsolete' : showWord(one.outcome).toLowerCase()
  const when = one.closedAt ? `, ${showWhen(one.closedAt)}` : ''
  return `Your link was to ${action} this case, which is not open any more: it was ${how} by ${one.closedBy || 'the system'}${when}.`
}

/** What the reader may do about a case. Actions that this console does not know are left out. */
export interface Offered {
  /** What lets the order go on, or the case; the likeliest first. */
  onward: ActionName[]
  /** What keeps the order from going on. */
  stopping: StoppingAction[]
  around: ActionName[]
}

export function actionsOf({ mayDo, kind }: CaseDetail): Offered {
  const known = order.filter((action) => mayDo.includes(action.toUpperCase()))
  const goesOn = (action: ActionName) => (isDecision(action) || action === 'answer') && !isStopping(action)
  const onward = known.filter(goesOn)
  const first = onward.includes('answer') ? 'answer' : kind === 'CORRECTION' ? 'correct' : 'approve'
  return {
    onward: [...onward.filter((one) => one === first), ...onward.filter((one) => one !== first)],
    stopping: known.filter(isStopping),
    around: known.filter((action) => !goesOn(action) && !isStopping(action)),
  }
}

/** What an action does, said before it is done. */
export function describeAction(action: ActionName, one: CaseDetail, wholeOrder = false): string {
  const held = one.holds.length > 0 ? showList(one.holds) : ''
  switch (action) {
    case 'approve':
      if (isUnnamed(one)) return 'It is answered, and nothing of the order is changed: no rule names it.'
      return one.proposal || one.requestId !== ''
        ? 'What was asked for or proposed is done.'
        : `The order may go on as it is.${held && ` This case then no longer holds ${held}.`}`
    case 'correct':
      return 'The values are put right, and the order is judged again with them.'
    case 'reject':
    case 'stop':
      return describeStop(action, one, wholeOrder)
    case 'clear':
      return `Everything on this order is decided: ${held || 'it'} may go on.`
    case 'ask':
      return 'The time to decide stands still until the answer is there. The customer is asked by e-mail.'
    case 'answer':
      return 'The time to decide goes on. Values that the answer gives wait for an approval.'
    case 'note':
      return 'Stays with the case, for everybody who has to do with it.'
    case 'claim':
      return one.assignee ? `You take the case from ${one.assignee.name}.` : 'You take the case.'
    case 'reassign':
      return 'Somebody else who may decide takes the case.'
    case 'replan':
      return 'The deadline is counted by the newest policy, since the same moment.'
    case 'reopen':
      return 'What the case held waits again, but for what has started; its time begins anew.'
    default:
      return action satisfies never
  }
}

/** What an action has done, and what is left to do on the order. */
export function describeOutcome(action: ActionName, one: CaseSummary, all: readonly CaseSummary[]): string {
  const open = all.filter((other) => other.status !== 'CLOSED' && other.caseId !== one.caseId)
  if (one.status !== 'CLOSED') return describeGoingOn(action, one)
  if (action === 'note') return 'The note is with the case.'
  const outcome = showWord(one.outcome)
  if (open.length === 0) return `${outcome}. No other case is open on this order.`
  return `${outcome}. Still open on this order: ${showList(open.map((other) => other.name))}.`
}

/** The case is open, or open again. */
function describeGoingOn(action: ActionName, { assignee, question }: CaseSummary): string {
  switch (action) {
    case 'approve':
      return 'Approved by you. It takes another approval.'
    case 'correct':
      return 'Proposed. Somebody has to approve it.'
    case 'ask':
      return `Asked: ${question ? whom(question.to) : 'the answer is there already'}.`
    case 'answer':
      return 'The answer is with the case, and its time goes on.'
    case 'note':
      return 'The note is with the case.'
    case 'claim':
    case 'reassign':
      return `The case is with ${assignee?.name ?? 'nobody'} now.`
    case 'replan':
      return 'The deadline counts by the newest policy.'
    case 'reopen':
      return 'Open again.'
    default:
      return 'Done.'
  }
}

/** `customer` → `the customer`, `order-manager` → `order manager`. */
export const whom = (to: string): string =>
  to === 'customer' || to === 'requester' ? `the ${to}` : showRole(to)

/** Open cases, the reader's own before the others', the most urgent first; and closed ones, the latest first. */
export function byUrgency(cases: readonly ListedCase[]) {
  const rank = ({ mayAct }: ListedCase) => (mayAct ? 0 : 1)
  const due = (one: CaseSummary) => Date.parse(dueOf(one)?.at ?? '') || Number.MAX_SAFE_INTEGER
  const first = (a: ListedCase, b: ListedCase) =>
    rank(a) - rank(b) || due(a) - due(b) || a.caseId.localeCompare(b.caseId)
  return {
    open: cases.filter((one) => one.status !== 'CLOSED').sort(first),
    closed: cases
      .filter((one) => one.status === 'CLOSED')
      .sort((a, b) => (b.closedAt ?? '').localeCompare(a.closedAt ?? '')),
  }
}
