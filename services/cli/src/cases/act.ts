import { randomUUID } from 'node:crypto'
import type { Setting } from '../arguments.ts'
import type { CaseDetail, CommandAnswer } from '../desk/answers.ts'
import { Misuse } from '../failures.ts'
import type { Session } from '../session.ts'
import { eventsText, words } from './case-text.ts'
import { correctionsOf } from './corrections.ts'
import { readCase } from './read-cases.ts'
import { display, requireConsent } from './seen.ts'
import { untilAnswered } from './until-answered.ts'

/** What ends a case: it is bound to the order as it was displayed. */
const bound = ['approve', 'reject', 'correct', 'stop', 'clear'] as const
type Bound = (typeof bound)[number]
export type ActionName = Bound | 'ask' | 'answer' | 'note' | 'claim' | 'reassign' | 'reopen' | 'replan'

export const isBound = (action: ActionName): action is Bound =>
  (bound as readonly ActionName[]).includes(action)

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
  /** Also on a case that was not shown yet. */
  yes?: boolean
}

/** Sends one action as a person and waits for what the router says to it. */
export async function act(session: Session, caseId: string, options: ActOptions): Promise<void> {
  const { desk, shown } = session
  const { action, reason, set, to, within, wholeOrder } = options
  const as = whoActs(session, options.as)
  const token = await desk.signIn(as)
  const digest = isBound(action)
    ? (options.digest ?? (await digestSeen(session, caseId, { ...options, as, token })))
    : undefined
  const commandId = randomUUID()
  const answer = await desk.post<CommandAnswer>(`/cases/${encodeURIComponent(caseId)}/actions`, {
    token,
    idempotencyKey: commandId,
    body: {
      ...{ action, reason, digest, to, within, wholeOrder },
      ...(set ? { corrections: await correctionsOf(desk, await orderOf(session, caseId), set) } : {}),
    },
  })
  const done = answer.status === 'done' ? answer : await untilAnswered(session, commandId)
  shown.forget(caseId)
  session.show(done, () => doneText(action, done))
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
  const before = session.shown.digestOf(caseId)
  if (before !== undefined) return before
  const digest = display(session, await readCase(session.desk, caseId, token), as)
  await requireConsent(session, { caseIds: [caseId], action, yes })
  return digest
}

async function orderOf({ desk }: Session, caseId: string): Promise<string> {
  return (await readCase(desk, caseId)).case.orderId
}

type Done = Extract<CommandAnswer, { status: 'done' }>

export function doneText(action: string, { case: one, events }: Done): string {
  const state = one.status === 'CLOSED' ? `closed, ${words(one.outcome)}` : goingOn(one)
  return `${one.caseId}  ${action}: ${state}\n${eventsText(events)}`
}

/** Whoever put something right learns at once whether that was enough. */
function goingOn({ status, correction }: CaseDetail): string {
  const state = correction?.state
  switch (state) {
    case 'UNDER_WAY':
      return `${words(status)}, on its way into the order`
    case 'NOT_CURED':
      return `${words(status)}, for the rule still holds: look at the case again`
    case undefined:
      return words(status)
    default:
      return state satisfies never
  }
}
