import { randomUUID } from 'node:crypto'
import type { BulkOutcome } from '../desk/answers.ts'
import { Refusal } from '../desk/desk.ts'
import { Failure, Misuse } from '../failures.ts'
import type { Session } from '../session.ts'
import { tableOf } from '../terminal.ts'
import { type ActOptions, digestSeen, isBound, whoActs } from './act.ts'
import { words } from './case-text.ts'
import { untilAnswered } from './until-answered.ts'

/** The desk takes so many at once. */
const mostAtOnce = 200

/** Sends the same action for many cases, each for itself; the exit code is 1 when one of them was not carried out. */
export async function actOnMany(
  session: Session,
  caseIds: readonly string[],
  options: ActOptions,
): Promise<void> {
  const { desk, shown } = session
  const { action, reason } = options
  if (options.wholeOrder) throw new Misuse('--whole-order goes with one case: stop the orders one by one.')
  if (options.set) throw new Misuse('--set goes with one case: each order has fields of its own.')
  if (options.digest) throw new Misuse('--digest goes with one case: each has a state of its own.')
  if (caseIds.length > mostAtOnce) throw new Misuse(`At most ${mostAtOnce} cases can be named at once.`)
  const token = await desk.signIn(whoActs(session, options.as))
  const cases = []
  for (const caseId of new Set(caseIds))
    cases.push({ caseId, ...(isBound(action) ? { digest: await digestSeen(session, caseId) } : {}) })
  const { outcomes } = await desk.post<{ outcomes: BulkOutcome[] }>('/cases/actions', {
    token,
    idempotencyKey: randomUUID(),
    body: { action, reason, cases },
  })
  const settled = await Promise.all(outcomes.map((outcome) => settle(session, outcome)))
  for (const { caseId, status } of settled) if (status === 'done') shown.forget(caseId)
  session.show({ outcomes: settled }, () => outcomesText(action, settled))
  if (settled.some(({ status }) => status !== 'done')) session.no()
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
