import type { DeadLetter, Replay } from '@holdpoint/schemas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { openWithinMs, sharedPglite } from '../testing/databases.ts'
import { rosterRecord, t0 } from '../testing/messages.ts'

let database: Database
let world: ApiWorld

beforeAll(async () => {
  database = await sharedPglite()
}, openWithinMs)
beforeEach(async () => {
  world = await apiWorld(database)
  await world.bring('duty.roster.v1', [rosterRecord(people)])
})
afterEach(() => world.close())
afterAll(() => database.close())

const people = [
  { subject: 'fiona', name: 'Fiona Grant', email: '', roles: ['finance'] },
  { subject: 'olga', name: 'Olga Reyes', email: '', roles: ['order-manager'] },
]
const reason = 'Upstream sends the key again'

const letterOf = (offset: number, change: Partial<DeadLetter> = {}): DeadLetter => ({
  code: 'INVALID',
  problems: [{ path: 'key', message: 'is missing' }],
  service: 'intake',
  topic: 'orders.inbound.v1',
  partition: 0,
  offset,
  timestamp: t0,
  key: Buffer.from('SO-1'),
  value: Buffer.from('an event of SO-1'),
  at: t0 + offset,
  replayId: '',
  attempt: 0,
  ...change,
})

const bring = (...letters: DeadLetter[]) =>
  world.bring(
    'orders.inbound.v1.dlq',
    letters.map((value) => ({ key: value.key?.toString() ?? '', value })),
  )

async function call(path: string, body: object = { reason }, who = 'olga') {
  return world.call('POST', `/dead-letters/${path}`, { body, headers: await world.as(who) })
}

const sent = () =>
  world.published.sent.flatMap(({ topic, key, value }) =>
    topic === 'desk.replays.v1' ? [{ key, value: value as Replay }] : [],
  )
const shown = async (offset: number) =>
  (await world.call('GET', `/dead-letters/orders.inbound.v1/0/${offset}`)).body

describe('replaying one dead letter', () => {
  it('hands its bytes and its place over, with who asked and why', async () => {
    await bring(letterOf(41))
    const { status, body } = await call('orders.inbound.v1/0/41/replay')
    expect(status).toBe(202)
    expect(body).toMatchObject({ replays: [{ orderId: 'SO-1', service: 'intake', attempt: 1 }], left: 0 })
    const {
      problems: _,
      service,
      code,
      at: _at,
      replayId: _id,
      attempt: _attempt,
      ...original
    } = letterOf(41)
    expect(sent()).toMatchObject([
      {
        key: 'SO-1',
        value: {
          ...original,
          ...{ service, code, orderId: 'SO-1', attempt: 1, reason, at: t0 },
          ...{ letterTopic: 'orders.inbound.v1.dlq', letterPartition: 0, letterOffset: 0 },
          by: { subject: 'olga', name: 'Olga Reyes', roles: ['order-manager'] },
        },
      },
    ])
  })

  it('is done once, unless it is asked for again', async () => {
    await bring(letterOf(41))
    const [first, second] = await Promise.all([
      call('orders.inbound.v1/0/41/replay'),
      call('orders.inbound.v1.dlq/0/0/replay'),
    ])
    expect([first.status, second.status].sort()).toEqual([202, 409])
    const before = await call('orders.inbound.v1/0/41/replay')
    expect(before.body).toMatchObject({
      code: 'REPLAYED_BEFORE',
      detail: expect.stringContaining(`Olga Reyes replayed it at 2026-03-02T09:00:00.000Z ("${reason}")`),
    })
    await call('orders.inbound.v1/0/41/replay', { reason, again: true })
    expect(sent().map(({ value }) => value.attempt)).toEqual([1, 2])
  })

  it('shows when, by whom and why, and the dead letter that it became again', async () => {
    await bring(letterOf(41))
    expect(await shown(41)).toMatchObject({ attempt: 0, replay: null })
    await call('orders.inbound.v1/0/41/replay')
    const replay = { by: { subject: 'olga' }, reason, at: '2026-03-02T09:00:00.000Z', attempt: 1 }
    expect(await shown(41)).toMatchObject({ replay: { ...replay, refusedAgain: null } })
    await bring(letterOf(41, { replayId: sent()[0]?.value.replayId ?? '', attempt: 1 }))
    const letter = { topic: 'orders.inbound.v1.dlq', partition: 0, offset: 1 }
    expect(await shown(41)).toMatchObject({ replay: { ...replay, refusedAgain: letter } })
    const { body } = await call('orders.inbound.v1.dlq/0/1/replay')
    expect(body).toMatchObject({ replays: [{ attempt: 2, letter }] })
  })

  it('goes into the lane of the order that the bytes name, whatever key the record came with', async () => {
    await bring(letterOf(41, { key: Buffer.from('another key'), value: Buffer.from('an event of SO-7') }))
    await bring(letterOf(42, { key: null, value: Buffer.from('an event of SO-8') }))
    await bring(letterOf(43, { key: Buffer.from('SO-9'), value: Buffer.from('no event at all') }))
    for (const offset of [41, 42, 43]) await call(`orders.inbound.v1/0/${offset}/replay`)
    expect(sent().map(({ key, value }) => [key, value.orderId])).toEqual([
      ['SO-7', 'SO-7'],
      ['SO-8', 'SO-8'],
      ['SO-9', 'SO-9'],
    ])
  })

  it('refuses what no service could take', async () => {
    await bring(
      letterOf(41, { key: null, value: Buffer.from('nothing') }),
      letterOf(42, { service: 'audit' }),
    )
    for (const offset of [41, 42])
      expect((await call(`orders.inbound.v1/0/${offset}/replay`)).body).toMatchObject({
        code: 'CANNOT_REPLAY',
      })
    expect((await call('orders.inbound.v1/0/99/replay')).body).toMatchObject({ code: 'UNKNOWN_DEAD_LETTER' })
    expect(sent()).toEqual([])
  })

  it('is for the owner of the whole order, who says why', async () => {
    await bring(letterOf(41))
    const path = 'orders.inbound.v1/0/41/replay'
    expect((await call(path, { reason }, 'fiona')).body).toMatchObject({
      code: 'MAY_NOT_REPLAY',
      detail: expect.stringContaining('needs the role order-manager'),
    })
    expect((await world.call('POST', `/dead-letters/${path}`, { body: { reason } })).status).toBe(401)
    for (const blank of ['', '  '])
      expect((await call(path, { reason: blank })).body).toMatchObject({ code: 'INVALID_REQUEST' })
    expect(sent()).toEqual([])
  })
})

describe('replaying all of a code', () => {
  it('sends those that nobody has replayed, oldest first, and says which no service could take', async () => {
    await bring(
      letterOf(43),
      letterOf(41),
      letterOf(42, { code: 'UNDECODABLE' }),
      letterOf(44, { key: null, value: null }),
    )
    await call('orders.inbound.v1/0/43/replay')
    await bring(letterOf(45))
    const { body } = await call('replay', { code: 'INVALID', reason })
    expect(sent().map(({ value }) => value.offset)).toEqual([43, 41, 45])
    expect(body).toMatchObject({
      notSent: [{ letter: { offset: 3 }, why: expect.stringContaining('which order') }],
      left: 0,
    })
    expect((await call('replay', { code: 'INVALID', reason })).body).toMatchObject({ replays: [] })
  })

  it('takes those of one service or topic only, when asked', async () => {
    await bring(letterOf(41), letterOf(42, { service: 'router', topic: 'desk.commands.v1' }))
    await call('replay', { code: 'INVALID', service: 'router', reason })
    expect(sent().map(({ value }) => value.offset)).toEqual([42])
    await call('replay', { code: 'INVALID', topic: 'orders.inbound.v1', reason })
    expect(sent().map(({ value }) => value.offset)).toEqual([42, 41])
  })
})
