import { randomUUID } from 'node:crypto'
import { registerSchemas } from '@holdpoint/local'
import {
  catalogue,
  createCodec,
  loadSchema,
  type OrderEvent,
  RegistryAway,
  subjectOf,
  topicNames,
} from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import avro from 'avsc'
import { beforeAll, describe, expect, test } from 'vitest'
import { testServers } from '../harness/index.ts'

const registryUrl = testServers().schemaRegistryUrl
const codec = createCodec({ registryUrl })
const topic = 'orders.inbound.v1'

const event: OrderEvent = {
  eventId: 'e-1',
  source: 'contract',
  orderId: 'o-1',
  occurredAt: 1_772_443_800_000,
  sequence: 3,
  kind: 'PLACED',
  order: sampleOrder(),
  request: null,
  stage: '',
  facts: { campaign: 'spring' },
}

beforeAll(() => codec.register(topicNames))

test('every topic has its schema in the registry, and registering again gives the same id', async () => {
  const again = createCodec({ registryUrl })
  await again.register(topicNames)
  expect(again.encode(topic, event)).toEqual(codec.encode(topic, event))
  const subjects = await get<string[]>('/subjects')
  expect(subjects).toEqual(expect.arrayContaining(topicNames.map(subjectOf)))
})

test.each(topicNames)('%s is kept BACKWARD_TRANSITIVE', async (name) => {
  const config = await get<{ compatibilityLevel: string }>(`/config/${subjectOf(name)}`)
  expect(config.compatibilityLevel).toBe('BACKWARD_TRANSITIVE')
})

test('another process reads what this one wrote', async () => {
  const bytes = codec.encode(topic, event)
  const reader = createCodec({ registryUrl })
  expect(() => reader.decode(topic, bytes)).toThrow('call resolve()')
  await reader.resolve(topic, bytes)
  expect(reader.isResolved(topic, bytes)).toBe(true)
  expect(reader.decode(topic, bytes)).toEqual(event)
})

describe('refused', () => {
  test('an id that the registry does not have', async () => {
    const bytes = codec.encode(topic, event)
    bytes.writeUInt32BE(2_000_000_000, 1)
    await expect(codec.resolve(topic, bytes)).rejects.toMatchObject({
      name: 'Undecodable',
      code: 'UNKNOWN_SCHEMA',
    })
  })

  test('a message of another topic', async () => {
    const bytes = codec.encode(topic, event)
    await expect(codec.resolve('orders.decisions.v1', bytes)).rejects.toMatchObject({
      name: 'Undecodable',
      code: 'INCOMPATIBLE_SCHEMA',
    })
  })

  test('a registry that is away says nothing about the bytes', async () => {
    const away = createCodec({ registryUrl: 'http://127.0.0.1:1/apis/ccompat/v7' })
    const bytes = codec.encode(topic, event)
    await expect(away.resolve(topic, bytes)).rejects.toBeInstanceOf(RegistryAway)
    await expect(away.register([topic])).rejects.toBeInstanceOf(RegistryAway)
  })

  test('nor does a server without a registry at that address', async () => {
    const elsewhere = createCodec({ registryUrl: `${registryUrl}/elsewhere` })
    const bytes = codec.encode(topic, event)
    await expect(elsewhere.resolve(topic, bytes)).rejects.toBeInstanceOf(RegistryAway)
  })
})

describe('the registry itself', () => {
  const breaks: [string, (schema: RecordJson) => void][] = [
    ['a new field without a default', (schema) => schema.fields.push({ name: 'colour', type: 'string' })],
    ['another type', (schema) => Object.assign(schema.fields[0] ?? {}, { type: 'long' })],
  ]

  test.each(breaks)('refuses %s', async (_, change) => {
    const schema = structuredClone(loadSchema(catalogue[topic].schema)) as unknown as RecordJson
    change(schema)
    const answer = await post(`/subjects/${subjectOf(topic)}/versions`, schema)
    expect(answer.status).toBe(409)
  })

  test('refuses a break with an older version that the newest hides', async () => {
    const subject = `contract-${randomUUID()}-value`
    const record = (...fields: object[]) => ({ type: 'record', name: 'Thing', namespace: 'contract', fields })
    const kept = { name: 'kept', type: 'string' }
    const size = { name: 'size', type: 'int', default: 0 }
    expect((await post(`/subjects/${subject}/versions`, record(kept))).status).toBe(200)
    expect((await post(`/subjects/${subject}/versions`, record(kept, size))).status).toBe(200)
    const hidden = record(kept, { name: 'size', type: 'int' })
    expect((await post(`/subjects/${subject}/versions`, hidden)).status).toBe(409)
  })
})

describe('what upstream registers where it publishes', () => {
  const theirs = `${topic}-value`
  const nullable = () => {
    const text = JSON.stringify(loadSchema(catalogue[topic].schema))
    return JSON.parse(
      text
        .replaceAll('"type":"string"', '"type":["null","string"]')
        .replaceAll(',"default":""', ',"default":null'),
    )
  }
  const nextVersion = () => {
    const schema = structuredClone(loadSchema(catalogue[topic].schema)) as unknown as RecordJson
    schema.fields.push({ name: `field${randomUUID().slice(0, 8)}`, type: 'string', default: '' })
    return schema
  }

  test('keeps the next version of the product out there, and not from starting', async () => {
    expect((await post(`/subjects/${theirs}/versions`, nullable())).status).toBe(200)
    const next = nextVersion()
    expect((await post(`/subjects/${theirs}/versions`, next)).status).toBe(409)
    expect((await post(`/compatibility/subjects/${subjectOf(topic)}/versions/latest`, next)).status).toBe(200)
    await registerSchemas(registryUrl)
    const upgraded = createCodec({ registryUrl })
    await upgraded.register(topicNames)
    expect(upgraded.encode(topic, event).length).toBeGreaterThan(0)
  })

  test('is read by the value: a text that may be null, and is not', async () => {
    const { id } = (await (await post(`/subjects/${theirs}/versions`, nullable())).json()) as { id: number }
    const type = avro.Type.forSchema(nullable() as avro.Schema)
    const plain = { ...type.random(), ...event, order: null, occurredAt: 0 }
    const bytes = Buffer.concat([Buffer.alloc(5), type.toBuffer(plain)])
    bytes.writeUInt32BE(id, 1)
    await codec.resolve(topic, bytes)
    expect(codec.decode(topic, bytes)).toEqual({ ...event, order: null, occurredAt: 0 })
  })
})

type RecordJson = { fields: { name: string; type: string; default?: string }[] }

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(registryUrl + path)
  expect(answer.status).toBe(200)
  return (await answer.json()) as T
}

async function post(path: string, schema: object): Promise<Response> {
  return fetch(registryUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: JSON.stringify(schema) }),
  })
}
