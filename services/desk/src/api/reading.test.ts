import { TrailView } from '@holdpoint/desk-contract'
import { viewDigest } from '@holdpoint/schemas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { openWithinMs, sharedPglite } from '../testing/databases.ts'
import {
  byOrder,
  caseEvent,
  decision,
  opened,
  revision,
  rosterRecord,
  staffNotice,
  t0,
} from '../testing/messages.ts'
import { allOperations } from './app.ts'

let database: Database
let world: ApiWorld

beforeAll(async () => {
  database = await sharedPglite()
}, openWithinMs)
beforeEach(async () => {
  world = await apiWorld(database)
})
afterEach(() => world.close())
afterAll(() => database.close())

describe('what somebody was told', () => {
  it('is theirs to read, newest first and each message once', async () => {
    await world.bring('duty.roster.v1', [
      rosterRecord([{ subject: 'fiona', name: 'Fiona Grant', email: '', roles: ['finance'] }]),
    ])
    await world.bring(
      'notices.requested.v1',
      byOrder([
        staffNotice('A', 'N-1'),
        staffNotice('A', 'N-1', { attempt: 2 }),
        // That a colleague is not reached has the same id on all orders of a day.
        staffNotice('E', 'N-1'),
        staffNotice('B', 'N-2', { at: t0 + 1, occasion: 'reminded', channel: 'DESK' }),
        staffNotice('C', 'N-3', { person: 'carl' }),
        staffNotice('D', 'N-4', { person: '', channel: 'CHAT', to: 'finance-chat' }),
      ]),
    )
    const headers = await world.as('fiona')
    const { body } = await world.call('GET', '/notifications?limit=1', { headers })
    expect(body).toMatchObject({
      total: 2,
      notifications: [{ noticeId: 'N-2', orderId: 'B', occasion: 'reminded', channel: 'DESK' }],
    })
    const more = await world.call('GET', `/notifications?limit=1&cursor=${body.next}`, { headers })
    expect(more.body).toMatchObject({
      next: null,
      notifications: [{ noticeId: 'N-1', text: 'It is yours to decide.\n\nOrder: SO-1' }],
    })
    expect(await world.call('GET', '/notifications')).toMatchObject({ status: 401 })
  })
})

describe('what can be read', () => {
  beforeEach(async () => {
    await world.bring('orders.revisions.v1', byOrder([revision('A')]))
    await world.bring('orders.decisions.v1', byOrder([decision('A', 1, 'HOLD')]))
    await world.bring('cases.events.v1', byOrder([opened('A', 1)]))
  })

  it('lists a case with its owner, deadline and customer', async () => {
    const { body } = await world.call('GET', '/cases?role=finance')
    expect(body).toMatchObject({
      total: 1,
      next: null,
      cases: [
        {
          caseId: 'C-A',
          name: 'Billing terms outside the contract',
          owner: 'finance',
          decider: 'finance',
          deadline: '2026-03-02T11:00:00.000Z',
          overdue: false,
          customerName: 'Harbour Lane Gifts',
          total: '33.15',
          currency: 'GBP',
        },
      ],
    })
  })

  it('says of each message to whom it went and about what', async () => {
    await world.bring('notices.requested.v1', byOrder([staffNotice('A', 'N-1')]))
    const outcome = { status: 'SENT', permanent: false, messageId: '', detail: '250 ok' } as const
    const sent = (noticeId: string) => ({ noticeId, orderId: 'A', attempt: 1, at: t0, ...outcome })
    await world.bring('notices.outcomes.v1', byOrder([sent('N-1'), sent('N-2')]))
    expect((await world.call('GET', '/orders/A')).body.notices).toMatchObject([
      {
        noticeId: 'N-1',
        channel: 'EMAIL',
        to: 'Fiona Grant',
        address: 'fiona@example.com',
        caseIds: ['C-A'],
      },
      { noticeId: 'N-2', channel: '', to: '', address: '', caseIds: [], subject: '' },
    ])
  })

  it('shows a case with what decisions are bound to: the order and the values that somebody proposed', async () => {
    const digest = async () =>
      ((await world.call('GET', '/cases/C-A')).body.case as { digest: string }).digest
    expect(await digest()).toBe('digest-A-1')
    const proposal = {
      corrections: [{ path: 'payment.amount', expected: '', value: '15' }],
      by: { subject: 'fiona', name: 'Fiona Grant' },
    }
    await world.bring('cases.events.v1', byOrder([caseEvent('A', 2, { type: 'PROPOSED', proposal })]))
    expect(await digest()).toBe(viewDigest('digest-A-1', proposal))
    const { body } = await world.call('GET', '/cases')
    expect(body.cases).toMatchObject([{ digest: await digest() }])
  })

  it('tells a role, exception type or service that there never was, with what was meant', async () => {
    const people = [{ subject: 'sam', name: 'Sam', email: '', roles: ['support'] }]
    await world.bring('duty.roster.v1', [rosterRecord(people, 1)])
    const problem = async (path: string) => {
      const { status, body } = await world.call('GET', path)
      return [status, body.code, body.detail]
    }
    expect(await problem('/cases?role=suport')).toEqual([
      ...[422, 'UNKNOWN_ROLE', 'There is no role "suport": did you mean "support"?'],
    ])
    expect((await problem('/cases?type=nonsense')).slice(0, 2)).toEqual([422, 'UNKNOWN_TYPE'])
    expect(await problem('/dead-letters?service=inteak')).toEqual([
      ...[422, 'UNKNOWN_SERVICE', 'No service "inteak" has dead letters: did you mean "intake"?'],
    ])
    // What is in no file any more may still have cases; who has a role may have none.
    for (const path of [
      '/cases?role=finance&status=closed',
      '/cases?type=billing-terms&q=nobody',
      '/cases?role=support',
    ])
      expect((await world.call('GET', path)).body).toMatchObject({ total: 0 })
  })

  it('shows a case with its rule, evidence, events, and the digest to act on', async () => {
    const { body } = await world.call('GET', '/cases/C-A')
    expect(body.case).toMatchObject({
      rule: 'Sales asks for payment terms that the order does not have.',
      evidence: [{ expression: 'request.kind', value: 'billing-terms' }],
      digest: 'digest-A-1',
      mayAct: false,
    })
    expect(body.events).toMatchObject([{ type: 'OPENED', clock: { deadline: '2026-03-02T11:00:00.000Z' } }])
  })

  it('shows an order with everything on it', async () => {
    const { body } = await world.call('GET', '/orders/A')
    expect(body).toMatchObject({
      orderId: 'A',
      revision: 1,
      digest: 'digest-A-1',
      order: { shipping: { city: 'Whitby' }, placedAt: '2026-02-24T11:00:00.000Z' },
      verdicts: [{ stage: 'invoicing', verdict: 'HOLD' }, { stage: 'shipping' }],
      cases: [{ caseId: 'C-A' }],
      revisions: [{ revision: 1, changes: [] }],
      decisions: [{ sequence: 1 }],
      events: [{ type: 'OPENED' }],
      notices: [],
      deadLetters: [],
    })
    expect((body.decisions as object[])[0]).not.toHaveProperty('order')
  })

  it('tells the story of an order, and where each line stands written', async () => {
    const { status, body } = await world.call('GET', '/orders/A/trail')
    expect(status).toBe(200)
    expect(() => TrailView.parse(body)).not.toThrow()
    const { steps, stops } = TrailView.parse(body)
    expect(steps.map(({ records: [record] }) => record)).toMatchObject([
      {
        topic: 'orders.revisions.v1',
        partition: 0,
        offset: 0,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      { topic: 'orders.decisions.v1' },
      { topic: 'cases.events.v1' },
    ])
    expect(stops).toMatchObject([{ stage: 'invoicing', to: null }])
    expect((await world.call('GET', '/orders/nothing/trail')).body.code).toBe('UNKNOWN_ORDER')
  })

  it('lists orders and counts them', async () => {
    const { body } = await world.call('GET', '/orders?q=harbour')
    expect(body).toMatchObject({ total: 1, orders: [{ orderId: 'A', standing: 'HOLD', openCases: 1 }] })
    const summary = await world.call('GET', '/summary?source=shop&since=2026-03-02T09:00:00Z')
    expect(summary.body).toMatchObject({
      orders: 1,
      held: 1,
      proceeded: 0,
      cases: { 'billing-terms': { open: 1 } },
    })
  })

  it('says why an instant is none', async () => {
    expect(await world.call('GET', '/summary?since=2026-02-30T09:00:00Z')).toMatchObject({
      status: 400,
      body: {
        errors: [{ path: 'since', message: 'there is no 30 February 2026: February 2026 has 28 days' }],
      },
    })
  })

  it('answers every good reading with what the OpenAPI document promises', async () => {
    const answers: Record<string, string> = {
      listPeople: '/people',
      listCases: '/cases',
      showCase: '/cases/C-A',
      listOrders: '/orders',
      showOrder: '/orders/A',
      listRosterVersions: '/roster/versions',
      listPolicyVersions: '/policy/versions',
      listRaisedTypes: '/policy/types',
      listDeadLetters: '/dead-letters',
      summarise: '/summary',
    }
    for (const [id, path] of Object.entries(answers)) {
      const { status, body } = await world.call('GET', path)
      const promised = allOperations(world.desk.parts).find((one) => one.id === id)?.answers[200]?.body
      expect(status, id).toBe(200)
      expect(promised?.safeParse(body).error?.issues, id).toBeUndefined()
    }
  })

  it('says with a code and a sentence what is not there', async () => {
    for (const [path, code] of [
      ['/cases/C-NONE', 'UNKNOWN_CASE'],
      ['/orders/none', 'UNKNOWN_ORDER'],
      ['/policy', 'NO_POLICY'],
      ['/roster', 'NO_ROSTER'],
      ['/policy/versions/7', 'UNKNOWN_VERSION'],
      ['/dead-letters/orders.inbound.v1/0/1', 'UNKNOWN_DEAD_LETTER'],
      ['/commands/none', 'UNKNOWN_COMMAND'],
      ['/nonsense', 'NO_SUCH_PATH'],
    ]) {
      const { status, headers, body } = await world.call('GET', path as string)
      expect(body).toMatchObject({
        status: 404,
        code,
        type: `urn:holdpoint:problem:${code}`,
        title: 'Not Found',
      })
      expect(headers.get('content-type')).toContain('application/problem+json')
      expect(status).toBe(404)
    }
  })

  it('names what is wrong with a query', async () => {
    const { status, body } = await world.call('GET', '/cases?limit=0&status=odd')
    expect(status).toBe(400)
    expect(body.errors).toMatchObject([{ path: 'limit' }, { path: 'status' }])
    expect((await world.call('GET', '/cases?cursor=xyz')).status).toBe(400)
    expect((await world.call('GET', '/cases?rolle=finance')).status).toBe(400)
  })
})

describe('the OpenAPI document', () => {
  it('describes every operation, and every reference in it leads somewhere', async () => {
    const { body } = await world.call('GET', '/openapi.json')
    const { paths, components } = body as { paths: object; components: { schemas: Record<string, unknown> } }
    const ids = Object.values(paths).flatMap((path) =>
      Object.values(path).map((one) => (one as { operationId: string }).operationId),
    )
    expect(new Set(ids)).toEqual(new Set(allOperations(world.desk.parts).map((one) => one.id)))
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1])
    expect(references.length).toBeGreaterThan(20)
    for (const reference of references) {
      const name = reference?.replace('#/components/schemas/', '') ?? ''
      expect(components.schemas, reference).toHaveProperty(name)
    }
  })
})

describe('live', () => {
  it('tells what changed, once for each thing of a batch, with the place as id', async () => {
    const abort = new AbortController()
    const response = await fetch(`${world.url}/api/v1/stream`, { signal: abort.signal })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    await world.bring('orders.revisions.v1', byOrder([revision('A'), revision('A', 2)]))
    await world.bring('cases.events.v1', byOrder([opened('A', 1)]))
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes('event:case') && text.includes('C-A')) break
    }
    abort.abort()
    expect(text.match(/event:order/g)).toHaveLength(1)
    expect(text).toContain('id:orders.revisions.v1-0-1')
    expect(text).toContain('data:{"caseId":"C-A","orderId":"A"}')
  })
})
