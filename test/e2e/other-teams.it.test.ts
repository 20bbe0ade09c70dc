import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Connection, connect, type LaneRecord, partitionOf } from '@holdpoint/chassis'
import { topicSpecs } from '@holdpoint/local'
import { type OrderEvent, toJson } from '@holdpoint/schemas'
import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServices, type TestServices, until } from '../harness/index.ts'
import { placed } from './company.ts'
import { canSendFromJava, sendFromJava } from './upstream-team.ts'

const topics = ['orders.revisions.v1', 'orders.inbound.v1.dlq'] as const
const lanes = 4
// Java fetches what it needs, compiles and starts, on a machine that is busy with the rest.
const javaWithinMs = 240_000

let services: TestServices
let kafka: Connection
const read: LaneRecord<(typeof topics)[number]>[] = []
/** Orders that come through the door all the while. */
const normal: string[] = []
const ending = new AbortController()
let load: Promise<void>

beforeAll(async () => {
  services = await startTestServices({ only: ['intake'] })
  const { kafkaBrokers, schemaRegistryUrl } = services.servers
  kafka = await connect({ brokers: kafkaBrokers.split(','), registryUrl: schemaRegistryUrl })
  await kafka.follow({
    topics,
    from: () => 0,
    onBatch: async (_topic, _partition, records) => void read.push(...records),
  })
  await kafka.codec.register(['orders.inbound.v1'])
  load = sendAllTheWhile()
})

afterAll(async () => {
  ending.abort()
  await load
  await kafka?.stop()
  await services?.stop()
})

async function sendAllTheWhile(): Promise<void> {
  while (!ending.signal.aborted) {
    const orderId = newOrder()
    // While intake is started anew nobody is at the door.
    const status = await send(orderId).catch(() => undefined)
    if (status === 202) normal.push(orderId)
    await pause(100, undefined, { signal: ending.signal }).catch(() => undefined)
  }
}

const newOrder = () => `SO-${randomUUID()}`
const newOrders = (count: number) => Array.from({ length: count }, newOrder)

async function send(orderId: string, change: Partial<OrderEvent> = {}): Promise<number> {
  const response = await fetch(`${services.intakeUrl}/v1/orders/${orderId}/events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(toJson('orders.inbound.v1', placed(orderId, change))),
  })
  return response.status
}

const of = (topic: (typeof topics)[number], orderId: string) =>
  read.filter((record) => record.topic === topic && record.key === orderId).map(({ value }) => value)
const revisions = (orderId: string) => of('orders.revisions.v1', orderId)
const letters = (orderId: string) => of('orders.inbound.v1.dlq', orderId)

const taken = (orderIds: readonly string[]) =>
  until(`${orderIds.length} orders are taken`, () => orderIds.every((id) => revisions(id).length > 0))

async function publish(
  orderId: string,
  value: Buffer,
  partition = partitionOf(orderId, lanes),
): Promise<void> {
  const publisher = await kafka.publisher()
  await publisher.sendBytes('orders.inbound.v1', [{ key: Buffer.from(orderId), value, partition }])
}

describe.skipIf(!canSendFromJava)('a Java team with a schema of its own (skipped without a JDK)', () => {
  const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
  const by = new Map(codecs.map((codec) => [codec, newOrders(25)]))
  const byCrc32 = newOrders(20)

  beforeAll(async () => {
    const packed = codecs.map((codec) => ({
      codec,
      partitioner: 'murmur2' as const,
      orderIds: by.get(codec) ?? [],
    }))
    await sendFromJava(services, [...packed, { codec: 'zstd', partitioner: 'crc32', orderIds: byCrc32 }])
  }, javaWithinMs)

  test.each(codecs)('that compresses with %s is read', async (codec) => {
    const orderIds = by.get(codec) ?? []
    await taken(orderIds)
    const [revision] = revisions(orderIds[0] as string)
    expect(revision).toMatchObject({
      cause: { source: 'parts-shop' },
      order: { currency: 'GBP', lines: [{ description: 'Bolt', quantity: '3', unitPrice: '12.5' }] },
    })
    expect(orderIds.flatMap(letters)).toEqual([])
  })

  test('that partitions as librdkafka does is told so, event by event', async () => {
    await until('each event is taken or named', () =>
      byCrc32.every((id) => revisions(id).length + letters(id).length > 0),
    )
    const refused = byCrc32.filter((id) => letters(id).length > 0)
    expect(refused.length).toBeGreaterThan(5)
    for (const id of refused) {
      expect(letters(id)).toMatchObject([{ code: 'INVALID', problems: [{ path: 'key' }] }])
      expect(JSON.stringify(letters(id))).toContain(`belongs to partition ${partitionOf(id, lanes)}`)
      expect(JSON.stringify(letters(id))).toContain('partitioner=murmur2_random')
      expect(revisions(id)).toEqual([])
    }
  })
})

test('two teams with one partitioner each: the order is what the one in its lane said', async () => {
  const orderId = newOrder()
  expect(await send(orderId)).toBe(202)
  await taken([orderId])
  const other = kafka.codec.encode(
    'orders.inbound.v1',
    placed(orderId, { kind: 'CHANGED', source: 'shop-python', eventId: 'p-1' }),
  )
  await publish(orderId, other, (partitionOf(orderId, lanes) + 1) % lanes)
  await until('the second is refused', () => letters(orderId).length > 0)
  expect(letters(orderId)).toMatchObject([{ code: 'INVALID', problems: [{ path: 'key' }] }])
  expect(revisions(orderId)).toHaveLength(1)
})

describe('a schema of no use is one dead letter, and its lane goes on', () => {
  test.each<[string, object, RegExp]>([
    [
      'JSON Schema of draft 2020-12',
      {
        schemaType: 'JSON',
        schema: '{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object"}',
      },
      /is a JSON Schema, and only Avro is read/,
    ],
    [
      'JSON Schema of draft 7',
      { schemaType: 'JSON', schema: '{"$schema":"http://json-schema.org/draft-07/schema#","type":"object"}' },
      /is a JSON Schema, and only Avro is read/,
    ],
    [
      'PROTOBUF',
      { schemaType: 'PROTOBUF', schema: 'syntax = "proto3"; message Order { string id = 1; }' },
      /is PROTOBUF, and only Avro is read/,
    ],
    [
      'another record',
      { schema: '{"type":"record","name":"Purchase","namespace":"com.parts","fields":[]}' },
      /record com.parts.Purchase, and read as record holdpoint.OrderEvent/,
    ],
  ])('%s', async (_, body, why) => {
    const id = await register(body)
    const orderId = newOrder()
    await publish(orderId, Buffer.from([0, ...idBytes(id), 2, 2]))
    expect(await send(orderId)).toBe(202)
    await taken([orderId])
    expect(letters(orderId)).toMatchObject([
      { code: 'UNDECODABLE', problems: [{ message: expect.stringMatching(why) }] },
    ])
  })

  test('an id that the registry does not have', async () => {
    const orderId = newOrder()
    await publish(orderId, Buffer.from([0, ...idBytes(2_000_000_000), 2, 2]))
    expect(await send(orderId)).toBe(202)
    await taken([orderId])
    expect(letters(orderId)).toMatchObject([{ code: 'UNDECODABLE' }])
  })

  async function register(body: object): Promise<number> {
    const response = await fetch(
      `${services.servers.schemaRegistryUrl}/subjects/other-${randomUUID()}/versions`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
        body: JSON.stringify(body),
      },
    )
    const answer = (await response.json()) as { id: number }
    expect(answer.id).toBeGreaterThan(0)
    return answer.id
  }

  function idBytes(id: number): Buffer {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(id)
    return bytes
  }
})

test('a broker that compresses everything itself changes nothing, for state that is restored either', async () => {
  const orderIds = newOrders(8)
  await compressAll('lz4')
  try {
    for (const id of orderIds) expect(await send(id)).toBe(202)
    await taken(orderIds)
    const second = await startTestServices({ only: ['intake'] })
    await services.stop()
    services = second
    for (const id of orderIds) expect(await send(id, { kind: 'CHANGED', eventId: 'e-2' })).toBe(202)
    await until('all are changed', () => orderIds.every((id) => revisions(id).length === 2))
  } finally {
    await compressAll('producer')
  }
})

/** Kafka forgets the settings that are not said again. */
async function compressAll(type: 'lz4' | 'producer'): Promise<void> {
  const brokers = services.servers.kafkaBrokers.split(',')
  const admin = new Kafka({ clientId: 'test', brokers, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  const resources = topicSpecs(lanes, 1).map(({ topic, settings }) => ({
    type: ConfigResourceTypes.TOPIC,
    name: topic,
    configEntries: Object.entries({ ...settings, 'compression.type': type }).map(([name, value]) => ({
      name,
      value,
    })),
  }))
  await admin.alterConfigs({ validateOnly: false, resources })
  await admin.disconnect()
}

test('the normal load goes on beside all of it: every event is taken', async () => {
  ending.abort()
  await load
  expect(normal.length).toBeGreaterThan(20)
  await taken(normal)
})
