import { randomUUID } from 'node:crypto'
import type { ActionName, CaseDetail, CaseEvent, CommandAnswer } from '@holdpoint/desk-contract'
import { endsCase } from '@holdpoint/policy/actions'
import type { Setting } from '../arguments.ts'
import { deskPath } from '../desk/path.ts'
import { Misuse } from '../failures.ts'
import type { Session } from '../session.ts'
import { clock, until } from '../times.ts'
import { eventsText, words } from './case-text.ts'
import { correctionsOf } from './corrections.ts'
import { readCase } from './read-cases.ts'
import { display, isClosed, noState, requireConsent } from './seen.ts'
import { untilAnswered } from './until-answered.ts'

export interface ActOptions {
  action: ActionName
  as?: string
  /** Why; the question, the answer, the note. */
  reason: string
  set?: Setting[]
  digest?: string
  to?: string
  within?: string
  wholeOrder?: boolean
  /** What the customer reads of it. */
  forCustomer?: string
  /** Also on a case that was not shown yet. */
  yes?: boolean
}

/** Sends one action as a person and waits for what the router says to it. */
export async function act(session: Session, caseId: string, options: ActOptions): Promise<void> {
  const { desk } = session
  const { action, reason, set, to, within, wholeOrder, forCustomer } = options
  const as = whoActs(session, options.as)
  const token = await desk.signIn(as)
  const digest = endsCase(action)
    ? (options.digest ?? (await digestSeen(session, caseId, { ...options, as, token })))
    : undefined
  const commandId = randomUUID()
  const answer = await desk.post<CommandAnswer>(deskPath('cases', caseId, 'actions'), {
    token,
    idempotencyKey: commandId,
    body: {
      ...{ action, reason, digest, to, within, wholeOrder, forCustomer },
      ...(set ? { corrections: await correctionsOf(desk, await orderOf(session, caseId), set) } : {}),
    },
  })
  const done = answer.status === 'done' ? answer : await untilAnswered(session, commandId)
  session.show(done, () => doneText(action, done, session.now()))
  await showOutcome(session, done.case, { as, token })
}

/** Whoever acts has seen what came of it: as JSON the answer is the case, as text a case that they know is displayed anew. */
async function showOutcome(
  session: Session,
  { caseId, digest, status, openedAt }: CaseDetail,
  { as, token }: { as: string; token: string },
): Promise<void> {
  const { shown, desk, json } = session
  const before = shown.digestOf(caseId, openedAt)
  if (json) shown.remember(caseId, digest, openedAt)
  else if (before !== undefined && before !== digest && status !== 'CLOSED')
    display(session, await readCase(desk, caseId, token), as)
}

export function whoActs({ as }: Session, said: string | undefined): string {
  const subject = said ?? as
  if (subject) return subject
  throw new Misuse(
    'Say who acts: --as SUBJECT, or set HOLDPOINT_AS. `holdpoint roster show` lists the people.',
  )
}

/** The state of the order that the case was displayed with; one that was not displayed yet is displayed now. */
async function digestSeen(
  session: Session,
  caseId: string,
  { action, as, token, yes = false }: ActOptions & { as: string; token: string },
): Promise<string> {
  const found = await readCase(session.desk, caseId, token)
  const before = session.shown.digestOf(caseId, found.case.openedAt)
  if (before !== undefined) return before
  if (isClosed(found)) return noState
  const digest = display(session, found, as)
  await requireConsent(session, { caseIds: [caseId], action, yes })
  return digest
}

async function orderOf({ desk }: Session, caseId: string): Promise<string> {
  return (await readCase(desk, caseId)).case.orderId
}

type Done = Extract<CommandAnswer, { status: 'done' }>

export function doneText(action: string, { case: one, events }: Done, now: number): string {
  const state = one.status === 'CLOSED' ? `closed, ${words(one.outcome)}` : goingOn(one, events, now)
  return `${one.caseId}  ${action}: ${state}\n${eventsText(events)}`
}

/** Whoever put something right learns at once whether that was enough; everybody, for whom the case waits now. */
function goingOn(one: CaseDetail, events: readonly CaseEvent[], now: number): string {
  const corrects = events.some(({ type }) => type === 'CORRECTED' || type === 'NOT_CURED')
  const state = corrects ? one.correction?.state : undefined
  switch (state) {
    case 'UNDER_WAY':
      return `${words(one.status)}, on its way into the order`
    case 'NOT_CURED':
      return `${words(one.status)}, for the rule still holds: look at the case again`
    case undefined:
      return waitsText(one, now)
    default:
      return state satisfies never
  }
}

/** For whom a case waits, and until when. */
function waitsText({ question, assignee, decider, deadline }: CaseDetail, now: number): string {
  const untilText = (at: string) => ` until ${clock(at)} (${until(at, now)})`
  if (question) {
    const isPerson = question.to === 'customer' || question.to === 'requester'
    return `waits for ${isPerson ? 'the ' : ''}${question.to} to answer${untilText(question.answerBy)}`
  }
  return `waits for ${assignee?.name || decider} to decide${deadline ? untilText(deadline) : ''}`
}
