import { randomBytes } from 'node:crypto'
import type { LaneRecord } from '@holdpoint/chassis'
import { type DeadLetter, type TopicName, Undecodable } from '@holdpoint/schemas'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database, Sql } from '../database/port.ts'
import { markWhole, prepare } from '../database/prepare.ts'
import { createFeed } from '../feed.ts'
import { findCase } from '../read/cases.ts'
import { findDeadLetter, listDeadLetters } from '../read/dead-letters.ts'
import { findOrder, revisionsOf } from '../read/orders.ts'
import { listPeople } from '../read/people.ts'
import { findPolicy, latestPolicy, latestRoster, rosterInForce } from '../read/versions.ts'
import { databases, empty, openWithinMs } from '../testing/databases.ts'
import {
  asked,
  byOrder,
  closed,
  decision,
  escalated,
  opened,
  recordsOf,
  refused,
  reopened,
  revision,
  rosterRecord,
  t0,
  versionRecord,
} from '../testing/messages.ts'
import type { LeftOut } from './dead-letters.ts'
import type { ProjectedTopic } from './handlers.ts'
import { createProjector } from './projector.ts'

const rowTables = ['orders', 'revisions', 'verdicts', 'decisions', 'cases', 'case_events', 'notices']
const tables = [...rowTables, 'positions']

describe.each(databases)('the read model $name', ({ skip, open }) => {
  let database: Database
  beforeAll(async () => {
    if (!skip) database = await open()
  }, openWithinMs)
  beforeEach(async () => {
    if (!skip) await empty(database)
  })
  afterAll(() => database?.close())

  const projector = (feed = createFeed(), leftOut: (left: LeftOut) => void = () => {}, on = database) =>
    createProjector(on, feed, { leftOut }, () => t0)
  const bring = (topic: ProjectedTopic, records: readonly LaneRecord[]) =>
    projector().onBatch(topic, records[0]?.partition ?? 0, records as LaneRecord<ProjectedTopic>[])

  const dump = async (some = tables) => {
    const rows = some.map((table) =>
      database.query<{ row: string }>(`select r::text as row from read_model.${table} r order by 1`),
    )
    return Promise.all(rows)
  }

  it.skipIf(skip)('shows an order with its latest revision, and all of them with what changed', async () => {
    await bring(
      'orders.revisions.v1',
      recordsOf('orders.revisions.v1', byOrder([revision('A'), revision('A', 2)])),
    )
    expect(await findOrder(database, 'A')).toMatchObject({
      revision: 2,
      digest: 'digest-A-2',
      total: '33.15',
      record: { stages: { shipping: 'WAITING' } },
    })
    const revisions = await revisionsOf(database, 'A')
    expect(revisions.map(({ changes }) => changes.length)).toEqual([0, 1])
    expect(revisions[0]?.cause).toMatchObject({ source: 'shop', occurredAt: '2026-03-02T09:00:00.000Z' })
  })

  it.skipIf(skip)(
    'shows a case before anything is known of its order, and with the customer once it is',
    async () => {
      await bring('cases.events.v1', recordsOf('cases.events.v1', byOrder([opened('A', 1)])))
      expect(await findCase(database, 'C-A')).toMatchObject({ customer_name: '', total: '0', revision: 0 })
      await bring('orders.revisions.v1', recordsOf('orders.revisions.v1', byOrder([revision('A')])))
      expect(await findCase(database, 'C-A')).toMatchObject({
        customer_name: 'Harbour Lane Gifts',
        revision: 1,
      })
    },
  )

  it.skipIf(skip)('follows a case through escalation to its end, over several batches', async () => {
    await bring('cases.events.v1', recordsOf('cases.events.v1', byOrder([opened('A', 1)])))
    await bring('cases.events.v1', recordsOf('cases.events.v1', byOrder([escalated('A', 2)]), { from: 1 }))
    expect(await findCase(database, 'C-A')).toMatchObject({ level: 1, decider: 'controller', status: 'OPEN' })
    await bring(
      'cases.events.v1',
      recordsOf('cases.events.v1', byOrder([refused('A', 3), closed('A', 4)]), { from: 2 }),
    )
    expect(await findCase(database, 'C-A')).toMatchObject({
      status: 'CLOSED',
      outcome: 'APPROVED',
      deadline: null,
      closed_by: 'Fiona Grant',
      closed_reason: 'Agreed by phone',
    })
  })

  it.skipIf(skip)(
    'keeps a person until the roster leaves them out, and does not bring them back by a repeat',
    async () => {
      const sam = { subject: 'sam', name: 'Sam', email: '', roles: ['support'] }
      const olga = { subject: 'olga', name: 'Olga', email: 'olga@x.example', roles: ['order-manager'] }
      const first = recordsOf('duty.roster.v1', [rosterRecord([sam, olga])])
      await bring('duty.roster.v1', first)
      expect(await listPeople(database)).toEqual([olga, sam])
      await bring('duty.roster.v1', recordsOf('duty.roster.v1', [rosterRecord([olga], 2)], { from: 1 }))
      expect(await listPeople(database)).toEqual([olga])
      await bring('duty.roster.v1', first)
      expect(await listPeople(database)).toEqual([olga])
    },
  )

  it.skipIf(skip)('keeps the people when it is too old to read a later roster', async () => {
    const olga = { subject: 'olga', name: 'Olga', email: '', roles: ['order-manager'] }
    const unknown = versionRecord(2, 'teams: [a, b]')
    await bring('duty.roster.v1', recordsOf('duty.roster.v1', [rosterRecord([olga]), unknown]))
    expect(await listPeople(database)).toEqual([olga])
    expect(await latestRoster(database)).toBe(2)
    expect(await rosterInForce(database)).toBe(1)
  })

  it.skipIf(skip)('counts no version that cannot be, and goes on from the last good one', async () => {
    const topic = 'policy.versions.v1'
    const forged = versionRecord(2, 'title: [')
    const records = recordsOf(topic, [
      versionRecord(1, 'title: One'),
      versionRecord(2_147_483_647, 'title: Far'),
      { ...forged, value: { ...forged.value, digest: 'x' } },
      { key: '1', value: null },
      versionRecord(1, 'title: Another one'),
      versionRecord(2, 'title: Two'),
    ])
    await bring(topic, records)
    expect(await latestPolicy(database)).toBe(2)
    expect(await findPolicy(database, 1)).toMatchObject({ text: 'title: One' })
    const { items } = await listDeadLetters(database, { service: 'desk' }, { limit: 10 })
    expect(items.map(({ letter, code }) => [letter.topic, letter.offset, code]).sort()).toEqual(
      [1, 2, 3, 4].map((offset) => [topic, offset, 'INVALID']),
    )
    await bring(topic, records)
    expect(await latestPolicy(database)).toBe(2)
  })

  it.skipIf(skip)('takes no number for an order that nobody has counted up to', async () => {
    const far = 2_147_483_647
    await bring(
      'orders.revisions.v1',
      recordsOf('orders.revisions.v1', byOrder([revision('A'), revision('A', far), revision('A', 2)])),
    )
    await bring(
      'cases.events.v1',
      recordsOf('cases.events.v1', byOrder([opened('A', 1), closed('A', far), escalated('A', 2)])),
    )
    await bring(
      'orders.decisions.v1',
      recordsOf('orders.decisions.v1', byOrder([decision('A', 1), decision('A', far), decision('A', -1)])),
    )
    expect(await findOrder(database, 'A')).toMatchObject({ revision: 2 })
    expect(await database.query('select sequence from read_model.verdicts')).toEqual([{ sequence: 1 }])
    expect(await findCase(database, 'C-A')).toMatchObject({ status: 'OPEN', level: 1 })
    const { total } = await listDeadLetters(database, { orderId: 'A' }, { limit: 10 })
    expect(total).toBe(4)
  })

  it.skipIf(skip)('leaves out a record that the database refuses, and takes those around it', async () => {
    const long = opened('A', 2, {}, randomBytes(9_000).toString('hex'))
    const records = recordsOf('cases.events.v1', byOrder([opened('A', 1), long, escalated('A', 3)]))
    const left: LeftOut[] = []
    const following = projector(createFeed(), (one) => left.push(one))
    await following.onBatch('cases.events.v1', 0, records)
    expect(left).toMatchObject([{ code: 'HANDLER_FAILED', record: { offset: 1 } }])
    expect(await findCase(database, 'C-A')).toMatchObject({ level: 1 })
    expect(await following.from('cases.events.v1', 0)).toBe(3)
  })

  it.skipIf(skip)(
    'finds a dead letter by its own place and by the place of the record, bytes untouched',
    async () => {
      const letter: DeadLetter = {
        code: 'UNDECODABLE',
        problems: [{ path: '', message: 'no Avro' }],
        service: 'intake',
        topic: 'orders.inbound.v1',
        partition: 2,
        offset: 41,
        timestamp: t0,
        key: Buffer.from([0xff, 0x00]),
        value: Buffer.from([0, 1, 2, 0xff]),
        at: t0,
        replayId: '',
        attempt: 0,
      }
      const topic = 'orders.inbound.v1.dlq'
      await bring(topic, recordsOf(topic, [{ key: 'bad\0key', value: letter }], { from: 7 }))
      const byRecord = await findDeadLetter(database, 'orders.inbound.v1', 2, 41)
      expect(byRecord).toMatchObject({ code: 'UNDECODABLE', value: 'AAEC/w==', letter: { topic, offset: 7 } })
      expect(await findDeadLetter(database, topic, 0, 7)).toEqual(byRecord)
    },
  )

  it.skipIf(skip)(
    'takes text that PostgreSQL cannot store, and says so with a replacement character',
    async () => {
      const strange = revision('A\0')
      strange.order.customer.name = 'Nul \0 and half \ud83d a pair'
      await bring('orders.revisions.v1', recordsOf('orders.revisions.v1', byOrder([strange])))
      const found = await findOrder(database, 'A\0')
      expect(found?.record.order.customer.name).toBe('Nul \uFFFD and half \uFFFD a pair')
    },
  )

  it.skipIf(skip)('leaves out a record that cannot be read, names it, and goes on behind it', async () => {
    const [bad, good] = recordsOf('orders.revisions.v1', byOrder([revision('A'), revision('B')]))
    const unreadable = Object.defineProperty({ ...bad }, 'value', {
      get: () => {
        throw new Undecodable('TRAILING_BYTES', '3 bytes follow the value')
      },
    }) as LaneRecord<'orders.revisions.v1'>
    const named: number[] = []
    const following = projector(createFeed(), ({ record }) => void named.push(record.offset))
    await following.onBatch('orders.revisions.v1', 0, [unreadable, good as LaneRecord<'orders.revisions.v1'>])
    expect(named).toEqual([0])
    expect(await findOrder(database, 'B')).toBeDefined()
    expect(await following.from('orders.revisions.v1', 0)).toBe(2)
  })

  it.skipIf(skip)('moves neither rows nor position when the database ends half-way', async () => {
    const ending: Database = {
      ...database,
      transaction: (work) => database.transaction((sql) => work(endingAt('read_model.cases', sql))),
    }
    const records = recordsOf('cases.events.v1', byOrder([opened('A', 1), opened('B', 1)]))
    const following = projector(createFeed(), () => {}, ending)
    await expect(following.onBatch('cases.events.v1', 0, records)).rejects.toThrow('shutting down')
    expect(await findCase(database, 'C-A')).toBeUndefined()
    expect(await projector().from('cases.events.v1', 0)).toBe(0)
  })

  it.skipIf(skip)('tells its listeners only what is committed', async () => {
    const feed = createFeed()
    const seen: unknown[] = []
    feed.listen((records) => {
      seen.push(...records.map((record) => record.offset))
    })
    const next = feed.next('cases.events.v1', ({ value }) => value?.sequence === 1, 1_000)
    await projector(feed).onBatch(
      'cases.events.v1',
      0,
      recordsOf('cases.events.v1', byOrder([opened('A', 1)])),
    )
    expect((await next.found)?.value?.caseId).toBe('C-A')
    expect(seen).toEqual([0])
    expect(await findCase(database, 'C-A')).toBeDefined()
  })

  it.skipIf(skip)('drops everything when asked to, and is built again from the topics', async () => {
    await bring('orders.revisions.v1', recordsOf('orders.revisions.v1', byOrder([revision('A')])))
    const before = await dump()
    await markWhole(database)
    expect(await prepare(database, { rebuild: false, now: t0 })).toEqual({ rebuilt: false, isWhole: true })
    expect(await dump()).toEqual(before)
    expect(await prepare(database, { rebuild: true, now: t0 })).toEqual({ rebuilt: true, isWhole: false })
    expect(await findOrder(database, 'A')).toBeUndefined()
    expect(await projector().from('orders.revisions.v1', 0)).toBe(0)
  })

  it.skipIf(skip)('is dropped when its version is another one', async () => {
    await database.query("update desk.state set number = 0 where name = 'read model'")
    expect(await prepare(database, { rebuild: false, now: t0 })).toMatchObject({ rebuilt: true })
  })

  it.skipIf(skip)('is not whole until it was read to the end, however often it is begun', async () => {
    const prepared = () => prepare(database, { rebuild: false, now: t0 })
    await prepare(database, { rebuild: true, now: t0 })
    expect(await prepared()).toEqual({ rebuilt: false, isWhole: false })
    await markWhole(database)
    expect(await prepared()).toEqual({ rebuilt: false, isWhole: true })
  })

  it.skipIf(skip)(
    'is the same in whichever order the topics arrive, and however often',
    async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryLogs, fc.infiniteStream(fc.nat()), async (logs, choices) => {
          await empty(database)
          for (const log of logs) if (log.length > 0) await bring(log[0]?.topic as ProjectedTopic, log)
          const expected = await dump()

          await empty(database)
          const choose = () => choices.next().value as number
          const positions = logs.map(() => 0)
          while (positions.some((at, i) => at < (logs[i]?.length ?? 0))) {
            const i = choose() % logs.length
            const log = logs[i] ?? []
            const at = positions[i] ?? 0
            const from = Math.max(0, at - (choose() % 3))
            const to = Math.min(log.length, at + (choose() % 4))
            if (to > from) await bring(log[0]?.topic as ProjectedTopic, log.slice(from, to))
            positions[i] = Math.max(at, to)
          }
          expect(await dump()).toEqual(expected)

          // Without the positions, the rows by themselves keep what is newest.
          for (const log of logs) {
            if (log.length === 0) continue
            await database.query('delete from read_model.positions')
            const cut = 1 + (choose() % log.length)
            await bring(log[0]?.topic as ProjectedTopic, log.slice(0, cut))
            expect(await dump(rowTables)).toEqual(expected.slice(0, rowTables.length))
          }
        }),
        { numRuns: 15 },
      )
    },
    60_000,
  )
})

/** A connection that breaks when something is written to that table. */
function endingAt(table: string, sql: Sql): Sql {
  return {
    ...sql,
    query: (statement, values) =>
      statement.includes(`insert into ${table} `)
        ? Promise.reject(Object.assign(new Error('shutting down'), { code: '57P01' }))
        : sql.query(statement, values),
  }
}

/** Histories of a few orders, as the logs of two partitions of each topic. */
const arbitraryLogs = fc
  .array(fc.record({ revisions: fc.integer({ min: 1, max: 3 }), decisions: fc.nat(3), story: fc.nat(6) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((orders) => {
    const partitions = [0, 1].map((partition) => {
      const mine = orders.map((order, i) => ({ ...order, id: `O${i}` })).filter((_, i) => i % 2 === partition)
      const revisions = mine.flatMap(({ id, revisions }) => count(revisions).map((n) => revision(id, n)))
      const decisions = mine.flatMap(({ id, decisions }) =>
        count(decisions).map((n) => decision(id, n, n % 2 ? 'HOLD' : 'PROCEED')),
      )
      const events = mine.flatMap(({ id, story }) =>
        [opened(id, 1), escalated(id, 2), refused(id, 3), asked(id, 4), closed(id, 5), reopened(id, 6)].slice(
          0,
          story,
        ),
      )
      return [
        recordsOf('orders.revisions.v1', byOrder(revisions), { partition }),
        recordsOf('orders.decisions.v1', byOrder(decisions), { partition }),
        recordsOf('cases.events.v1', byOrder(events), { partition }),
      ] as LaneRecord<TopicName>[][]
    })
    return partitions.flat()
  })

const count = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
