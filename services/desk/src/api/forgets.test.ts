import type { Forget } from '@holdpoint/schemas'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { openWithinMs, sharedPglite } from '../testing/databases.ts'
import { byOrder, closed, opened, revision, rosterRecord, t0 } from '../testing/messages.ts'

let database: Database
let world: ApiWorld

beforeAll(async () => {
  database = await sharedPglite()
}, openWithinMs)
beforeEach(async () => {
  world = await apiWorld(database)
  await world.bring('duty.roster.v1', [rosterRecord(people)])
  await world.bring('orders.revisions.v1', byOrder([revision('SO-1'), revision('SO-2')]))
  await world.bring('cases.events.v1', byOrder([opened('SO-1', 1), closed('SO-1', 2)]))
})
afterEach(() => world.close())
afterAll(() => database.close())

const people = [
  { subject: 'fiona', name: 'Fiona Grant', email: '', roles: ['finance'] },
  { subject: 'olga', name: 'Olga Reyes', email: '', roles: ['order-manager'] },
]
/** The customer of every sample order. */
const customerId = '17850'
const reason = 'Request 118'

const forget = async (body: object, who = 'olga') =>
  world.call('POST', '/forgets', { body: { customerId, reason, ...body }, headers: await world.as(who) })

const sent = () =>
  world.published.sent.flatMap(({ topic, key, value }) =>
    topic === 'audit.forgets.v1' ? [{ key, value: value as Forget }] : [],
  )

it('forgets every order of the customer, and writes down who, when and why, and not whom', async () => {
  expect(await forget({})).toMatchObject({ status: 200, body: { orders: ['SO-1', 'SO-2'], erased: true } })
  const by = { subject: 'olga', name: 'Olga Reyes', roles: ['order-manager'] }
  expect(sent()).toEqual(
    ['SO-1', 'SO-2'].map((orderId) => ({ key: orderId, value: { orderId, by, reason, at: t0 } })),
  )
  const { body } = await world.call('GET', '/orders/SO-1')
  expect(JSON.stringify(body)).not.toMatch(/Harbour Lane|harbourlane|Maya Bell|17850|Agreed by phone/)
})

it('tells in the trail of the order when it was forgotten and by whom, instead of the texts', async () => {
  const trail = async () => JSON.stringify((await world.call('GET', '/orders/SO-1/trail')).body)
  expect(await trail()).toMatch(/Harbour Lane Gifts.*Agreed by phone/)
  await forget({})
  const told = await trail()
  expect(told).toContain('Olga Reyes had the customer of this order forgotten, because “Request 118”')
  expect(told).toContain('because “(forgotten)”')
  expect(told).not.toMatch(/Harbour Lane|Agreed by phone/)
})

it('forgets orders that the desk does not know any more, by their ids', async () => {
  expect(await forget({ customerId: 'C-9', orders: ['SO-OLD'] })).toMatchObject({
    body: { orders: ['SO-OLD'], erased: true },
  })
})

it('says which orders it would be without forgetting them', async () => {
  expect((await forget({ dryRun: true })).body).toEqual({ orders: ['SO-1', 'SO-2'], erased: false })
  expect(sent()).toEqual([])
})

it('forgets nothing while a case of one of the orders is open', async () => {
  await world.bring('cases.events.v1', byOrder([opened('SO-2', 1)]))
  const { status, body } = await forget({})
  expect([status, body.code, body.detail]).toEqual([409, 'CASES_OPEN', expect.stringContaining('SO-2')])
  expect(sent()).toEqual([])
})

it('knows no customer of whom there is nothing, or nothing any more', async () => {
  expect(await forget({ customerId: 'C-9' })).toMatchObject({
    status: 404,
    body: { code: 'UNKNOWN_CUSTOMER' },
  })
  await forget({})
  expect(await forget({})).toMatchObject({ status: 404 })
  expect(await forget({ customerId: '(forgotten)' })).toMatchObject({ status: 404 })
  expect(sent()).toHaveLength(2)
})

it('needs somebody who is signed in and owns the whole order', async () => {
  expect(await forget({}, 'fiona')).toMatchObject({ status: 403, body: { code: 'MAY_NOT_FORGET' } })
  expect(await world.call('POST', '/forgets', { body: { customerId, reason } })).toMatchObject({
    status: 401,
  })
  expect(await forget({ reason: '  ' })).toMatchObject({ status: 400 })
  expect(sent()).toEqual([])
})
