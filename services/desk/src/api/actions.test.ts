import type { Action, Command } from '@holdpoint/schemas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { openWithinMs, sharedPglite } from '../testing/databases.ts'
import {
  asked,
  byOrder,
  caseEvent,
  closed,
  opened,
  refused,
  revision,
  rosterRecord,
} from '../testing/messages.ts'

let database: Database
let world: ApiWorld
let headers: Record<string, string>
const actions: Action[] = ['APPROVE', 'REJECT', 'ASK', 'STOP']

beforeAll(async () => {
  database = await sharedPglite()
}, openWithinMs)
beforeEach(async () => {
  world = await apiWorld(database)
  const people = [{ subject: 'fiona', name: 'Fiona Grant', email: '', roles: ['finance'] }]
  await world.bring('duty.roster.v1', [rosterRecord(people, 4)])
  await world.bring('orders.revisions.v1', byOrder([revision('A'), revision('B')]))
  await world.bring('cases.events.v1', byOrder([opened('A', 1, { actions }), opened('B', 1, { actions })]))
  headers = await world.as('fiona')
})
afterEach(() => world.close())
afterAll(() => database.close())

const sent = () =>
  world.published.sent.flatMap(({ topic, value }) => (topic === 'desk.commands.v1' ? [value as Command] : []))
const post = (path: string, body: unknown, key = 'k') =>
  world.call('POST', path, { body, headers: { ...headers, 'idempotency-key': key } })

describe('an action around a decision', () => {
  it('carries whom it asks and for how long, with the roster that the desk knew, and leaves the case waiting', async () => {
    world.router(({ commandId }) => [asked('A', 2, { commandId })])
    const body = { action: 'ask', reason: 'Which colour?', to: 'customer', within: '1 working day' }
    const { status, body: answer } = await post('/cases/C-A/actions', body)
    expect(status).toBe(200)
    expect(answer).toMatchObject({
      status: 'done',
      case: { status: 'WAITING', deadline: null, question: { text: 'Which colour?' } },
      events: [{ type: 'ASKED' }],
    })
    expect(sent()).toMatchObject([
      { action: 'ASK', to: 'customer', within: '1 working day', reason: 'Which colour?', rosterVersion: 4 },
    ])
  })

  it('is answered by its first event: a repeat that the router refuses later changes nothing', async () => {
    const noted = (commandId: string) => caseEvent('A', 2, { type: 'NOTED', reason: 'Rang', commandId })
    world.router(({ commandId }) => [noted(commandId), refused('A', 3, { commandId })])
    const { status, body } = await post('/cases/C-A/actions', { action: 'note', reason: 'Rang' })
    expect([status, body.status]).toEqual([200, 'done'])
  })

  it('names a field that belongs to another action, and a missing state of the order', async () => {
    const { status, body } = await post('/cases/C-A/actions', {
      action: 'approve',
      reason: 'x',
      to: 'customer',
      wholeOrder: true,
    })
    expect(status).toBe(400)
    expect(body.errors).toEqual([
      { path: 'digest', message: expect.stringContaining('which state of the order') },
      { path: 'to', message: 'goes with ask and reassign, not with approve' },
      { path: 'wholeOrder', message: 'goes with stop, not with approve' },
    ])
    expect(sent()).toEqual([])
  })
})

describe('raising a case', () => {
  it('sends the type and what is the matter, and answers with the case that was opened', async () => {
    world.router(({ commandId }) => [
      { ...opened('A', 2, { raisedBy: 'fiona', type: 'other' }, 'C-NEW'), commandId },
    ])
    const { status, body } = await post('/orders/A/cases', { reason: 'Smells odd' })
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ status: 'done', case: expect.objectContaining({ caseId: 'C-NEW' }) }),
    ])
    expect(sent()).toMatchObject([
      { action: 'RAISE', orderId: 'A', caseId: '', type: 'other', reason: 'Smells odd', digest: '' },
    ])
  })

  it('is not the same command for another order', async () => {
    world.router(({ commandId }) => [caseEvent('A', 2, { type: 'NOTED', commandId })])
    await post('/orders/A/cases', { reason: 'Smells odd' })
    expect(await post('/orders/B/cases', { reason: 'Smells odd' })).toMatchObject({
      status: 422,
      body: { code: 'KEY_REUSED' },
    })
  })
})

describe('the same about many cases', () => {
  const both = [
    { caseId: 'C-A', digest: 'digest-A-1' },
    { caseId: 'C-B', digest: 'digest-B-1' },
  ]
  const stop = { action: 'stop', reason: 'Fraud', cases: both }
  const stopsA = ({ orderId, commandId }: Command) =>
    orderId === 'A' ? [closed('A', 2, { commandId })] : [refused('B', 2, { commandId })]

  it('is a command for each, with an outcome for each', async () => {
    world.router(stopsA)
    const cases = [...both, { caseId: 'C-NONE', digest: 'x' }]
    const { status, body } = await post('/cases/actions', { ...stop, cases })
    expect(status).toBe(200)
    expect(body.outcomes).toMatchObject([
      { caseId: 'C-A', status: 'done', code: '', case: { status: 'CLOSED' } },
      { caseId: 'C-B', status: 'refused', code: 'NOT_OWNER', case: { status: 'OPEN' } },
      { caseId: 'C-NONE', status: 'refused', code: 'UNKNOWN_CASE', case: null },
    ])
    expect(sent().map(({ caseId, digest, reason }) => [caseId, digest, reason])).toEqual([
      ['C-A', 'digest-A-1', 'Fraud'],
      ['C-B', 'digest-B-1', 'Fraud'],
    ])
  })

  it('is carried out once however often the same key is sent', async () => {
    world.router(stopsA)
    const first = await post('/cases/actions', stop)
    const second = await post('/cases/actions', stop)
    expect(second.body).toEqual(first.body)
    expect(sent()).toHaveLength(2)
    const another = await post('/cases/actions', stop, 'another')
    expect(another.body.outcomes).toMatchObject([{ code: 'CASE_CLOSED' }, { status: 'pending' }])
    expect(sent()).toHaveLength(3)
  })

  it('says of each that it is not answered yet, or that Kafka was away', async () => {
    const waiting = await post('/cases/actions', { ...stop, cases: both.slice(0, 1) })
    expect(waiting.body.outcomes).toMatchObject([{ status: 'pending' }])
    world.published.fail(Object.assign(new Error('no broker'), { code: 'KAFKA_AWAY' }))
    const away = await post('/cases/actions', { ...stop, cases: both.slice(1) })
    expect(away.body.outcomes).toMatchObject([{ status: 'failed', code: 'KAFKA_AWAY' }])
  })

  it('takes what ends a case only with the state that was displayed, and no more than 200', async () => {
    const unseen = await post('/cases/actions', { ...stop, cases: [{ caseId: 'C-A' }] })
    expect(unseen).toMatchObject({ status: 400, body: { errors: [{ path: 'cases.0.digest' }] } })
    const many = Array.from({ length: 201 }, () => both[0])
    expect((await post('/cases/actions', { ...stop, cases: many })).status).toBe(400)
    expect((await post('/cases/actions', { ...stop, action: 'ask' })).status).toBe(400)
    expect(sent()).toEqual([])
  })
})
