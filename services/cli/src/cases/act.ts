import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { readField } from '@holdpoint/schemas'
import type { Setting } from '../arguments.ts'
import type { CommandAnswer, OrderView } from '../desk/answers.ts'
import { Failure, Misuse } from '../failures.ts'
import type { Session } from '../session.ts'
import { caseText, eventsText, words } from './case-text.ts'
import { type ShownCase, showCase } from './read-cases.ts'

export interface ActOptions {
  action: 'approve' | 'reject' | 'correct' | 'stop'
  as?: string
  reason: string
  set?: Setting[]
  digest?: string
}

/** How long to wait for the router beyond what the desk waits itself. */
const answerWithinMs = 20_000

/** Sends one action as a person and waits for what the router says to it. */
export async function act(session: Session, caseId: string, options: ActOptions): Promise<void> {
  const { desk, shown } = session
  const token = await desk.signIn(whoActs(session, options.as))
  const digest = options.digest ?? shown.digestOf(caseId) ?? (await showFirst(session, caseId))
  const commandId = randomUUID()
  const answer = await desk.post<CommandAnswer>(`/cases/${encodeURIComponent(caseId)}/actions`, {
    token,
    idempotencyKey: commandId,
    body: {
      action: options.action,
      reason: options.reason,
      digest,
      ...(options.set ? { corrections: await correctionsOf(session, caseId, options.set) } : {}),
    },
  })
  const done = answer.status === 'done' ? answer : await untilAnswered(session, commandId)
  shown.forget(caseId)
  session.show(done, () => doneText(options.action, done))
}

export function whoActs({ as }: Session, said: string | undefined): string {
  const subject = said ?? as
  if (subject) return subject
  throw new Misuse(
    'Say who acts: --as SUBJECT, or set HOLDPOINT_AS. `holdpoint roster show` lists the people.',
  )
}

/** Nothing was shown yet: shows the case now, so that the trail is right that its state was displayed. */
async function showFirst(session: Session, caseId: string): Promise<string> {
  const found = await showCase(session, caseId)
  if (!session.json) session.terminal.err(`${caseText(found, session.now())}\n`)
  return found.case.digest
}

/** The values that each correction replaces, as the order has them now. */
async function correctionsOf({ desk }: Session, caseId: string, set: readonly Setting[]) {
  const { case: one } = await desk.get<ShownCase>(`/cases/${encodeURIComponent(caseId)}`)
  const { order } = await desk.get<OrderView>(`/orders/${encodeURIComponent(one.orderId)}`)
  return set.map(({ path, value }) => {
    const expected = order && readField(orderInMemory(order), path)
    if (expected === undefined || expected === null)
      throw new Misuse(
        `The order ${one.orderId} has no field ${path}. 'holdpoint orders show ${one.orderId} --json' lists them.`,
      )
    return { path, expected, value }
  })
}

/** The API gives instants as ISO 8601 text. */
const orderInMemory = (order: Record<string, unknown>) =>
  ({ ...order, placedAt: Date.parse(String(order.placedAt)) }) as unknown as Parameters<typeof readField>[0]

type Done = Extract<CommandAnswer, { status: 'done' }>

async function untilAnswered({ desk }: Session, commandId: string): Promise<Done> {
  const giveUpAt = Date.now() + answerWithinMs
  while (Date.now() < giveUpAt) {
    await sleep(500)
    const answer = await desk.get<CommandAnswer>(`/commands/${commandId}`)
    if (answer.status === 'done') return answer
  }
  throw new Failure(
    'NO_ANSWER_YET',
    `The command ${commandId} was taken, and the router has not answered it within ${answerWithinMs / 1000} s. ` +
      'It is not lost: look at the case again later.',
  )
}

function doneText(action: string, { case: one, events }: Done): string {
  const state = one.status === 'CLOSED' ? `closed, ${words(one.outcome)}` : words(one.status)
  return `${one.caseId}  ${action}: ${state}\n${eventsText(events)}`
}
