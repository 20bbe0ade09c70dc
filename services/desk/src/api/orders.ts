import { OrderItem, OrderView } from '@holdpoint/desk-contract'
import { z } from 'zod'
import { behindNow } from '../case/behind-now.ts'
import { eventsBy, eventView } from '../read/case-events.ts'
import { casesOf } from '../read/cases.ts'
import { listDeadLetters } from '../read/dead-letters.ts'
import {
  decisionsOf,
  findOrder,
  listOrders,
  noticesOf,
  orderView,
  revisionsOf,
  verdictsOf,
} from '../read/orders.ts'
import type { Person } from '../read/people.ts'
import type { DeskParts } from './desk-parts.ts'
import { pageQuery } from './page-query.ts'
import { Problem } from './problem.ts'
import { type Operation, operation } from './route.ts'
import { listedCase, surroundingsOf } from './surroundings.ts'

export function orderOperations(parts: DeskParts): Operation[] {
  const { database } = parts
  return [
    operation({
      id: 'listOrders',
      method: 'get',
      path: '/orders',
      summary: 'Orders, last changed first.',
      access: 'read',
      query: pageQuery.extend({
        q: z.string().max(200).optional().describe('Part of an order id or of a customer name'),
      }),
      answers: {
        200: {
          about: 'One page.',
          body: z.object({ orders: z.array(OrderItem), next: z.string().nullable(), total: z.int() }),
        },
      },
      handle: async ({ query: { q, ...page } }) => {
        const { items, next, total } = await listOrders(database, q, page)
        return { status: 200, body: { orders: items, next, total } }
      },
    }),
    operation({
      id: 'showOrder',
      method: 'get',
      path: '/orders/{orderId}',
      summary: 'One order with everything on it.',
      access: 'read',
      params: z.object({ orderId: z.string().max(400) }),
      answers: { 200: { about: 'The order.', body: OrderView } },
      problems: { 404: 'Nothing is known of this order.' },
      handle: async ({ params, person }) => {
        const body = await everythingOn(parts, params.orderId, person)
        if (!body) throw new Problem(404, 'UNKNOWN_ORDER', `Nothing is known of an order ${params.orderId}.`)
        return { status: 200, body }
      },
    }),
  ]
}

/** What the topics have said of an order so far, in whichever order they were read; undefined when nothing. */
async function everythingOn(parts: DeskParts, orderId: string, person: Person | undefined) {
  const { database, now } = parts
  const [row, verdicts, cases, revisions, decisions, events, notices, deadLetters] = await Promise.all([
    findOrder(database, orderId),
    verdictsOf(database, orderId),
    casesOf(database, orderId),
    revisionsOf(database, orderId),
    decisionsOf(database, orderId),
    eventsBy(database, 'order_id', orderId),
    noticesOf(database, orderId),
    listDeadLetters(database, { orderId }, { limit: 100 }),
  ])
  // A command on an order that never was leaves its refusal, and no order.
  const happened = events.filter(({ refused }) => !refused)
  if (!row && decisions.length + happened.length + deadLetters.items.length === 0) return undefined
  const around = await surroundingsOf(parts, cases, person)
  const record = row ? orderView(row.record) : { order: null, stages: {}, requests: [], facts: {} }
  return {
    orderId,
    revision: row?.revision ?? 0,
    digest: row?.digest ?? '',
    total: row?.total ?? '0',
    cancelled: row?.cancelled ?? false,
    ...record,
    verdicts: behindNow(verdicts, cases, events),
    cases: cases.map((one) => listedCase(one, around(one), now())),
    revisions,
    decisions,
    events: events.map(eventView),
    notices,
    deadLetters: deadLetters.items,
  }
}
