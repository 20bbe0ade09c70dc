import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openPglite } from '../database/pglite.ts'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { byOrder, decision, fiona, opened, revision, t0 } from '../testing/messages.ts'
import { allOperations } from './app.ts'

let database: Database
let world: ApiWorld

beforeAll(async () => {
  database = await openPglite()
}, 30_000)
beforeEach(async () => {
  world = await apiWorld(database)
})
afterEach(() => world.close())
afterAll(() => database.close())

const people = [
  { subject: 'fiona', name: 'Fiona Grant', email: 'fiona@example.com', roles: ['finance'] },
  { subject: 'sam', name: 'Sam Cole', email: '', roles: ['support'] },
  { subject: 'olga', name: 'Olga Reyes', email: '', roles: ['order-manager'] },
]
const roster = people.map((person) => ({
  key: person.subject,
  value: { entryId: person.subject, kind: 'PERSON', ...person, by: fiona, reason: '', at: t0 },
}))

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

  it('shows a case with its rule, evidence, events, and the digest to act on', async () => {
    const { body } = await world.call('GET', '/cases/C-A')
    expect(body.case).toMatchObject({
      rule: 'Sales asks for payment terms that the order does not have.',
      evidence: [{ expression: 'request.kind', value: 'billing-terms' }],
      digest: 'digest-A-1',
      mayAct: false,
    })
    expect(body.events).toMatchObject([{ type: 'OPENED', opened: { deadline: '2026-03-02T11:00:00.000Z' } }])
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

  it('answers every good reading with what the OpenAPI document promises', async () => {
    const answers: Record<string, string> = {
      listPeople: '/people',
      listCases: '/cases',
      showCase: '/cases/C-A',
      listOrders: '/orders',
      showOrder: '/orders/A',
      showRoster: '/roster',
      listPolicyVersions: '/policy/versions',
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

describe('signing in', () => {
  it('knows one administrator before there is a roster, and only the people of the roster afterwards', async () => {
    const admin = await world.as('admin')
    expect((await world.call('GET', '/session', { headers: admin })).body).toMatchObject({
      person: { subject: 'admin', roles: ['order-manager', 'policy-author'] },
    })
    await world.bring('duty.roster.v1', roster)
    expect((await world.call('GET', '/session', { headers: admin })).body).toMatchObject({
      code: 'TOKEN_REFUSED',
    })
    expect((await world.call('POST', '/session', { body: { subject: 'admin' } })).body).toMatchObject({
      code: 'UNKNOWN_PERSON',
      detail: expect.stringContaining('fiona'),
    })
  })

  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const { headers } = await world.call('POST', '/session', { body: { subject: 'admin' } })
    const cookie = headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^holdpoint_session=.+; Path=\/; .*HttpOnly; SameSite=Strict$/)
    const [pair] = cookie.split(';')
    expect((await world.call('GET', '/session', { headers: { cookie: pair ?? '' } })).status).toBe(200)
  })

  it('refuses a token that was changed, or signed by another key', async () => {
    const { authorization = '' } = await world.as('admin')
    const [head, body, signature = ''] = authorization.split('.')
    const changed = `${head}.${body}.${signature.slice(0, -2)}${signature.endsWith('AA') ? 'BB' : 'AA'}`
    expect((await world.call('GET', '/session', { headers: { authorization: changed } })).status).toBe(401)
    const none = `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`
    expect((await world.call('GET', '/session', { headers: { authorization: none } })).status).toBe(401)
  })

  it('refuses what a proxy hands on, since it asks for no password', async () => {
    const { status, body } = await world.call('POST', '/session', {
      body: { subject: 'admin' },
      headers: { 'x-forwarded-for': '127.0.0.1' },
    })
    expect([status, body.code]).toEqual([403, 'NOT_THIS_MACHINE'])
    const reading = await world.call('GET', '/cases', { headers: { 'x-forwarded-for': '127.0.0.1' } })
    expect(reading.status).toBe(401)
  })

  it('refuses a change that a page of another site makes the browser send', async () => {
    const { headers } = await world.call('POST', '/session', { body: { subject: 'admin' } })
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
    const publish = (more: Record<string, string>) =>
      world.call('POST', '/roster', {
        body: { people: [people[2]], reason: 'first' },
        headers: { cookie, ...more },
      })
    expect((await publish({ origin: 'http://evil.example' })).body).toMatchObject({
      status: 403,
      code: 'OTHER_SITE',
    })
    expect((await publish({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await publish({ 'sec-fetch-site': 'same-site', origin: world.url })).status).toBe(403)
    expect((await publish({})).status).toBe(403)
    expect(world.published.sent).toEqual([])
    expect((await publish({ origin: world.url })).status).toBe(201)
  })
})

describe('publishing', () => {
  it('publishes the roster with its removals, and shows it at once', async () => {
    await world.bring('duty.roster.v1', roster)
    const olga = await world.as('olga')
    const left = people.slice(1)
    const { status } = await world.call('POST', '/roster', {
      body: { people: left, reason: 'Fiona left' },
      headers: olga,
    })
    expect(status).toBe(201)
    expect(world.published.sent.map(({ key, value }) => [key, value === null])).toEqual([
      ['fiona', true],
      ['sam', false],
      ['olga', false],
    ])
    const { body } = await world.call('GET', '/roster')
    expect((body.people as { subject: string }[]).map((person) => person.subject)).toEqual(['olga', 'sam'])
  })

  it('refuses a roster that lists somebody twice, or after which nobody could publish', async () => {
    const headers = await world.as('admin')
    const body = { people: [people[1], people[1]], reason: 'try' }
    const answer = await world.call('POST', '/roster', { body, headers })
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toMatchObject([{ path: 'people.1.subject' }, { path: 'people' }])
    expect(world.published.sent).toEqual([])
  })

  it('says who may publish to whom may not', async () => {
    await world.bring('duty.roster.v1', roster)
    const sam = await world.as('sam')
    const { status, body } = await world.call('POST', '/roster', {
      body: { people, reason: 'x' },
      headers: sam,
    })
    expect(status).toBe(403)
    expect(body.detail).toContain('order-manager or policy-author')
    expect((await world.call('POST', '/roster', { body: { people, reason: 'x' } })).status).toBe(401)
  })

  it('promises nothing while Kafka is away, or before everything was read', async () => {
    const headers = await world.as('admin')
    world.published.fail(Object.assign(new Error('no broker'), { code: 'KAFKA_AWAY' }))
    const body = { people: [people[2]], reason: 'first' }
    expect((await world.call('POST', '/roster', { body, headers })).body).toMatchObject({
      status: 503,
      code: 'KAFKA_AWAY',
    })
    const early = await apiWorld(database, { caughtUp: false })
    const admin = await early.as('admin')
    expect((await early.call('POST', '/roster', { body, headers: admin })).body).toMatchObject({
      code: 'NOT_READY',
    })
    await early.close()
  })
})

describe('bad bodies', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    world.call('POST', '/session', { body, headers })

  it.each([
    ['no JSON', '{"subject":', 'NO_JSON', 400],
    ['nested too deeply', `{"subject":${'['.repeat(60)}${']'.repeat(60)}}`, 'TOO_DEEP', 400],
    ['with __proto__', '{"subject":"admin","__proto__":{"roles":["x"]}}', 'FORBIDDEN_CONTENT', 400],
    ['with __proto__ inside', '{"subject":{"a":[{"__proto__":1}]}}', 'FORBIDDEN_CONTENT', 400],
    ['with a NUL', '{"subject":"a\\u0000b"}', 'FORBIDDEN_CONTENT', 400],
    ['with an unknown field', '{"subject":"admin","extra":1}', 'INVALID_REQUEST', 400],
    ['too large', JSON.stringify({ subject: 'x'.repeat(600_000) }), 'TOO_LARGE', 413],
  ])('%s', async (_what, body, code, status) => {
    expect(await post(body)).toMatchObject({ status, body: { code } })
  })

  it('of another type', async () => {
    expect(await post('subject=admin', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
  })

  it('for another host: a name that was pointed at this machine', async () => {
    const { request } = await import('node:http')
    const status = await new Promise((resolve) => {
      request(`${world.url}/api/v1/cases`, { headers: { host: 'rebind.example' } }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      }).end()
    })
    expect(status).toBe(421)
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
