import { setTimeout as sleep } from 'node:timers/promises'
import type { OrderView, Summary } from '@holdpoint/desk-contract'
import type { Desk } from './desk.ts'
import { deskPath } from './path.ts'

export interface Wait {
  /** Source of the orders. */
  source: string
  /** How many different orders there are to be. */
  orders: number
  /** Some orders that were sent last; each has to be decided too. */
  last: readonly string[]
  /** How many of the orders lie among the dead letters by now: they never come. */
  dead(): Promise<number>
  onProgress(decided: number, of: number): void
  /** Gives up when nothing has moved for so long. */
  patienceMs: number
}

export interface Decided {
  summary: Summary
  /** Orders that had no decision when patience ended; 0 when all have. */
  undecided: number
}

const pollMs = 500

/** Waits until every order has a decision, or lies among the dead letters. */
export async function untilDecided(desk: Desk, wait: Wait): Promise<Decided> {
  let moved = Date.now()
  let most = -1
  for (;;) {
    const [summary, dead] = await Promise.all([
      desk.get<Summary>('/summary', { source: wait.source }),
      wait.dead(),
    ])
    const { proceeded, held, stopped, cancelled } = summary
    const decided = Math.min(proceeded + held + stopped + cancelled + dead, wait.orders)
    wait.onProgress(decided, wait.orders)
    if (decided >= wait.orders && (await areSettled(desk, wait.last))) return { summary, undecided: 0 }
    if (decided > most) moved = Date.now()
    most = Math.max(most, decided)
    if (Date.now() - moved > wait.patienceMs)
      return { summary, undecided: Math.max(1, wait.orders - decided) }
    await sleep(pollMs)
  }
}

async function areSettled(desk: Desk, orderIds: readonly string[]): Promise<boolean> {
  const orders = await Promise.all(
    orderIds.map((orderId) => desk.find<OrderView>(deskPath('orders', orderId))),
  )
  return orders.every((order) => order && order.verdicts.length + order.deadLetters.length > 0)
}
