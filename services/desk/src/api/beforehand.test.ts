import { readFile } from 'node:fs/promises'
import type { Command } from '@holdpoint/schemas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { openWithinMs, sharedPglite } from '../testing/databases.ts'
import { byOrder, closed, opened, policyRecord, revision, rosterRecord } from '../testing/messages.ts'

let database: Database
let world: ApiWorld
let policy: string

const people = [
  { subject: 'fiona', name: 'Fiona Grant', email: '', roles: ['finance'] },
  { subject: 'carl', name: 'Carl Lind', email: '', roles: ['controller'] },
  { subject: 'sally', name: 'Sally Brown', email: '', roles: ['sales'] },
  { subject: 'wanda', name: 'Wanda Kow', email: '', roles: ['warehouse-lead'] },
]
const request = {
  request: { requestId: 'R-1', kind: 'billing-terms', text: '', by: 'fiona', role: 'finance', proposes: [] },
  openedAt: 0,
  revision: 1,
}

beforeAll(async () => {
  database = await sharedPglite()
  policy = await readFile(
    new URL('../../../../infra/samples/wholesaler.policy.yaml', import.meta.url),
    'utf8',
  )
}, openWithinMs)
beforeEach(async () => {
  world = await apiWorld(database)
  await world.bring('duty.roster.v1', [rosterRecord(people)])
  await world.bring('policy.versions.v1', [policyRecord(policy)])
  await world.bring(
    'orders.revisions.v1',
    byOrder([revision('A'), revision('B', 1, { requests: [request] })]),
  )
  await world.bring('cases.events.v1', byOrder([opened('A', 1), opened('B', 1, { requestId: 'R-1' })]))
})
afterEach(() => world.close())
afterAll(() => database.close())

const sent = () => world.published.sent.filter(({ topic }) => topic === 'desk.commands.v1')
const act = async (subject: string, caseId: string, more: object = {}, key = `${subject}-${caseId}`) =>
  world.call('POST', `/cases/${caseId}/actions`, {
    body: { action: 'approve', reason: 'Agreed', digest: 'x', ...more },
    headers: { ...(await world.as(subject)), 'idempotency-key': key },
  })

describe('what cannot succeed is answered before it is sent', () => {
  it.each([
    ['sally', 'C-A', {}, 'REVIEWER_ONLY'],
    ['wanda', 'C-A', {}, 'NOT_OWNER'],
    ['wanda', 'C-A', { action: 'note', digest: undefined }, 'NOT_INVOLVED'],
    ['fiona', 'C-B', {}, 'OWN_REQUEST'],
    ['fiona', 'C-A', { action: 'clear' }, 'ACTION_NOT_ALLOWED'],
    ['fiona', 'C-A', { reason: ' ' }, 'REASON_MISSING'],
  ])('%s on %s with %o: %s', async (subject, caseId, more, code) => {
    expect(await act(subject, caseId, more)).toMatchObject({ status: 409, body: { code } })
    expect(sent()).toEqual([])
    expect((await world.call('GET', `/commands/${subject}-${caseId}`)).status).toBe(404)
  })

  it('each for itself among many', async () => {
    world.router(({ orderId, commandId }) => [closed(orderId, 2, { commandId })])
    const { body } = await world.call('POST', '/cases/actions', {
      body: {
        action: 'approve',
        reason: 'Agreed',
        cases: [
          { caseId: 'C-A', digest: 'digest-A-1' },
          { caseId: 'C-B', digest: 'digest-B-1' },
        ],
      },
      headers: await world.as('fiona'),
    })
    expect(body.outcomes).toMatchObject([
      { caseId: 'C-A', status: 'done' },
      { caseId: 'C-B', status: 'refused', code: 'OWN_REQUEST' },
    ])
    expect(sent().map(({ key }) => key)).toEqual(['A'])
  })

  it('but never instead of the answer that it had before', async () => {
    world.router(({ commandId }) => [closed('A', 2, { commandId })])
    const first = await act('fiona', 'C-A', { digest: 'digest-A-1' })
    expect(first.status).toBe(200)
    expect(await act('fiona', 'C-A', { digest: 'digest-A-1' })).toEqual({
      ...first,
      headers: expect.anything(),
    })
    expect(await act('fiona', 'C-A', {}, 'another')).toMatchObject({ body: { code: 'CASE_CLOSED' } })
    expect(sent()).toHaveLength(1)
  })

  it('and is left to the router while the deadline may come in this moment', async () => {
    world.router(({ commandId }) => [closed('A', 2, { commandId })])
    expect((await act('carl', 'C-A')).status).toBe(200)
  })
})

describe('what was asked for from where it may not be', () => {
  const shown = async (caseId: string) =>
    (await world.call('GET', `/cases/${caseId}`, { headers: await world.as('fiona') })).body.case as {
      actions: string[]
      mayDo: string[]
    }

  it.each([
    ['wanda', ['REJECT', 'STOP', 'NOTE'], 409],
    ['Brown, Sally', ['APPROVE', 'REJECT', 'STOP', 'NOTE'], 202],
  ])('is offered to be approved only when %s may ask for it', async (by, mayDo, status) => {
    const own = { ...request, request: { ...request.request, requestId: 'R-2', by } }
    await world.bring('orders.revisions.v1', byOrder([revision('C', 1, { requests: [own] })]))
    await world.bring('cases.events.v1', byOrder([opened('C', 1, { requestId: 'R-2' })]))
    const { actions, mayDo: offered } = await shown('C-C')
    expect(offered).toEqual(mayDo)
    expect(actions.includes('APPROVE')).toBe(mayDo.includes('APPROVE'))
    const answer = await act('fiona', 'C-C', { digest: 'digest-C-1' })
    expect(answer.status).toBe(status)
    if (status === 409) expect(answer.body.detail).toContain('may be asked for by sales only, and "wanda"')
  })
})

describe('a command without an answer yet', () => {
  it('is sent once, however often it is asked for', async () => {
    expect((await act('fiona', 'C-A', { digest: 'digest-A-1' })).status).toBe(202)
    expect((await act('fiona', 'C-A', { digest: 'digest-A-1' })).status).toBe(202)
    expect(sent()).toHaveLength(1)
  })

  it('can be asked for among many, which sends nothing', async () => {
    await act('fiona', 'C-A', { digest: 'digest-A-1' }, 'k-1')
    const ask = async () => {
      const commands = [
        { commandId: 'k-1', caseId: 'C-A' },
        { commandId: 'k-2', caseId: 'C-B' },
      ]
      return (await world.call('POST', '/commands/answers', { body: { commands } })).body.outcomes
    }
    expect(await ask()).toMatchObject([{ status: 'pending' }, { status: 'refused', code: 'UNKNOWN_COMMAND' }])
    const { commandId = '' } = (sent()[0]?.value as Command) ?? {}
    await world.bring('cases.events.v1', byOrder([closed('A', 2, { commandId })]))
    expect(await ask()).toMatchObject([{ status: 'done', case: { status: 'CLOSED' } }, {}])
    expect(sent()).toHaveLength(1)
  })
})

describe('the list of cases', () => {
  const listed = async (subject?: string) => {
    const headers = subject ? await world.as(subject) : {}
    const { body } = await world.call('GET', '/cases', { headers })
    return Object.fromEntries(
      (body.cases as { caseId: string; mayDo: string[]; stops: object }[]).map((one) => [one.caseId, one]),
    )
  }

  it('says of each what the reader may do', async () => {
    const fionas = await listed('fiona')
    expect(fionas['C-A']?.mayDo).toContain('APPROVE')
    expect(fionas['C-B']?.mayDo).toEqual(['NOTE', 'REASSIGN'])
    expect((await listed('sally'))['C-A']?.mayDo).toEqual(['NOTE'])
    expect((await listed())['C-A']?.mayDo).toEqual([])
  })

  it('says of each what a no would stop', async () => {
    expect((await listed('fiona'))['C-B']?.stops).toEqual({
      reject: [],
      stop: ['invoicing', 'shipping'],
      wholeOrder: ['invoicing', 'shipping'],
    })
  })
})
