import type { LaneRecord } from '@holdpoint/chassis'
import type {
  CaseEvent,
  DeadLetter,
  Forget,
  NoticeOutcome,
  Order,
  Replay,
  TopicName,
} from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { createFeed } from '../feed.ts'
import { forgetsOf, ordersToForget } from '../read/forgets.ts'
import { findOrder } from '../read/orders.ts'
import { databases, empty, openWithinMs } from '../testing/databases.ts'
import {
  asked,
  byOrder,
  caseEvent,
  closed,
  decision,
  fiona,
  opened,
  recordsOf,
  refused,
  reopened,
  revision,
  staffNotice,
  t0,
} from '../testing/messages.ts'
import { erasedOrder, forgotten } from './erased.ts'
import type { ProjectedTopic } from './handlers.ts'
import { createProjector } from './projector.ts'

/** Stands in everything that is to be forgotten. */
const secret = 'Zebedee'
const secretFields = <Part extends object>(part: Part, ...kept: (keyof Part)[]): Part =>
  Object.fromEntries(
    Object.entries(part).map(([name, value]) =>
      typeof value === 'string' && !kept.includes(name as keyof Part)
        ? [name, `${secret} ${name}`]
        : [name, value],
    ),
  ) as Part

const plain = sampleOrder()
const order: Order = {
  ...plain,
  customer: { ...secretFields(plain.customer, 'country', 'language', 'segment'), id: `${secret}-1` },
  billing: secretFields(plain.billing, 'country', 'terms', 'schedule'),
  shipping: secretFields(plain.shipping, 'country', 'method', 'requestedDate'),
  contractNumber: `${secret} 7`,
}
const request = {
  ...{ requestId: 'R-1', kind: 'address', text: `${secret} moved`, by: `${secret} herself`, role: 'sales' },
  proposes: [{ path: 'shipping.street', value: `${secret} Lane` }],
}
const corrections = [{ path: 'shipping.street', expected: `${secret} Row`, value: `${secret} Lane` }]
const customer = (orderId: string) => ({ subject: `customer:${orderId}`, name: `${secret} Smith`, roles: [] })

function events(id: string): CaseEvent[] {
  const evidence = [
    { expression: 'order.customer.name', value: `${secret} Smith` },
    { expression: 'lower(order.shipping.city)', value: `${secret} town` },
    { expression: 'request.text', value: `${secret} moved` },
    { expression: 'order.currency', value: 'GBP' },
  ]
  const reason = `${secret} rang`
  const notice = {
    ...{ noticeId: 'N-1', to: `${secret}@example.com`, message: 'ask', detail: `no ${secret}` },
    ...{ attempt: 1, retryAt: null },
  }
  const proposal = { corrections, by: { subject: `customer:${id}`, name: `${secret} Smith` } }
  const done = closed(id, 9, { reason })
  return [
    { ...opened(id, 1, { evidence, request }), reason },
    asked(id, 2, {
      reason,
      question: { questionId: 'N-1', to: 'customer', text: `${secret}?`, answerBy: t0 },
    }),
    caseEvent(id, 3, { type: 'ANSWERED', actor: customer(id), reason, proposal }),
    caseEvent(id, 4, { type: 'NOTED', actor: fiona, reason }),
    caseEvent(id, 5, { type: 'NOTICE_SENT', notice }),
    caseEvent(id, 6, {
      type: 'CORRECTED',
      actor: fiona,
      reason,
      corrected: { correctionId: 'X', corrections, forCustomer: `Dear ${secret}` },
    }),
    {
      ...done,
      closed: {
        ...(done.closed as object),
        corrections,
        asked: [{ path: 'billing.name', value: secret }],
        forCustomer: `Dear ${secret}`,
      },
    } as CaseEvent,
    reopened(id, 10, { reason }),
    refused(id, 11, { refused: { code: 'NOT_OWNER', message: `Not for ${secret}.`, action: 'APPROVE' } }),
    closed(id, 12, { reason }),
  ].map((event, i) => ({ ...event, sequence: i + 1, eventId: `${id}-${i + 1}` }))
}

const letter = (id: string): DeadLetter => ({
  ...{ code: 'INVALID', problems: [{ path: '', message: `not ${secret}` }], service: 'intake' },
  ...{ topic: 'orders.inbound.v1', partition: 0, offset: id === 'A' ? 1 : 2, timestamp: t0 },
  ...{ key: Buffer.from(id), value: Buffer.from(secret), at: t0, replayId: '', attempt: 0 },
})
const replay = (orderId: string): Replay => ({
  ...{ ...letter(orderId), problems: undefined, orderId, replayId: `P-${orderId}`, attempt: 1 },
  ...{ letterTopic: 'orders.inbound.v1.dlq', letterPartition: 0, letterOffset: 0 },
  ...{ by: fiona, reason: `${secret} sent it again` },
})
const outcome = (orderId: string): NoticeOutcome => ({
  ...{ noticeId: `N-${orderId}`, orderId, attempt: 1, status: 'FAILED', permanent: true, messageId: '' },
  ...{ detail: `no mailbox ${secret}`, at: t0 },
})
const forget = (orderId: string): Forget => ({
  orderId,
  by: fiona,
  reason: 'Request 118',
  at: t0 + 99_000_000,
})

/** All that the topics hold of some orders, each topic in order. */
function logsOf(ids: readonly string[], forgets: readonly string[]): LaneRecord<ProjectedTopic>[][] {
  const of = <V extends { orderId: string }>(topic: TopicName, make: (id: string) => V[]) =>
    recordsOf(topic as ProjectedTopic, byOrder(ids.flatMap(make)) as never)
  const text = { caseId: '', action: '', questionId: '', until: null }
  return [
    of('orders.revisions.v1', (id) => {
      const change = {
        path: 'customer.email',
        from: secret,
        to: `${secret}2`,
        origin: 'UPSTREAM',
        by: 'shop',
      }
      const open = { request, openedAt: t0, revision: 1 }
      const known = { order, requests: [open], facts: { 'gift note': `for ${secret}` } }
      const changes = [{ ...change, why: `${secret} said so` }] as never
      return [revision(id, 1, known), revision(id, 2, { ...known, changes })]
    }),
    of('cases.events.v1', events),
    of('orders.decisions.v1', (id) => [{ ...decision(id, 1), order, reason: `${secret} agreed` }]),
    of('notices.requested.v1', (id) => [
      staffNotice(id, `N-${id}`, {
        ...{ recipient: 'CUSTOMER', person: '', to: `${secret}@example.com`, toName: `${secret} Smith` },
        ...{ subject: `Dear ${secret}`, paragraphs: [{ kind: 'TEXT', text: `Dear ${secret}`, ...text }] },
      }),
      staffNotice(id, `S-${id}`, { subject: `${secret} waits` }),
    ]),
    of('notices.outcomes.v1', (id) => [outcome(id)]),
    recordsOf(
      'orders.inbound.v1.dlq',
      ids.map((id) => ({ key: id, value: letter(id) })),
    ) as never,
    of('desk.replays.v1', (id) => [replay(id)]),
    recordsOf('audit.forgets.v1', byOrder(forgets.map(forget))) as never,
  ]
}

const tables = [
  ...['orders', 'revisions', 'verdicts', 'decisions', 'cases', 'case_events', 'notices', 'notice_requests'],
  ...['dead_letters', 'replays', 'forgets'],
]

describe('an order that is erased', () => {
  it('keeps what it costs and where rules look, and nothing that says whose it is', () => {
    const erased = erasedOrder(order)
    expect(JSON.stringify(erased)).not.toContain(secret)
    expect(erased).toMatchObject({ lines: order.lines, payment: order.payment, currency: 'GBP' })
    expect(erased.customer).toMatchObject({ id: forgotten, country: 'GB', segment: 'retail' })
    expect(erased.billing).toMatchObject({ name: forgotten, terms: 'NET30' })
    expect(erasedOrder(erased)).toEqual(erased)
  })
})

describe.each(databases)('a forgotten order in the read model $name', ({ skip, open }) => {
  let database: Database
  beforeAll(async () => {
    if (!skip) database = await open()
  }, openWithinMs)
  beforeEach(async () => {
    if (!skip) await empty(database)
  })
  afterAll(() => database?.close())

  const bring = async (log: LaneRecord<ProjectedTopic>[]) => {
    if (log.length === 0) return
    const projector = createProjector(
      database,
      createFeed(),
      { leftOut: ({ problem }) => expect.fail(problem.message) },
      () => t0,
    )
    await projector.onBatch(log[0]?.topic as ProjectedTopic, 0, log)
  }
  const bringAll = async (logs: LaneRecord<ProjectedTopic>[][]) => {
    for (const log of logs) await bring(log)
  }
  const rowsOf = async (orderId: string) => {
    const rows: Record<string, string[]> = {}
    for (const table of tables) {
      const found = await database.query<{ row: string }>(
        `select r::text as row from read_model.${table} r where order_id = $1 order by 1`,
        [orderId],
      )
      rows[table] = found.map(({ row }) => row)
    }
    return rows
  }

  it.skipIf(skip)('holds nothing of what was personal, and the others are as they were', async () => {
    await bringAll(logsOf(['A', 'B'], []))
    const [before, other] = [await rowsOf('A'), await rowsOf('B')]
    const personal = tables.filter((table) => before[table]?.join().includes(secret))
    expect(personal).toEqual([
      'orders',
      'revisions',
      'decisions',
      'cases',
      'case_events',
      'notices',
      'notice_requests',
      'dead_letters',
      'replays',
    ])
    expect(await ordersToForget(database, `${secret}-1`, [])).toEqual([
      { orderId: 'A', openCases: 0 },
      { orderId: 'B', openCases: 0 },
    ])
    await bring(recordsOf('audit.forgets.v1', byOrder([forget('A')])) as never)
    const after = await rowsOf('A')
    expect(JSON.stringify(after)).not.toContain(secret)
    for (const table of tables.filter((one) => !['dead_letters', 'replays', 'forgets'].includes(one)))
      expect([table, after[table]?.length]).toEqual([table, before[table]?.length])
    expect(await rowsOf('B')).toEqual(other)
    expect(await forgetsOf(database, 'A')).toMatchObject([{ by: fiona, reason: 'Request 118' }])
    expect(await ordersToForget(database, `${secret}-1`, ['C'])).toEqual([
      { orderId: 'B', openCases: 0 },
      { orderId: 'C', openCases: 0 },
    ])
  })

  it.skipIf(skip)('stays erased when later records of it come', async () => {
    const logs = logsOf(['A'], ['A'])
    await bringAll(logs)
    const later = recordsOf('orders.revisions.v1', byOrder([revision('A', 3, { order })]), { from: 2 })
    await bring(later as never)
    expect((await findOrder(database, 'A'))?.revision).toBe(3)
    expect(JSON.stringify(await rowsOf('A'))).not.toContain(secret)
  })

  it.skipIf(skip)(
    'is erased whenever the forget is read, also when the read model is built anew',
    async () => {
      const logs = logsOf(['A', 'B'], ['A'])
      await bringAll(logs)
      const expected = [await rowsOf('A'), await rowsOf('B')]
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray(logs, { minLength: logs.length }), async (shuffled) => {
          await empty(database)
          await bringAll(shuffled)
          expect([await rowsOf('A'), await rowsOf('B')]).toEqual(expected)
        }),
        { numRuns: 10 },
      )
    },
  )
})
