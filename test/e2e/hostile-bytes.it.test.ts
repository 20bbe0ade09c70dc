import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, connect, type LaneRecord, partitionOf } from '@holdpoint/chassis'
import { toJson } from '@holdpoint/schemas'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { environment } from '../harness/config.ts'
import { startTestServices, type TestServices, until } from '../harness/index.ts'
import { placed } from './company.ts'
import { type Hostile, type HostileSchema, hostile } from './hostile-bytes.ts'
import { RawProducer } from './raw-producer.ts'

const topics = ['orders.revisions.v1', 'orders.inbound.v1.dlq'] as const
const inbound = 'orders.inbound.v1'
const lanes = 4
const count = 200

let services: TestServices
let kafka: Connection
let raw: RawProducer
const read: LaneRecord<(typeof topics)[number]>[] = []

beforeAll(async () => {
  services = await startTestServices({ only: ['intake'] })
  const { kafkaBrokers, schemaRegistryUrl } = services.servers
  kafka = await connect({ brokers: kafkaBrokers.split(','), registryUrl: schemaRegistryUrl })
  await kafka.follow({
    topics,
    from: () => 0,
    onBatch: async (_topic, _partition, records) => void read.push(...records),
  })
  await kafka.codec.register([inbound])
  raw = await RawProducer.open(kafkaBrokers.split(',')[0] as string)
})

afterAll(async () => {
  raw?.close()
  await kafka?.stop()
  await services?.stop()
})

test('whatever schemas and batches come, every lane goes on and no process ends', {
  timeout: 180_000,
}, async () => {
  const seed = Number(environment.HOLDPOINT_HOSTILE_SEED ?? Math.floor(Math.random() * 2 ** 31))
  console.info(`hostile bytes: HOLDPOINT_HOSTILE_SEED=${seed}`)
  const started = await startOfProcess()
  const given = fc.sample(hostile, { numRuns: count, seed })
  const ids = await registered(given.filter((each) => each.kind === 'schema'))
  const sent: { what: string; partition: number; refused: number }[] = []
  for (const [i, each] of given.entries()) sent.push(await sendOne(each, i % lanes, ids))
  try {
    for (let lane = 0; lane < lanes; lane++) await soundEventIsTaken(lane)
  } catch (error) {
    console.error(endOfLog())
    throw error
  }
  expect(await startOfProcess()).toBe(started)
  const stored = sent.filter(({ refused }) => refused === 0)
  console.info(`hostile bytes: ${stored.length} of ${count} are in the topic, the broker refused the rest`)
  expect(stored.length).toBeGreaterThan(count / 2)
})

/** Gives Kafka's error code beside what was sent. */
async function sendOne(each: Hostile, partition: number, ids: ReadonlyMap<HostileSchema, number>) {
  const key = Buffer.from(keyOf(partition))
  if (each.kind === 'batch') {
    const value = kafka.codec.encode(inbound, placed(key.toString()))
    return {
      what: each.what,
      partition,
      refused: await raw.produce(inbound, partition, each.make(key, value)),
    }
  }
  const header = Buffer.alloc(5)
  header.writeUInt32BE(ids.get(each) ?? 2_000_000_000, 1)
  const publisher = await kafka.publisher()
  await publisher.sendBytes(inbound, [{ key, value: Buffer.concat([header, each.value]), partition }])
  return { what: each.what, partition, refused: 0 }
}

/** An order id of the lane. */
function keyOf(lane: number): string {
  for (;;) {
    const key = `HB-${randomUUID()}`
    if (partitionOf(key, lanes) === lane) return key
  }
}

/** The ids that the registry gave; it refuses some. */
async function registered(schemas: readonly HostileSchema[]): Promise<Map<HostileSchema, number>> {
  const ids = new Map<HostileSchema, number>()
  const rest = [...schemas]
  const work = async () => {
    for (let next = rest.pop(); next; next = rest.pop()) {
      const id = await register(next.body)
      if (id !== undefined) ids.set(next, id)
    }
  }
  await Promise.all([work(), work(), work(), work()])
  return ids
}

async function register(body: object): Promise<number | undefined> {
  const subject = `hostile-${randomUUID()}`
  const response = await fetch(`${services.servers.schemaRegistryUrl}/subjects/${subject}/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify(body),
  })
  return response.ok ? ((await response.json()) as { id: number }).id : undefined
}

async function soundEventIsTaken(lane: number): Promise<void> {
  const orderId = keyOf(lane)
  const response = await fetch(`${services.intakeUrl}/v1/orders/${orderId}/events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(toJson(inbound, placed(orderId))),
  })
  expect(response.status).toBe(202)
  await until(
    `lane ${lane} takes a sound event behind all of them`,
    () => read.some(({ topic, key }) => topic === 'orders.revisions.v1' && key === orderId),
    { withinMs: 60_000 },
  )
}

/** When intake's process was started; another one after it was started again. */
async function startOfProcess(): Promise<string | undefined> {
  const metrics = await (await fetch(`${services.intakeUrl}/metrics`)).text()
  const started = /^process_start_time_seconds(?:\{[^}]*\})? (\S+)$/m.exec(metrics)?.[1]
  expect(started).toBeDefined()
  return started
}

/** What intake said last, to see what a lane waits for. */
function endOfLog(): string {
  return readFileSync(join(services.logDir, 'intake.log'), 'utf8').split('\n').slice(-40).join('\n')
}
