import type { Actor, Forget } from '@holdpoint/schemas'
import type { Database } from '../database/port.ts'
import type { Feed } from '../feed.ts'
import { createMutex } from '../mutex.ts'
import { type OrderToForget, ordersToForget } from '../read/forgets.ts'
import type { Outbox } from './outbox.ts'

const topic = 'audit.forgets.v1'

/** How long to wait until the read model is erased. */
const erasedWithinMs = 5_000

export interface ForgetAsked {
  customerId: string
  /** Orders of the customer that the read model does not know, or not as theirs. */
  orders: readonly string[]
  reason: string
  by: Actor
  /** Says only what would be forgotten. */
  dryRun: boolean
}

export type ForgetAnswer =
  | { kind: 'forgotten' | 'wouldForget'; orders: string[]; erased: boolean }
  /** Somebody still decides about orders of the customer. */
  | { kind: 'underWay'; orders: string[] }
  | { kind: 'none' }
  | { kind: 'notReady' }
  | { kind: 'away' }
  | { kind: 'unknown' }

export type Forgetting = (asked: ForgetAsked) => Promise<ForgetAnswer>

export interface ForgettingNeeds {
  database: Database
  outbox: Outbox
  feed: Feed
  now: () => number
  caughtUp: () => boolean
}

/** Has every order of a customer forgotten: all of them, or none while one of them has an open case. */
export function createForgetting({ database, outbox, feed, now, caughtUp }: ForgettingNeeds): Forgetting {
  const oneAtATime = createMutex()
  return ({ customerId, orders, reason, by, dryRun }) =>
    oneAtATime(async (): Promise<ForgetAnswer> => {
      if (!caughtUp()) return { kind: 'notReady' }
      const found = await ordersToForget(database, customerId, orders)
      const open = found.filter(({ openCases }) => openCases > 0)
      if (open.length > 0) return { kind: 'underWay', orders: idsOf(open) }
      if (found.length === 0) return { kind: 'none' }
      if (dryRun) return { kind: 'wouldForget', orders: idsOf(found), erased: false }
      const forgets = found.map(({ orderId }): Forget => ({ orderId, by, reason, at: now() }))
      const shown = forgets.map(({ orderId }) =>
        feed.next(topic, ({ key }) => key === orderId, erasedWithinMs),
      )
      const sent = await outbox.send(
        topic,
        forgets.map((forget) => ({ key: forget.orderId, value: forget })),
      )
      if (sent !== 'sent') {
        for (const { cancel } of shown) cancel()
        return { kind: sent }
      }
      const erased = await Promise.all(shown.map((one) => one.found))
      return { kind: 'forgotten', orders: idsOf(found), erased: erased.every(Boolean) }
    })
}

const idsOf = (orders: readonly OrderToForget[]): string[] => orders.map(({ orderId }) => orderId)
