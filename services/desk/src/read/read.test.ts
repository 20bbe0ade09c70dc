import type { LaneRecord } from '@holdpoint/chassis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { createFeed } from '../feed.ts'
import type { ProjectedTopic } from '../projection/handlers.ts'
import { createProjector } from '../projection/projector.ts'
import { databases, empty, openWithinMs } from '../testing/databases.ts'
import {
  asked,
  byOrder,
  closed,
  decision,
  escalated,
  opened,
  recordsOf,
  revision,
  t0,
} from '../testing/messages.ts'
import { type CaseFilter, caseSummary, listCases as listRows } from './cases.ts'
import { verdictsOf } from './orders.ts'
import type { PageWanted } from './page.ts'
import { summarise } from './summary.ts'

/** One page of cases as lists show them. */
async function listCases(sql: Database, filter: CaseFilter, page: PageWanted, now: number) {
  const { items, ...rest } = await listRows(sql, filter, page)
  return { ...rest, items: items.map((row) => caseSummary(row, now)) }
}

describe.each(databases)('what is asked of the read model $name', ({ skip, open }) => {
  let database: Database
  beforeAll(async () => {
    if (!skip) database = await open()
  }, openWithinMs)
  beforeEach(async () => {
    if (!skip) await empty(database)
  })
  afterAll(() => database?.close())

  const bring = (topic: ProjectedTopic, records: readonly LaneRecord[]) =>
    createProjector(database, createFeed(), { leftOut: () => {} }).onBatch(
      topic,
      0,
      records as LaneRecord<ProjectedTopic>[],
    )

  it.skipIf(skip)('counts orders by where they stand and cases by type, for one source', async () => {
    const other = revision('X', 1, { cause: { ...revision('X').cause, source: 'phone' } })
    await bring(
      'orders.revisions.v1',
      recordsOf('orders.revisions.v1', byOrder([revision('A'), revision('B'), revision('C'), other])),
    )
    await bring(
      'orders.decisions.v1',
      recordsOf(
        'orders.decisions.v1',
        byOrder([
          decision('A', 1, 'HOLD'),
          decision('A', 2),
          decision('B', 1, 'HOLD'),
          decision('X', 1, 'STOP'),
        ]),
      ),
    )
    await bring(
      'cases.events.v1',
      recordsOf('cases.events.v1', byOrder([opened('A', 1), closed('A', 2), opened('B', 1)])),
    )
    expect(await summarise(database, { source: 'shop' }, t0)).toEqual({
      orders: 3,
      proceeded: 1,
      held: 1,
      stopped: 0,
      cancelled: 0,
      cases: {
        'billing-terms': { name: 'Billing terms outside the contract', open: 1, closed: 1, overdue: 0 },
      },
      deadLetters: {},
    })
    expect(await summarise(database, {}, t0)).toMatchObject({ orders: 4, stopped: 1, cancelled: 0 })
    const ended = revision('X', 2, { cause: other.cause, cancelled: true })
    await bring('orders.revisions.v1', recordsOf('orders.revisions.v1', byOrder([ended]), { from: 100 }))
    expect(await summarise(database, {}, t0)).toMatchObject({ orders: 4, stopped: 0, cancelled: 1 })
    expect(await summarise(database, { since: t0 + 10_000_000 }, t0)).toMatchObject({ orders: 0 })
    expect((await summarise(database, {}, t0 + 10_000_000_000)).cases).toMatchObject({
      'billing-terms': { overdue: 1 },
    })
    expect(await verdictsOf(database, 'A')).toMatchObject([{ stage: 'invoicing', verdict: 'PROCEED' }, {}])
  })

  it.skipIf(skip)('pages through cases without leaving one out or showing one twice', async () => {
    const ids = Array.from({ length: 7 }, (_, i) => `O${i}`)
    const events = ids.map((id, i) => opened(id, 1, { deadline: i % 3 === 0 ? null : t0 + (i % 2) }))
    await bring('cases.events.v1', recordsOf('cases.events.v1', byOrder(events)))
    for (const status of ['open', 'all'] as const) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await listCases(database, { status }, { limit: 2, ...(cursor ? { cursor } : {}) }, t0)
        expect(page.total).toBe(7)
        seen.push(...page.items.map((one) => one.orderId))
        cursor = page.next ?? undefined
      } while (cursor)
      expect(seen).toHaveLength(7)
      expect(new Set(seen)).toEqual(new Set(ids))
    }
  })

  it.skipIf(skip)(
    'shows a case overdue since its first deadline, whichever level it has come to, and first',
    async () => {
      const late = t0 + 125_000
      const events = [
        opened('SOON', 1, { deadline: t0 + 130_000 }),
        opened('NEVER', 1, { deadline: null }),
        opened('LATE', 1, { deadline: t0 + 120_000 }),
        opened('LATER', 1, { deadline: t0 + 110_000 }),
        escalated('LATE', 2),
        escalated('LATER', 2),
      ]
      await bring('cases.events.v1', recordsOf('cases.events.v1', byOrder(events)))
      const page = await listCases(database, { status: 'open' }, { limit: 10 }, late)
      expect(page.items.map(({ orderId, overdue, level }) => [orderId, overdue, level])).toEqual([
        ['LATER', true, 1],
        ['LATE', true, 1],
        ['SOON', false, 0],
        ['NEVER', false, 0],
      ])
      expect(page.items[0]?.lateSince).toBe(new Date(t0 + 110_000).toISOString())
      expect((await summarise(database, {}, late)).cases).toMatchObject({ 'billing-terms': { overdue: 2 } })
    },
  )

  it.skipIf(skip)(
    'shows a case that waits with its question, by when it is answered, and not late',
    async () => {
      const events = [opened('A', 1, { deadline: t0 }), escalated('A', 2), asked('A', 3), opened('B', 1)]
      await bring('cases.events.v1', recordsOf('cases.events.v1', byOrder(events)))
      const { items, total } = await listCases(database, { status: 'waiting' }, { limit: 10 }, t0 + 25_000)
      expect(total).toBe(1)
      expect(items).toMatchObject([
        {
          status: 'WAITING',
          deadline: null,
          overdue: false,
          assignee: { name: 'Carl Controller' },
          question: { to: 'customer', text: 'Which colour?', answerBy: '2026-03-03T09:03:00.000Z' },
        },
      ])
      const open = await listCases(database, { status: 'open' }, { limit: 10 }, t0 + 25_000)
      expect(open.items.map(({ orderId }) => orderId)).toEqual(['B', 'A'])
    },
  )

  it.skipIf(skip)('shows no case overdue that is closed', async () => {
    const events = [opened('A', 1, { deadline: t0 }), escalated('A', 2, null), closed('A', 3)]
    await bring('cases.events.v1', recordsOf('cases.events.v1', byOrder(events)))
    const { items } = await listCases(database, { status: 'closed' }, { limit: 10 }, t0 + 25_000)
    expect(items).toMatchObject([{ orderId: 'A', overdue: false, deadline: null }])
  })

  it.skipIf(skip)('filters cases by role, order and words, wildcards taken literally', async () => {
    await bring(
      'cases.events.v1',
      recordsOf('cases.events.v1', byOrder([opened('A_1', 1), escalated('A_1', 2), opened('AB1', 1)])),
    )
    const ids = async (filter: object) =>
      (await listCases(database, { status: 'open', ...filter }, { limit: 10 }, t0)).items.map(
        (one) => one.orderId,
      )
    expect(await ids({ role: 'controller' })).toEqual(['A_1'])
    expect((await ids({ role: 'finance' })).sort()).toEqual(['AB1', 'A_1'])
    expect(await ids({ q: 'a_1' })).toEqual(['A_1'])
    expect(await ids({ orderId: 'AB1' })).toEqual(['AB1'])
    expect(await ids({ q: "'; drop schema read_model cascade; --" })).toEqual([])
  })
})
