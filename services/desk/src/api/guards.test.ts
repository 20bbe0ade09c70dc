import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../database/port.ts'
import { type ApiWorld, apiWorld } from '../testing/api-world.ts'
import { openWithinMs, sharedPglite } from '../testing/databases.ts'
import { rosterRecord, rosterText } from '../testing/messages.ts'

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
const roster = [rosterRecord(people)]
const draft = (some: (typeof people)[number][], reason: string) => ({ text: rosterText(some), reason })

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

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'cf-connecting-ip', 'x-forwarded-host'])(
    'refuses what a proxy hands on with %s, since it asks for no password',
    async (name) => {
      const headers = { [name]: '127.0.0.1' }
      const { status, body } = await world.call('POST', '/session', { body: { subject: 'admin' }, headers })
      expect([status, body.code]).toEqual([403, 'NOT_THIS_MACHINE'])
      expect((await world.call('GET', '/cases', { headers })).status).toBe(401)
    },
  )

  it('refuses a reason that nobody can see', async () => {
    await world.bring('duty.roster.v1', roster)
    const body = draft(people.slice(1), '\u200B \u2060')
    const answer = await world.call('POST', '/roster', { body, headers: await world.as('olga') })
    expect(answer.body).toMatchObject({ code: 'INVALID_REQUEST', detail: expect.stringContaining('say why') })
  })

  it('refuses a change that a page of another site makes the browser send', async () => {
    const { headers } = await world.call('POST', '/session', { body: { subject: 'admin' } })
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
    const publish = (more: Record<string, string>) =>
      world.call('POST', '/roster', {
        body: draft(people.slice(2), 'first'),
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
  it('publishes the roster as the next version, shows it at once, and says what changed', async () => {
    await world.bring('duty.roster.v1', roster)
    const body = draft(people.slice(1), 'Fiona left')
    const answer = await world.call('POST', '/roster', { body, headers: await world.as('olga') })
    expect(answer).toMatchObject({ status: 201, body: { version: 2 } })
    expect(answer.body.changes).toEqual([
      expect.stringMatching(/Fiona Grant.*left|Fiona Grant.*removed|Fiona Grant/),
      'On duty for finance now: nobody, not Fiona Grant.',
    ])
    expect(world.published.sent).toMatchObject([{ key: '2', value: { reason: 'Fiona left' } }])
    const shown = (await world.call('GET', '/roster')).body
    expect(shown).toMatchObject({ version: 2, text: body.text, by: { subject: 'olga' } })
    expect((shown.people as { subject: string }[]).map((person) => person.subject)).toEqual(['olga', 'sam'])
    const { body: all } = await world.call('GET', '/roster/versions')
    expect((all.versions as { version: number }[]).map(({ version }) => version)).toEqual([2, 1])
  })

  it('refuses a roster that somebody else published over meanwhile', async () => {
    await world.bring('duty.roster.v1', roster)
    const headers = await world.as('olga')
    const body = { ...draft(people, 'mine'), basedOn: 0 }
    expect((await world.call('POST', '/roster', { body, headers })).body).toMatchObject({
      status: 409,
      code: 'ROSTER_MOVED_ON',
      latest: 1,
    })
  })

  it('refuses a roster that lists somebody twice, or after which nobody could publish', async () => {
    const headers = await world.as('admin')
    const [, sam] = people as [unknown, (typeof people)[number]]
    const twice = await world.call('POST', '/roster', { body: draft([sam, sam], 'try'), headers })
    expect(twice).toMatchObject({ status: 422, body: { code: 'ROSTER_ERRORS' } })
    expect(twice.body.errors).toMatchObject([{ line: 1, message: expect.stringContaining('sam') }])
    const nobody = await world.call('POST', '/roster', { body: draft([sam], 'try'), headers })
    expect(nobody.body.errors).toMatchObject([{ message: expect.stringContaining('could not be published') }])
    expect(world.published.sent).toEqual([])
  })

  it('says who may publish to whom may not', async () => {
    await world.bring('duty.roster.v1', roster)
    const sam = await world.as('sam')
    const { status, body } = await world.call('POST', '/roster', {
      body: draft(people, 'x'),
      headers: sam,
    })
    expect(status).toBe(403)
    expect(body.detail).toContain('order-manager or policy-author')
    expect((await world.call('POST', '/roster', { body: draft(people, 'x') })).status).toBe(401)
  })

  it('promises nothing while Kafka is away, or before everything was read', async () => {
    const headers = await world.as('admin')
    world.published.fail(Object.assign(new Error('no broker'), { code: 'KAFKA_AWAY' }))
    const body = draft(people.slice(2), 'first')
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
    ['with a name twice', '{"subject":"admin","subject":"olga"}', 'DUPLICATE_NAME', 400],
    ['with __proto__', '{"subject":"admin","__proto__":{"roles":["x"]}}', 'FORBIDDEN_CONTENT', 400],
    ['with __proto__ inside', '{"subject":{"a":[{"__proto__":1}]}}', 'FORBIDDEN_CONTENT', 400],
    ['with a NUL', '{"subject":"a\\u0000b"}', 'FORBIDDEN_CONTENT', 400],
    ['with an unknown field', '{"subject":"admin","extra":1}', 'INVALID_REQUEST', 400],
    ['too large', JSON.stringify({ subject: 'x'.repeat(600_000) }), 'TOO_LARGE', 413],
  ])('%s', async (_what, body, code, status) => {
    expect(await post(body)).toMatchObject({ status, body: { code } })
  })

  it.each(['/policy/check', '/policy', '/roster', '/session'])(
    'that are no UTF-8 are refused with their place by %s, and nothing is published',
    async (path) => {
      const headers = { ...(await world.as('admin')), 'content-type': 'application/json' }
      const body = Buffer.from(JSON.stringify({ text: 'title: Prüfung', reason: 'é' }), 'latin1')
      const response = await fetch(`${world.url}/api/v1${path}`, { method: 'POST', headers, body })
      expect(await response.json()).toMatchObject({
        status: 400,
        code: 'NOT_UTF8',
        detail: expect.stringContaining(
          'Line 1, column 19 (byte 19) of the body: the byte 0xFC is not UTF-8',
        ),
      })
      expect(world.published.sent).toEqual([])
    },
  )

  it('in another charset are refused, and a byte order mark is passed over', async () => {
    const other = await post('{"subject":"admin"}', { 'content-type': 'application/json; charset=utf-16le' })
    expect(other).toMatchObject({ status: 415, body: { code: 'UTF8_WANTED' } })
    expect((await post('\uFEFF{"subject":"admin"}')).status).toBe(200)
    const twice = await post('\uFEFF{"subject":"admin","subject":"olga"}')
    expect(twice).toMatchObject({ status: 400, body: { code: 'DUPLICATE_NAME' } })
  })

  it('of another type', async () => {
    expect(await post('subject=admin', { 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
  })

  it('for another host: a name that was pointed at this machine', async () => {
    const { request } = await import('node:http')
    const status = await new Promise((resolve) => {
      const headers = { host: 'rebind.example', 'x-forwarded-for': '10.0.0.7' }
      request(`${world.url}/api/v1/cases`, { headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      }).end()
    })
    expect(status).toBe(421)
  })
})
