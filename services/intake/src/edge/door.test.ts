import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ChassisError } from '@holdpoint/chassis'
import { type MemoryPublisher, memoryPublisher } from '@holdpoint/chassis/testing'
import { RegistryAway, toJson } from '@holdpoint/schemas'
import express from 'express'
import { afterEach, expect, test } from 'vitest'
import { NOW, ORDER, sampleEvent } from '../testing/sample-inputs.ts'
import { type Door, door } from './door.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** The door on a real socket, in front of a publisher in memory. */
async function openDoor(change: Partial<Door> = {}) {
  const publisher: MemoryPublisher = memoryPublisher()
  const app = express()
  const log = { warn: () => {} }
  app.use(
    door({
      publisher,
      now: () => NOW,
      log,
      requestsPerMinute: 1_000,
      answerWithinMs: 5_000,
      ownUrl: undefined,
      ...change,
    }),
  )
  const server = createServer(app).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  closing.push(() => server.close().closeAllConnections())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = async (
    body: unknown,
    headers: Record<string, string> = {},
    path = `/v1/orders/${ORDER}/events`,
  ) => {
    const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
    const init = {
      method: 'POST',
      body: sent as string,
      headers: { 'Content-Type': 'application/json', ...headers },
    }
    const response = await fetch(`${url}${path}`, init)
    return { status: response.status, headers: response.headers, json: await response.json() }
  }
  return { publisher, post, url }
}

/** The sample event as JSON, without the orderId that the path says. */
function sampleJson(change: object = {}): Record<string, unknown> {
  const { orderId: _, ...json } = toJson('orders.inbound.v1', sampleEvent()) as Record<string, unknown>
  return { ...json, ...change }
}

test('an event is answered 202 after it was published under its order', async () => {
  const { post, publisher } = await openDoor()
  const { status, json } = await post(sampleJson())
  expect(status).toBe(202)
  expect(json).toEqual({ status: 'accepted', orderId: ORDER, eventId: 'e-1' })
  expect(publisher.sent).toEqual([{ topic: 'orders.inbound.v1', key: ORDER, value: sampleEvent() }])
})

test('the answer waits for the acknowledgement of the broker', async () => {
  let acknowledge = () => {}
  const acknowledged = new Promise<void>((resolve) => {
    acknowledge = resolve
  })
  let asked = false
  const send = () => {
    asked = true
    return acknowledged
  }
  const { post } = await openDoor({ publisher: { send } })
  let answered = false
  const answer = post(sampleJson()).finally(() => {
    answered = true
  })
  await expect.poll(() => asked).toBe(true)
  expect(answered).toBe(false)
  acknowledge()
  expect((await answer).status).toBe(202)
})

test('Idempotency-Key becomes the event id when the body has none', async () => {
  const { post, publisher } = await openDoor()
  const { eventId: _, ...json } = sampleJson()
  expect((await post(json, { 'Idempotency-Key': 'key-1' })).json).toMatchObject({ eventId: 'key-1' })
  expect((await post(json, { 'Idempotency-Key': '"key-2"' })).json).toMatchObject({ eventId: 'key-2' })
  expect((await post(sampleJson(), { 'Idempotency-Key': 'e-1' })).status).toBe(202)
  expect(publisher.sent).toHaveLength(3)
})

test.each<[string, object, Record<string, string>, string]>([
  ['an Idempotency-Key beside another event id', {}, { 'Idempotency-Key': 'other' }, 'KEY_DISAGREES'],
  ['another orderId than the path', { orderId: 'SO-9' }, {}, 'ORDER_DISAGREES'],
])('%s is refused', async (_what, change, headers, code) => {
  const { post, publisher } = await openDoor()
  expect(await post(sampleJson(change), headers)).toMatchObject({ status: 422, json: { code } })
  expect(publisher.sent).toEqual([])
})

test('all problems of an event are named, as an RFC 9457 problem', async () => {
  const { post, publisher } = await openDoor()
  const answer = await post(sampleJson({ eventId: '', source: 'correction' }))
  expect(answer.headers.get('Content-Type')).toContain('application/problem+json')
  expect(answer).toMatchObject({
    status: 422,
    json: { status: 422, code: 'EVENT_INVALID', problems: [{ path: 'eventId' }, { path: 'source' }] },
  })
  expect(publisher.sent).toEqual([])
})

test('a typo in a field is named', async () => {
  const { post } = await openDoor()
  const { json } = await post(sampleJson({ occuredAt: '2026-01-01T00:00:00Z' }))
  expect(json).toMatchObject({ code: 'EVENT_INVALID', problems: [{ path: 'occuredAt' }] })
})

test('a missing event id is named', async () => {
  const { post } = await openDoor()
  const { eventId: _, ...json } = sampleJson()
  expect((await post(json)).json).toMatchObject({ code: 'EVENT_INVALID', problems: [{ path: 'eventId' }] })
})

test.each<[string, string | Uint8Array | object, Record<string, string>, number, string]>([
  ['no JSON', '{', {}, 400, 'BODY_UNREADABLE'],
  ['a name twice', '{"source":"a","source":"b"}', {}, 400, 'BODY_UNREADABLE'],
  ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), {}, 400, 'BODY_UNREADABLE'],
  ['a list', [sampleJson()], {}, 422, 'EVENT_INVALID'],
  ['no body', '', {}, 400, 'BODY_UNREADABLE'],
  ['a deep body', '['.repeat(50_000), {}, 400, 'BODY_TOO_DEEP'],
  ['a large body', JSON.stringify({ text: 'x'.repeat(256 * 1024) }), {}, 413, 'BODY_TOO_LARGE'],
  ['a form', 'a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'MEDIA_TYPE'],
  ['a compressed body', '{}', { 'Content-Encoding': 'gzip' }, 415, 'MEDIA_TYPE'],
])('%s is refused', async (_what, body, headers, status, code) => {
  const { post, publisher } = await openDoor()
  expect(await post(body, headers)).toMatchObject({ status, json: { status, code } })
  expect(publisher.sent).toEqual([])
})

test.each([
  '{"__proto__":{"polluted":"yes"},',
  '{"facts":{"__proto__":"yes"},',
  '{"facts":{"constructor":"yes"},',
])('names of JavaScript objects are refused: %s', async (start) => {
  const { post, publisher } = await openDoor()
  const { facts: _, ...json } = sampleJson()
  const answer = await post(start + JSON.stringify(json).slice(1))
  expect(answer).toMatchObject({ status: 422, json: { code: 'EVENT_INVALID' } })
  expect(publisher.sent).toEqual([])
  expect(({} as { polluted?: string }).polluted).toBeUndefined()
})

test.each([
  ['Kafka', new ChassisError('KAFKA_AWAY', 'No broker answers.', { canRetry: true }), 'KAFKA_AWAY'],
  ['the registry', new RegistryAway('http://registry', 'refused'), 'REGISTRY_AWAY'],
  ['a process that stops', new ChassisError('STOPPED', 'The publisher has been stopped.'), 'STOPPING'],
])('with %s away the answer is 503 with Retry-After: nothing was taken', async (_what, error, code) => {
  const { post, publisher } = await openDoor()
  publisher.fail(error)
  const answer = await post(sampleJson())
  expect(answer).toMatchObject({
    status: 503,
    json: { code, detail: expect.stringContaining('Nothing was taken') },
  })
  expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
})

test('an acknowledgement that was lost is unknown: the same key may be sent again', async () => {
  const { post, publisher } = await openDoor()
  publisher.fail(new ChassisError('PUBLISH_UNKNOWN', 'The connection broke.'))
  const unknown = await post(sampleJson())
  expect(unknown).toMatchObject({
    status: 504,
    json: { code: 'OUTCOME_UNKNOWN', detail: expect.stringContaining('send again with the same key (e-1)') },
  })
  publisher.fail(undefined)
  expect((await post(sampleJson())).status).toBe(202)
})

test('an acknowledgement that does not come in time is unknown', async () => {
  const publisher = { send: () => new Promise<void>(() => {}) }
  const { post } = await openDoor({ publisher, answerWithinMs: 20 })
  expect(await post(sampleJson())).toMatchObject({ status: 504, json: { code: 'OUTCOME_UNKNOWN' } })
})

test('more requests than allowed in a minute are refused with Retry-After', async () => {
  const { post } = await openDoor({ requestsPerMinute: 2 })
  await post(sampleJson())
  await post(sampleJson())
  const third = await post(sampleJson())
  expect(third).toMatchObject({ status: 429, json: { code: 'TOO_MANY_REQUESTS' } })
  expect(Number(third.headers.get('Retry-After'))).toBeGreaterThan(0)
})

test('other methods are answered 405', async () => {
  const { url } = await openDoor()
  const response = await fetch(`${url}/v1/orders/${ORDER}/events`)
  expect(response.status).toBe(405)
  expect(response.headers.get('Allow')).toBe('POST')
})

test('an orderId of the path may need escaping', async () => {
  const { post, publisher } = await openDoor()
  const path = `/v1/orders/${encodeURIComponent('SO/10 41')}/events`
  expect(await post(sampleJson(), {}, path)).toMatchObject({ status: 202 })
  expect(publisher.sent).toMatchObject([{ key: 'SO/10 41' }])
  expect(await post(sampleJson(), {}, '/v1/orders/%E0%A4%A/events')).toMatchObject({
    status: 400,
    json: { code: 'PATH_UNREADABLE' },
  })
})

test.each(['..', 'SO\u200B-1', 'SO-\u202E1', ' SO-1', '\u3164', `SO-${'1'.repeat(200)}`])(
  'an orderId that nobody can show or address is refused: %j',
  async (orderId) => {
    const { post, publisher } = await openDoor()
    // An address cannot hold two dots as they are, so that they stand in the body only.
    const path = `/v1/orders/${orderId === '..' ? '%2e%2e%2f' : encodeURIComponent(orderId)}/events`
    const answer = await post(sampleJson(orderId === '..' ? { orderId } : {}), {}, path)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(publisher.sent).toEqual([])
  },
)

test('a page that has pointed its own name at this machine is refused, whatever headers it adds', async () => {
  const { url, publisher } = await openDoor()
  const send = (host: string) =>
    new Promise((resolve) => {
      const headers = { host, 'content-type': 'application/json', 'x-forwarded-for': '10.0.0.7' }
      const sent = request(`${url}/v1/orders/${ORDER}/events`, { method: 'POST', headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      sent.end(JSON.stringify(sampleJson()))
    })
  expect(await send('rebind.example')).toBe(421)
  expect(publisher.sent).toEqual([])
  expect(await send('localhost:19101')).toBe(202)
})
