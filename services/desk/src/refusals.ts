import { isCalled } from '@holdpoint/policy/duty'
import type { Action, RefusalCode } from '@holdpoint/schemas'
import type { CaseRow } from './case-row.ts'
import type { Person } from './read/people.ts'

/** What the desk knows about who has to do with a case, besides the case itself. */
export interface Around {
  /** Who asked for what the case is about, as upstream says it: a subject, name or address. Empty for nobody. */
  requester: string
  /** What its policy says of its type; undefined for a policy that this desk cannot read. */
  type: TypeAround | undefined
  orderOwner: string
  latestPolicy: number
  /** Why nobody can approve it as it is: it was asked for from where it may not be; undefined when all is well. */
  elsewhere: string | undefined
  /** Roles of the case that the person has on duty now, for whomever. */
  onDutyFor: readonly string[]
}

export interface TypeAround {
  /** Roles that may come to decide, the owner first. */
  ladder: readonly string[]
  reviewers: readonly string[]
  requestedBy: readonly string[]
  fourEyes: boolean
}

/** What somebody wants to do about a case. */
export interface Wanted {
  action: Action
  reason: string
}

interface Refusal {
  code: RefusalCode
  message: string
}

type Asked = { wanted: Wanted; person: Person; row: CaseRow; around: Around }
type Check = (asked: Asked) => Refusal | undefined

/**
 * What the router would say no to whatever it knows besides, in its order and with its codes. Undefined as soon as it
 * could say yes: what depends on the deadline, or on what may change in this moment, is the router's to judge.
 */
export function surelyRefused(wanted: Wanted, person: Person, row: CaseRow, around: Around) {
  for (const check of checks[wanted.action] ?? []) {
    const refusal = check({ wanted, person, row, around })
    if (refusal) return refusal
  }
  return undefined
}

/** The same where it is refused to everybody, for what the case is. */
export function refusedToAll(action: Action, row: CaseRow, around: Pick<Around, 'elsewhere'>): boolean {
  return ofTheCase[action]?.({ row, around }) !== undefined
}

type OfTheCase = (asked: { row: CaseRow; around: Pick<Around, 'elsewhere'> }) => Refusal | undefined

const ofTheCase: Partial<Record<Action, OfTheCase>> = { APPROVE: checkRequestedBy, ASK: checkUnasked }

const deciding = [checkOpen, checkMayCome, checkOwn, checkAllowed, checkReason]

const checks: Partial<Record<Action, readonly Check[]>> = {
  APPROVE: [...deciding, checkRequestedBy, checkFourEyes, checkOnce],
  REJECT: deciding,
  CORRECT: deciding,
  STOP: deciding,
  CLEAR: deciding,
  ASK: [checkOpen, checkMayCome, checkAllowed, checkReason, checkUnasked],
  ANSWER: [checkOpen, checkReason],
  NOTE: [checkInvolved, checkReason],
  CLAIM: [checkOpen, checkMayCome, checkOwn, checkUnclaimed],
  REASSIGN: [checkOpen, checkMayCome, checkReason],
  REPLAN: [checkOpen, checkMayCome, checkReason],
  REOPEN: [checkClosed, checkReason],
}

const refuse = (code: RefusalCode, message: string): Refusal => ({ code, message })

function checkOpen({ row }: Asked) {
  if (row.status !== 'CLOSED') return undefined
  return refuse(
    'CASE_CLOSED',
    `The case was ${row.outcome.toLowerCase()} by ${row.closed_by}: ${row.closed_reason}`,
  )
}

function checkClosed({ row }: Asked) {
  if (row.status === 'CLOSED') return undefined
  return refuse('ACTION_NOT_ALLOWED', `"${row.name}" is open: only a closed case can be opened again.`)
}

/** Whoever no level of the case belongs to never comes to decide it. */
function checkMayCome({ person, row, around }: Asked) {
  const { type } = around
  const roles = [...person.roles, ...around.onDutyFor]
  const deciders = [row.owner, ...row.deciders]
  const may = [...deciders, ...(type?.ladder ?? [])].some((role) => roles.includes(role))
  if (!type || may || row.assignee?.subject === person.subject) return undefined
  const who = deciders.join(' or ')
  if (type.reviewers.some((role) => roles.includes(role)))
    return refuse('REVIEWER_ONLY', `Reviewers comment only. The decision lies with ${who}.`)
  return refuse('NOT_OWNER', `The decision on "${row.name}" lies with ${who}.`)
}

function checkOwn(asked: Asked) {
  if (!isOwn(asked)) return undefined
  const { owner, deciders } = asked.row
  const others = [owner, ...deciders].join(' or ')
  return refuse('OWN_REQUEST', `You asked for this yourself. Somebody else of ${others} has to decide.`)
}

function checkAllowed({ wanted, row }: Asked) {
  if (isAllowed(wanted.action, row)) return undefined
  const allowed = row.actions.map((one) => one.toLowerCase()).join(', ')
  return refuse('ACTION_NOT_ALLOWED', `"${row.name}" allows ${allowed || 'no decision'}.`)
}

function checkReason({ wanted }: Asked) {
  if (wanted.reason.trim() !== '') return undefined
  return refuse('REASON_MISSING', reasonMissing[wanted.action] ?? 'Say why: the reason stays with the case.')
}

function checkRequestedBy({
  around: { elsewhere },
}: Pick<Asked, 'row'> & { around: Pick<Around, 'elsewhere'> }) {
  return elsewhere === undefined ? undefined : refuse('ACTION_NOT_ALLOWED', elsewhere)
}

function checkUnasked({ row: { name, question } }: Pick<Asked, 'row'>) {
  if (!question) return undefined
  const { to, text } = question
  return refuse(
    'ACTION_NOT_ALLOWED',
    `"${name}" waits for an answer already, of ${to}: "${text}". Wait for it, write it down as the answer, or decide the case without it.`,
  )
}

const reasonMissing: Partial<Record<Action, string>> = {
  ASK: 'Write what you want to know.',
  ANSWER: 'Write what the answer is.',
  NOTE: 'Write the note.',
}

function checkFourEyes({ person, row, around }: Asked) {
  if (!around.type?.fourEyes || row.proposal?.by.subject !== person.subject) return undefined
  return refuse('FOUR_EYES', 'You proposed this yourself. Somebody else has to approve it.')
}

function checkOnce({ person, row }: Asked) {
  if (!row.approvals.some(({ subject }) => subject === person.subject)) return undefined
  return refuse('FOUR_EYES', 'You have approved this already: it takes the approval of somebody else.')
}

function checkUnclaimed({ person, row }: Asked) {
  if (row.assignee?.subject !== person.subject) return undefined
  return refuse('ACTION_NOT_ALLOWED', 'The case is yours already.')
}

function checkInvolved(asked: Asked) {
  const { person, row, around } = asked
  const { type } = around
  if (!type || row.assignee?.subject === person.subject || isOwn(asked)) return undefined
  const concerned = [
    ...[row.owner, ...row.deciders, row.question?.to ?? ''],
    ...[...type.ladder, ...type.reviewers, ...type.requestedBy, around.orderOwner],
  ]
  if (concerned.some((role) => person.roles.includes(role) || around.onDutyFor.includes(role)))
    return undefined
  return refuse('NOT_INVOLVED', `You have nothing to do with "${row.name}".`)
}

/** What was proposed for a case can be approved whatever its type says. */
export const isAllowed = (action: Action, { actions, proposal }: CaseRow): boolean =>
  actions.includes(action) || (action === 'APPROVE' && proposal !== null)

/** Nobody decides what they asked for or raised themselves. */
export function isOwn({ person, row, around }: Pick<Asked, 'person' | 'row' | 'around'>): boolean {
  return row.raised_by === person.subject || isCalled(person, around.requester)
}
