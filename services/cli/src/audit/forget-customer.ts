import type { Forgotten } from '@holdpoint/desk-contract'
import { whoActs } from '../cases/act.ts'
import { Failure } from '../failures.ts'
import { count } from '../progress.ts'
import type { Session } from '../session.ts'

export interface ForgetOptions {
  as?: string
  reason: string
  order?: string[]
  yes?: boolean
}

/** Says which orders it is about, asks once more, and has the desk forget them. */
export async function forgetCustomer(session: Session, options: ForgetOptions, id?: string): Promise<void> {
  const { desk } = session
  const { reason, order: orders = [] } = options
  const token = await desk.signIn(whoActs(session, options.as))
  const ask = (dryRun: boolean) =>
    desk.post<Forgotten>('/forgets', { token, body: { customerId: id as string, orders, reason, dryRun } })
  if (!options.yes) await requireYes(session, (await ask(true)).orders)
  const done = await ask(false)
  session.show(done, () => doneText(done))
}

/** It cannot be undone: a person says yes, or the command line does. */
async function requireYes({ terminal, json }: Session, orders: readonly string[]): Promise<void> {
  const what = `${count(orders.length)} ${orders.length === 1 ? 'order' : 'orders'} (${orders.join(', ')})`
  const { ask } = terminal
  if (json || !ask)
    throw new Failure(
      'NOT_CONFIRMED',
      `Nothing was forgotten yet: it would be ${what}. It cannot be undone; say --yes to do it.`,
    )
  const answer = await ask(`Forget the customer of ${what}? It cannot be undone. [y/N] `)
  if (!/^y(es)?$/i.test(answer.trim())) throw new Failure('NOT_CONFIRMED', 'Nothing was forgotten.')
}

const doneText = ({ orders, erased }: Forgotten): string =>
  [
    ...orders.map((orderId) => `${orderId}  forgotten`),
    erased ? 'The desk has erased them.' : 'The desk erases them in a moment.',
    'The trail can be verified as before: holdpoint audit verify',
    '',
  ].join('\n')
