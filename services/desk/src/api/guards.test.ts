import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { openWithinMs, sharedPglite } from '../testing/databases.ts'
import { fiona, t0 } from '../testing/messages.ts'

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

const people = [
  { subject: 'fiona', name: 'Fiona Grant', email: 'fiona@example.com', roles: ['finance'] },
  { subject: 'sam', name: 'Sam Cole', email: '', roles: ['support'] },
  { subject: 'olga', name: 'Olga Reyes', email: '', roles: ['order-manager'] },
]
const roster = people.map((person) => ({
  key: person.subject,
  value: { entryId: person.subject, kind: 'PERSON', ...person, by: fiona, reason: '', at: t0 },
}))

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
