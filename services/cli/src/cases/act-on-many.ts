import { randomUUID } from 'node:crypto'
import type { BulkOutcome } from '@holdpoint/desk-contract'
import { endsCase, mostAtOnce } from '@holdpoint/policy/actions'
import { Refusal } from '../desk/desk.ts'
import { Failure, Misuse } from '../failures.ts'
import type { Session } from '../session.ts'
import { tableOf } from '../terminal.ts'
import { type ActOptions, whoActs } from './act.ts'
import { words } from './case-text.ts'
import { readCase } from './read-cases.ts'
import { display, isClosed, noState, requireConsent } from './seen.ts'
import { untilAnswered } from './until-answered.ts'

/** Sends the same action for many cases, each for itself; the exit code is 1 when one of them was not carried out. */
export async function actOnMany(
  session: Session,
  caseIds: readonly string[],
  options: ActOptions,
): Promise<void> {
  const { desk } = session
  const { action, reason } = options
  if (options.wholeOrder) throw new Misuse('--whole-order goes with one case: stop the orders one by one.')
  if (options.set) throw new Misuse('--set goes with one case: each order has fields of its own.')
  if (options.forCustomer)
    throw new Misuse('--for-customer goes with one case: each customer reads of their own order.')
  if (options.digest) throw new Misuse('--digest goes with one case: each has a state of its own.')
  if (caseIds.length > mostAtOnce) throw new Misuse(`At most ${mostAtOnce} cases can be named at once.`)
  const as = whoActs(session, options.as)
  const token = await desk.signIn(as)
  const { cases, refused } = endsCase(action)
    ? await lookAtAll(session, caseIds, { ...options, as, token })
    : { cases: [...new Set(caseIds)].map((caseId) => ({ caseId })), refused: [] }
  const { outcomes } =
    cases.length === 0
      ? { outcomes: [] }
      : await desk.post<{ outcomes: BulkOutcome[] }>('/cases/actions', {
          token,
          idempotencyKey: randomUUID(),
          body: { action, reason, cases },
        })
  const settled = [...(await Promise.all(outcomes.map((outcome) => settle(session, outcome)))), ...refused]
  session.show({ outcomes: settled }, () => outcomesText(action, settled))
  if (settled.some(({ status }) => status !== 'done')) session.no()
}

interface Looked {
  cases: { caseId: string; digest: string }[]
  /** Those that the desk does not show, each with why. */
  refused: BulkOutcome[]
}

/** The state that each case was displayed with. One wrong id is told in its own line and leaves the others alone. */
async function lookAtAll(
  session: Session,
  caseIds: readonly string[],
  options: ActOptions & { as: string; token: string },
): Promise<Looked> {
  const looked: Looked = { cases: [], refused: [] }
  const unseen: string[] = []
  for (const caseId of new Set(caseIds)) {
    try {
      const { digest, isNew } = await look(session, caseId, options)
      looked.cases.push({ caseId, digest })
      if (isNew) unseen.push(caseId)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      looked.refused.push(refusedOutcome(caseId, error))
      if (!session.json) session.terminal.err(`${caseId}: ${error.message}\n`)
    }
  }
  await requireConsent(session, { caseIds: unseen, action: options.action, yes: options.yes === true })
  return looked
}

/** The state that a case was displayed with; one that is new here is displayed, unless it is over. */
async function look(
  session: Session,
  caseId: string,
  { as, token }: { as: string; token: string },
): Promise<{ digest: string; isNew: boolean }> {
  const found = await readCase(session.desk, caseId, token)
  const before = session.shown.digestOf(caseId, found.case.openedAt)
  if (before !== undefined) return { digest: before, isNew: false }
  if (isClosed(found)) return { digest: noState, isNew: false }
  return { digest: display(session, found, as), isNew: true }
}

function refusedOutcome(caseId: string, { code, problem }: Refusal): BulkOutcome {
  return { caseId, commandId: '', status: 'refused', code, message: problem.detail, case: null }
}

/** Waits for the answer of one that was pending. */
async function settle(session: Session, outcome: BulkOutcome): Promise<BulkOutcome> {
  if (outcome.status !== 'pending') return outcome
  try {
    const done = await untilAnswered(session, outcome.commandId)
    return { ...outcome, status: 'done', case: done.case }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { code, message } = error
    if (!(error instanceof Refusal)) return { ...outcome, code, message }
    return { ...outcome, status: 'refused', code, message: error.problem.detail }
  }
}

function outcomesText(action: string, outcomes: readonly BulkOutcome[]): string {
  return tableOf(
    ['CASE', 'ORDER', action.toUpperCase(), 'NOW'],
    outcomes.map(({ caseId, status, code, message, case: one }) => [
      caseId,
      one?.orderId ?? '',
      status === 'done' ? 'done' : `${status}: ${code} ${message}`,
      one ? words(one.status === 'CLOSED' ? one.outcome : one.status) : '',
    ]),
  )
}
