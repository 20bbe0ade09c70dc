import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCodec } from './codec.ts'
import type { Undecodable } from './errors.ts'
import { loadSchema } from './load.ts'
import { messageWriter } from './message-bytes.ts'
import { connectRegistry, subjectOf } from './registry.ts'

const topic = 'orders.inbound.v1'
const own = JSON.stringify(loadSchema(topic))

/** What the registry answers, by path. */
const answers = new Map<string, { status: number; body: string }>()
const asked: string[] = []
let server: Server
let url: string

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const { status, body } = answers.get(request.url ?? '') ?? { status: 404, body: '<html>' }
    response.writeHead(status).end(body)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((closed) => server.close(closed)))

const answer = (path: string, status: number, body: unknown) =>
  answers.set(path, { status, body: typeof body === 'string' ? body : JSON.stringify(body) })

const message = (id: number) =>
  messageWriter(topic, id).write({
    eventId: 'e',
    source: 's',
    orderId: 'o',
    occurredAt: 0,
    sequence: null,
    kind: 'PLACED',
    order: null,
    request: null,
    stage: '',
    facts: {},
  })

describe('an answer about the schema is the end of the matter', () => {
  beforeAll(() =>
    answer('/subjects/gone/versions/1', 404, { error_code: 40401, message: 'Subject not found' }),
  )

  test.each<[string, number, unknown, string, RegExp]>([
    [
      'JSON Schema, of whatever draft',
      200,
      { schemaType: 'JSON', schema: '{"$schema":"https://json-schema.org/draft/2020-12/schema"}' },
      'INCOMPATIBLE_SCHEMA',
      /schema \d+ of the registry is a JSON Schema, and only Avro is read/,
    ],
    [
      'PROTOBUF',
      200,
      { schemaType: 'PROTOBUF', schema: 'syntax = "proto3";' },
      'INCOMPATIBLE_SCHEMA',
      /is PROTOBUF, and only Avro is read/,
    ],
    ['another kind altogether', 200, { schemaType: 'XSD', schema: '<xs/>' }, 'INCOMPATIBLE_SCHEMA', /is XSD/],
    ['Avro that is no JSON', 200, { schema: '{"type":' }, 'INCOMPATIBLE_SCHEMA', /is not JSON/],
    ['no schema', 200, { id: 1 }, 'INCOMPATIBLE_SCHEMA', /gives no schema \d+: 200/],
    ['a page', 200, '<html>', 'INCOMPATIBLE_SCHEMA', /gives no schema \d+: 200/],
    [
      'a refusal',
      403,
      { error_code: 40301, message: 'not yours' },
      'INCOMPATIBLE_SCHEMA',
      /gives no schema \d+: 403, not yours/,
    ],
    [
      'nobody has it',
      404,
      { error_code: 40403, message: 'Schema not found' },
      'UNKNOWN_SCHEMA',
      /has no schema with the id/,
    ],
    [
      'a schema of ours',
      200,
      { schema: own.replace('"OrderEvent"', '"Purchase"') },
      'INCOMPATIBLE_SCHEMA',
      /record holdpoint.Purchase/,
    ],
    [
      'a reference to what is not there',
      200,
      { schema: '"com.parts.Order"', references: [{ name: 'com.parts.Order', subject: 'gone', version: 1 }] },
      'INCOMPATIBLE_SCHEMA',
      /gives no gone, which schema \d+ refers to,: 404, Subject not found/,
    ],
  ])('%s', async (_, status, body, code, why) => {
    const id = 100 + answers.size
    answer(`/schemas/ids/${id}`, status, body)
    const failure = await createCodec({ registryUrl: url })
      .resolve(topic, message(id))
      .catch((error) => error)
    expect(failure.message).toMatch(why)
    expect((failure as Undecodable).code).toBe(code)
  })

  test('of a schema of no use it is asked once', async () => {
    answer('/schemas/ids/7', 200, { schemaType: 'JSON', schema: '{}' })
    const codec = createCodec({ registryUrl: url })
    await expect(codec.resolve(topic, message(7))).rejects.toMatchObject({ name: 'Undecodable' })
    expect(codec.isResolved(topic, message(7))).toBe(true)
    expect(() => codec.decode(topic, message(7))).toThrow('only Avro is read')
    expect(asked.filter((each) => each === 'GET /schemas/ids/7')).toHaveLength(1)
  })
})

describe('no answer about the schema says nothing of the record', () => {
  test.each([500, 502, 503, 401, 429])('status %i', async (status) => {
    answer('/schemas/ids/8', status, { message: 'not now' })
    const before = asked.length
    await expect(connectRegistry(url).find(8)).rejects.toMatchObject({ name: 'RegistryAway', canRetry: true })
    expect(asked.length - before).toBe(3)
  })

  test('a page that is not there, of a proxy or another server', async () =>
    expect(connectRegistry(url).find(99)).rejects.toMatchObject({ name: 'RegistryAway' }))
})

test('a schema is put together with those that it refers to', async () => {
  const [order, rest] = [JSON.parse(own).fields[6].type[1], JSON.parse(own)]
  rest.fields[6].type[1] = 'holdpoint.Order'
  answer('/schemas/ids/9', 200, {
    schema: JSON.stringify(rest),
    references: [{ name: 'holdpoint.Order', subject: 'parts/order', version: 3 }],
  })
  answer('/subjects/parts%2Forder/versions/3', 200, { schema: JSON.stringify(order) })
  const codec = createCodec({ registryUrl: url })
  await codec.resolve(topic, message(9))
  expect(codec.decode(topic, message(9))).toMatchObject({ eventId: 'e', kind: 'PLACED' })
})

describe('the schema of the product itself', () => {
  test('is kept where no naming strategy puts what upstream registers', () => {
    expect(subjectOf(topic)).toBe('holdpoint.orders.inbound.v1')
    expect(subjectOf('orders.revisions.v1')).toBe('orders.revisions.v1-value')
  })

  test('is refused with what the registry says, and waits for one that says nothing', async () => {
    const subject = subjectOf(topic)
    answer(`/config/${subject}`, 200, { compatibilityLevel: 'BACKWARD_TRANSITIVE' })
    answer(`/subjects/${subject}/versions`, 409, { error_code: 409, message: 'incompatible' })
    await expect(connectRegistry(url).register(topic, own)).rejects.toMatchObject({
      name: 'RegistryRefused',
      message: expect.stringContaining('409, incompatible'),
    })
    answer(`/subjects/${subject}/versions`, 503, {})
    await expect(connectRegistry(url).register(topic, own)).rejects.toMatchObject({ name: 'RegistryAway' })
    answer(`/config/${subject}`, 200, { compatibilityLevel: 'NONE' })
    await expect(connectRegistry(url).register(topic, own)).rejects.toMatchObject({
      name: 'RegistryRefused',
      message: expect.stringContaining('NONE'),
    })
  })
})
