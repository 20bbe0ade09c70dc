import { randomUUID } from 'node:crypto'
import type { CommandAnswer } from '@holdpoint/desk-contract'
import type { Setting } from '../arguments.ts'
import { deskPath } from '../desk/path.ts'
import { Misuse } from '../failures.ts'
import type { Session } from '../session.ts'
import { doneText, whoActs } from './act.ts'
import { correctionsOf } from './corrections.ts'
import { untilAnswered } from './until-answered.ts'

export interface RaiseOptions {
  as?: string
  type: string
  reason: string
  set?: Setting[]
  hold?: string[]
  recall?: boolean
}

/** Opens a case by hand and waits for what the router says to it. */
export async function raise(session: Session, orderId: string, options: RaiseOptions): Promise<void> {
  const { desk } = session
  const { type, reason, set, hold, recall } = options
  if (type !== unnamed) await requireType(session, type)
  const token = await desk.signIn(whoActs(session, options.as))
  const commandId = randomUUID()
  const answer = await desk.post<CommandAnswer>(deskPath('orders', orderId, 'cases'), {
    token,
    idempotencyKey: commandId,
    body: {
      ...{ type, reason, holds: hold, recall },
      ...(set ? { corrections: await correctionsOf(desk, orderId, set) } : {}),
    },
  })
  const done = answer.status === 'done' ? answer : await untilAnswered(session, commandId)
  session.show(done, () => doneText('raise', done, session.now()) + heldText(done.case.holds))
}

const heldText = (holds: readonly string[]): string =>
  holds.length > 0
    ? `${holds.join(' and ')} wait${holds.length === 1 ? 's' : ''} for it.\n`
    : 'Nothing waits for it; --hold STAGE says what does, with --recall where it was released already.\n'

/** What has no name yet; every policy has it. */
const unnamed = 'other'

/** A type that is written wrongly is told here, and leaves no refusal in the trail. */
async function requireType({ desk }: Session, type: string): Promise<void> {
  const { types } = await desk.get<{ types: { type: string }[] }>('/policy/types')
  const known = types.map((one) => one.type)
  if (known.includes(type)) return
  const { suggest } = await import('@holdpoint/policy')
  throw new Misuse(
    `There is no exception type "${type}" of which cases can be raised: ${suggest(type, known)}`,
  )
}
