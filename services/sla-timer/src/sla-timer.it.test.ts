import { randomUUID } from 'node:crypto'
import { type Connection, connect, type Publisher, partitionOf } from '@holdpoint/chassis'
import type { TimerFired } from '@holdpoint/schemas'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServices, type TestServices, until } from '../../../test/harness/index.ts'
import { connectRedis } from './edge/redis-connection.ts'
import { timer } from './testing/schedule.ts'

const lanes = 4

let services: TestServices
let kafka: Connection
let publisher: Publisher
const fires: TimerFired[] = []

beforeAll(async () => {
  services = await startTestServices({ only: ['sla-timer'] })
  const { kafkaBrokers, schemaRegistryUrl } = services.servers
  kafka = await connect({ brokers: kafkaBrokers.split(','), registryUrl: schemaRegistryUrl })
  publisher = await kafka.publisher()
  await kafka.follow({
    topics: ['timers.fired.v1'],
    from: () => 0,
    onBatch: async (_topic, partition, records) => {
      for (const { value } of records) if (value && partition === laneOf(value.orderId)) fires.push(value)
    },
  })
})

afterAll(async () => {
  await kafka?.stop()
  await services?.stop()
})

const laneOf = (orderId: string) => partitionOf(orderId, lanes)

/** Schedules timers, due one after the other from now on, and gives their ids. */
async function schedule(count: number, everyMs: number): Promise<Set<string>> {
  const run = randomUUID()
  const start = Date.now() + 500
  const timers = Array.from({ length: count }, (_, i) => timer(`${run}-${i}`, start + i * everyMs))
  const records = timers.map((value) => ({ key: value.timerId, value, partition: laneOf(value.orderId) }))
  await publisher.send('timers.schedule.v1', records)
  return new Set(timers.map(({ timerId }) => timerId))
}

const firesOf = (ids: ReadonlySet<string>) => fires.filter(({ timerId }) => ids.has(timerId))

const allFired = (ids: ReadonlySet<string>) =>
  until('all have fired', () => new Set(firesOf(ids).map(({ timerId }) => timerId)).size === ids.size)

test('timers fire in the lane of their order, once and not early', async () => {
  const ids = await schedule(50, 5)
  await allFired(ids)
  expect(firesOf(ids)).toHaveLength(50)
  expect(firesOf(ids).filter(({ dueAt, firedAt }) => firedAt < dueAt)).toEqual([])
})

test('a killed process and a wiped Redis lose no timer and fire none early', async () => {
  const redis = connectRedis(services.servers.redisUrl, () => undefined)
  await until('Redis answers', () => redis.status === 'ready')
  const ids = await schedule(400, 10)
  await until('the first have fired', () => firesOf(ids).length > 20)
  await services.kill('sla-timer')
  await services.start('sla-timer')
  await until('more have fired', () => firesOf(ids).length > 150)
  for (let lane = 0; lane < lanes; lane++)
    await redis.del(...['meta', 'due', 'timers'].map((name) => `{holdpoint:timer:${lane}}:${name}`))
  redis.disconnect()
  await allFired(ids)
  expect(firesOf(ids).filter(({ dueAt, firedAt }) => firedAt < dueAt)).toEqual([])
})
