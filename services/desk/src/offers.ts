import type { Action } from '@holdpoint/schemas'
import type { CaseRow } from './case-row.ts'
import type { Person } from './read/people.ts'
import { type Around, isOwn, refusedToAll, surelyRefused } from './refusals.ts'

/** What may be done about a case now, by whoever may: first what ends it, then what goes around it. */
export function actionsNow(row: CaseRow, around: Pick<Around, 'latestPolicy' | 'elsewhere'>): string[] {
  if (row.status === 'CLOSED') return ['REOPEN', 'NOTE']
  const approves = row.proposal !== null && !row.actions.includes('APPROVE')
  // Nobody can know what they decide on while a correction is on its way into the order.
  const waits = row.correction?.state === 'UNDER_WAY'
  const replans = row.status === 'OPEN' && row.level === 0 && row.policy_version < around.latestPolicy
  const actions = [
    ...(approves && !waits ? ['APPROVE'] : []),
    ...row.actions.filter((action) => !waits || !isDecision(action)),
    ...(row.status === 'WAITING' ? ['ANSWER'] : []),
    ...['NOTE', 'CLAIM', 'REASSIGN'],
    ...(replans ? ['REPLAN'] : []),
  ]
  return actions.filter((action) => !refusedToAll(action as Action, row, around))
}

/** Which of them the router would let this person do, as far as the desk can see; what the router says is what counts. */
export function offersTo(person: Person | undefined, row: CaseRow, around: Around): string[] {
  if (!person) return []
  return actionsNow(row, around).filter((action) => mayDo(action as Action, person, row, around))
}

const decisions: readonly string[] = ['APPROVE', 'REJECT', 'CORRECT', 'STOP', 'CLEAR'] satisfies Action[]

export const isDecision = (action: string): boolean => decisions.includes(action)

/** Stands for what has not been written yet. */
const reason = '…'

function mayDo(action: Action, person: Person, row: CaseRow, around: Around): boolean {
  if (surelyRefused({ action, reason }, person, row, around)) return false
  const decides = mayDecide(person, row, around)
  switch (action) {
    case 'ANSWER':
      return decides || isAsked(person, row, around)
    case 'NOTE':
      return decides || isInvolved(person, row, around)
    case 'REOPEN':
      return decides || person.roles.includes(around.orderOwner)
    default:
      return decides
  }
}

/** Who has a case without its role stands in for somebody, and so does who is on duty for it. */
function mayDecide(
  { subject, roles }: Person,
  { owner, deciders, assignee }: CaseRow,
  { onDutyFor }: Around,
): boolean {
  const mine = [...roles, ...onDutyFor]
  return [owner, ...deciders].some((role) => mine.includes(role)) || assignee?.subject === subject
}

function isAsked(person: Person, row: CaseRow, around: Around): boolean {
  const { to = '' } = row.question ?? {}
  if (to === 'customer') return isInvolved(person, row, around)
  return to === 'requester' ? isOwn({ person, row, around }) : person.roles.includes(to)
}

function isInvolved(person: Person, row: CaseRow, around: Around): boolean {
  const { ladder = [], reviewers = [], requestedBy = [] } = around.type ?? {}
  const roles = [
    row.backup,
    ...ladder,
    ...reviewers,
    ...requestedBy,
    around.orderOwner,
    row.question?.to ?? '',
  ]
  return roles.some((role) => person.roles.includes(role)) || isOwn({ person, row, around })
}
