import { randomUUID } from 'node:crypto'
import { type Connection, connect, type LaneRecord } from '@holdpoint/chassis'
import { toJson } from '@holdpoint/schemas'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServices, type TestServices, until } from '../../../test/harness/index.ts'
import { sampleCorrection, sampleEvent } from './testing/sample-inputs.ts'

const topics = ['orders.revisions.v1', 'orders.inbound.v1.dlq'] as const
type Read = (typeof topics)[number]

let services: TestServices
let kafka: Connection
const read: LaneRecord<Read>[] = []

beforeAll(async () => {
  services = await startTestServices({ only: ['intake'] })
  const { kafkaBrokers, schemaRegistryUrl } = services.servers
  kafka = await connect({ brokers: kafkaBrokers.split(','), registryUrl: schemaRegistryUrl })
  await kafka.follow({
    topics,
    from: () => 0,
    onBatch: async (_topic, _partition, records) => void read.push(...records),
  })
})

afterAll(async () => {
  await kafka?.stop()
  await services?.stop()
})

const newOrder = () => `SO-${randomUUID()}`

/** An event of the order that happens now, sent through the HTTP door. */
async function send(orderId: string, change: Parameters<typeof sampleEvent>[0] = {}): Promise<number> {
  const event = sampleEvent({ orderId, ...change })
  const response = await fetch(`${services.intakeUrl}/v1/orders/${orderId}/events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(toJson('orders.inbound.v1', event)),
  })
  return response.status
}

/** What the order's lane has published, once it is as much as `count`. */
function published(topic: Read, orderId: string, count: number) {
  return until(`${count} of ${topic}`, () => {
    const found = read.filter((record) => record.topic === topic && record.key === orderId)
    return found.length >= count ? found.map((record) => record.value) : undefined
  })
}

test('an event through the door becomes one revision, sent twice or not', async () => {
  const orderId = newOrder()
  expect(await send(orderId)).toBe(202)
  expect(await send(orderId)).toBe(202)
  expect(await send(orderId, { eventId: 'e-2', kind: 'CHANGED', facts: { gift: 'yes' } })).toBe(202)
  expect(await published('orders.revisions.v1', orderId, 2)).toMatchObject([
    { orderId, revision: 1, cause: { eventId: 'e-1' } },
    { orderId, revision: 2, cause: { eventId: 'e-2' }, facts: { gift: 'yes' } },
  ])
})

test('a correction of the router becomes a revision', async () => {
  const orderId = newOrder()
  expect(await send(orderId)).toBe(202)
  await published('orders.revisions.v1', orderId, 1)
  const publisher = await kafka.publisher()
  await publisher.send('orders.corrections.v1', [{ key: orderId, value: sampleCorrection({ orderId }) }])
  const [, corrected] = await published('orders.revisions.v1', orderId, 2)
  expect(corrected).toMatchObject({
    revision: 2,
    order: { shipping: { city: 'York' } },
    changes: [{ path: 'shipping.city', from: 'Whitby', to: 'York', origin: 'CORRECTION', by: 'sam' }],
  })
})

test('what cannot be taken is a dead letter with its original bytes, and its order goes on', async () => {
  const orderId = newOrder()
  const publisher = await kafka.publisher()
  const noAvro = Buffer.from('{"kind":"PLACED"}')
  await publisher.sendBytes('orders.inbound.v1', [{ key: Buffer.from(orderId), value: noAvro }])
  expect(await send(orderId)).toBe(202)
  expect(await send(orderId, { facts: { gift: 'yes' } })).toBe(202)
  expect(await published('orders.inbound.v1.dlq', orderId, 2)).toMatchObject([
    { code: 'UNDECODABLE', topic: 'orders.inbound.v1', value: noAvro },
    { code: 'CONFLICT', problems: [{ path: 'eventId' }] },
  ])
  expect(await published('orders.revisions.v1', orderId, 1)).toHaveLength(1)
})
