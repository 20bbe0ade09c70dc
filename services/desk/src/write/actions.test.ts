import type { Command } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { openWithinMs, sharedPglite } from '../testing/databases.ts'
import {
  byOrder,
  caseEvent,
  closed,
  opened,
  refused,
  revision,
  rosterRecord,
  t0,
} from '../testing/messages.ts'

let database: Database
let world: ApiWorld
let headers: Record<string, string>

beforeAll(async () => {
  database = await sharedPglite()
}, openWithinMs)
beforeEach(async () => {
  world = await apiWorld(database)
  const roles = { fiona: ['finance'], sam: ['support'], carl: ['controller'] }
  const people = Object.entries(roles).map(([subject, some]) => ({
    subject,
    name: subject,
    email: '',
    roles: some,
  }))
  await world.bring('duty.roster.v1', [rosterRecord(people)])
  await world.bring('orders.revisions.v1', byOrder([revision('A')]))
  const actions = ['APPROVE', 'REJECT', 'CORRECT', 'STOP'] as const
  await world.bring('cases.events.v1', byOrder([opened('A', 1, { actions: [...actions] })]))
  headers = await world.as('fiona')
})
afterEach(() => world.close())
afterAll(() => database.close())

const approval = { action: 'approve', reason: 'Agreed by phone', digest: 'digest-A-1' }
const approve = (key: string, body: object = approval) =>
  world.call('POST', '/cases/C-A/actions', { body, headers: { ...headers, 'idempotency-key': key } })
const agrees = ({ commandId }: Command) => [closed('A', 2, { commandId })]
const commands = () => world.published.sent.filter(({ topic }) => topic === 'desk.commands.v1')

it('writes one command with who, why and on which order, and answers with the closed case', async () => {
  world.router(agrees)
  const { status, body } = await approve('k-1')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    commandId: 'k-1',
    status: 'done',
    case: { status: 'CLOSED', outcome: 'APPROVED' },
    events: [{ type: 'CLOSED', commandId: 'k-1' }],
  })
  expect(commands()).toEqual([
    {
      topic: 'desk.commands.v1',
      key: 'A',
      value: {
        commandId: 'k-1',
        orderId: 'A',
        caseId: 'C-A',
        action: 'APPROVE',
        actor: { subject: 'fiona', name: 'fiona', roles: ['finance'] },
        reason: 'Agreed by phone',
        digest: 'digest-A-1',
        corrections: [],
        type: '',
        to: '',
        within: '',
        wholeOrder: false,
        forCustomer: '',
        holds: [],
        recall: false,
        rosterVersion: 1,
        channel: 'api',
        at: t0,
      },
    },
  ])
})

it('gives the same answer to the same key, without a second command', async () => {
  world.router(agrees)
  const first = await approve('k-2')
  const second = await approve('k-2')
  expect(second.body).toEqual(first.body)
  expect(commands()).toHaveLength(1)
  expect((await world.call('GET', '/commands/k-2')).body).toEqual({ ...first.body, case: expect.anything() })
})

it('passes a refusal on with its code and sentence, and again when asked later', async () => {
  world.router(({ commandId }) => [refused('A', 2, { commandId })])
  const { status, body } = await approve('k-3')
  expect([status, body.code, body.detail]).toEqual([
    409,
    'NOT_OWNER',
    'finance decides this case; you have the role support.',
  ])
  expect((await world.call('GET', '/commands/k-3')).body).toMatchObject({ status: 409, code: 'NOT_OWNER' })
})

it('says pending when the router is slow, and the answer once it is there', async () => {
  const { status, body } = await approve('k-4')
  expect([status, body]).toEqual([202, { commandId: 'k-4', status: 'pending' }])
  expect((await world.call('GET', '/commands/k-4')).status).toBe(202)
  await world.bring('cases.events.v1', byOrder([closed('A', 2, { commandId: 'k-4' })]))
  expect((await world.call('GET', '/commands/k-4')).body).toMatchObject({ status: 'done' })
})

it('refuses a key that belongs to something else: another reason, another person', async () => {
  world.router(agrees)
  await approve('k-5')
  expect(await approve('k-5', { ...approval, reason: 'Other' })).toMatchObject({
    status: 422,
    body: { code: 'KEY_REUSED' },
  })
  headers = await world.as('carl')
  expect(await approve('k-5')).toMatchObject({ status: 422 })
  expect(commands()).toHaveLength(1)
})

it('promises nothing while Kafka is away, and carries the same key out afterwards', async () => {
  world.router(agrees)
  world.published.fail(Object.assign(new Error('no broker'), { code: 'KAFKA_AWAY' }))
  const away = await approve('k-6')
  expect(away).toMatchObject({ status: 503, body: { code: 'KAFKA_AWAY' } })
  expect(away.headers.get('retry-after')).toBe('1')
  expect((await world.call('GET', '/commands/k-6')).status).toBe(404)
  world.published.fail(undefined)
  expect((await approve('k-6')).status).toBe(200)
})

it('says that it does not know when Kafka did not say', async () => {
  world.published.fail(Object.assign(new Error('timed out'), { code: 'PUBLISH_UNKNOWN' }))
  expect(await approve('k-7')).toMatchObject({ status: 503, body: { code: 'PUBLISH_UNKNOWN' } })
})

it('lets the router refuse what only it can judge: whether the order is still as it was displayed', async () => {
  world.router(({ commandId }) => [
    refused('A', 2, {
      commandId,
      refused: { code: 'STALE_VIEW', message: 'The order has changed.', action: 'APPROVE' },
    }),
  ])
  expect(await approve('k-8', { ...approval, digest: 'digest-A-0' })).toMatchObject({
    status: 409,
    body: { code: 'STALE_VIEW' },
  })
})

const correction = (...corrections: { path: string; expected: string; value: string }[]) => ({
  action: 'correct',
  reason: 'The customer rang',
  digest: 'digest-A-1',
  corrections,
})

it('refuses values that the order cannot take before anything is sent, and the same key is free again', async () => {
  const city = { path: 'shipping.city', expected: 'Whitby', value: 'Leeds' }
  const unfit = await approve(
    'k-10',
    correction(
      city,
      { path: 'lines.1.quantity', expected: '6', value: 'many' },
      { ...city, value: 'Hull' },
      { path: 'shipping.street', expected: '12 Harbour Lane', value: '14\u001b[2J Harbour Lane' },
      { path: 'shipping.planet', expected: '', value: 'Mars' },
    ),
  )
  expect(unfit).toMatchObject({
    status: 422,
    body: {
      code: 'VALUE_UNFIT',
      errors: [
        { path: 'corrections.1.value' },
        { path: 'corrections.2.path', message: expect.stringContaining('twice') },
        { path: 'corrections.3.value' },
        { path: 'corrections.4.path' },
      ],
    },
  })
  expect(commands()).toEqual([])
  expect((await world.call('GET', '/commands/k-10')).status).toBe(404)
  world.router(agrees)
  expect((await approve('k-10', correction(city))).status).toBe(200)
})

it('answers a correction that was carried out when its line is gone by now', async () => {
  world.router(agrees)
  const body = correction({ path: 'lines.2.quantity', expected: '7', value: '8' })
  expect((await approve('k-11', body)).status).toBe(200)
  const order = sampleOrder(1)
  await world.bring('orders.revisions.v1', byOrder([revision('A', 2, { order })]))
  expect((await approve('k-11', body)).status).toBe(200)
  expect((await approve('k-12', body)).body).toMatchObject({ code: 'CASE_CLOSED' })
})

it('refuses what is no command at all', async () => {
  for (const body of [
    { ...approval, action: 'escalate' },
    { action: 'approve', reason: 'x' },
    { ...approval, corrections: [{ path: 'a' }] },
  ])
    expect((await approve('k-9', body)).status).toBe(400)
  expect((await approve('k 9 ')).status).toBe(400)
  expect((await world.call('POST', '/cases/C-NONE/actions', { body: approval, headers })).status).toBe(404)
  expect((await world.call('POST', '/cases/C-A/actions', { body: approval })).status).toBe(401)
  expect(commands()).toEqual([])
})

it('shows who may act: the owner, the backup once it was escalated, nobody on their own request', async () => {
  const may = async (subject: string) => {
    const { body } = await world.call('GET', '/cases/C-A', { headers: await world.as(subject) })
    return (body.case as { mayAct: boolean }).mayAct
  }
  expect([await may('fiona'), await may('carl'), await may('sam')]).toEqual([true, false, false])
  const { escalated } = await import('../testing/messages.ts')
  await world.bring('cases.events.v1', byOrder([escalated('A', 2)]))
  expect([await may('fiona'), await may('carl'), await may('sam')]).toEqual([true, true, false])
})

it('does not offer a decision on one’s own request', async () => {
  const request = {
    requestId: 'R-1',
    kind: 'billing-terms',
    text: '',
    by: 'fiona',
    role: 'finance',
    proposes: [],
  }
  await world.bring(
    'orders.revisions.v1',
    byOrder([revision('B', 1, { requests: [{ request, openedAt: t0, revision: 1 }] })]),
  )
  await world.bring('cases.events.v1', byOrder([opened('B', 1, { requestId: 'R-1' })]))
  const { body } = await world.call('GET', '/cases/C-B', { headers })
  expect(body.case).toMatchObject({ mayAct: false })
})

const putRight = {
  action: 'correct',
  reason: 'As the customer says',
  digest: 'digest-A-1',
  corrections: [{ path: 'shipping.city', expected: 'Whitby', value: 'Leeds' }],
}
const takes = ({ commandId, corrections }: Command) =>
  caseEvent('A', 2, {
    type: 'CORRECTED',
    commandId,
    corrected: { correctionId: 'C-A:1', corrections, forCustomer: '' },
  })

it('waits for what becomes of a correction, and says that the rule still holds', async () => {
  world.router((command) => [
    takes(command),
    caseEvent('A', 3, {
      type: 'NOT_CURED',
      reason: 'The rule still holds.',
      evidenceChanged: { evidence: [], evidenceDigest: 'evidence-2' },
    }),
  ])
  const { status, body } = await approve('k-corrects', putRight)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    case: { status: 'OPEN', correction: { state: 'NOT_CURED' } },
    events: [{ type: 'CORRECTED' }, { type: 'NOT_CURED' }],
  })
})

it('says that a correction is on its way when no revision carries it in time', async () => {
  world.router((command) => [takes(command)])
  const { body } = await approve('k-corrects-slowly', putRight)
  expect(body).toMatchObject({
    status: 'done',
    case: { status: 'OPEN', correction: { state: 'UNDER_WAY' }, mayAct: false },
    events: [{ type: 'CORRECTED' }],
  })
  await world.bring('cases.events.v1', byOrder([closed('A', 3)]))
  expect((await world.call('GET', '/commands/k-corrects-slowly')).body).toMatchObject({
    case: { status: 'CLOSED' },
    events: [{ type: 'CORRECTED' }, { type: 'CLOSED' }],
  })
})
