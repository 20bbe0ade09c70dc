import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { connect } from '@holdpoint/chassis'
import {
  blockSize,
  createTeardown,
  freeBlock,
  planPorts,
  silent,
  startReaper,
  startStack,
  type Teardown,
} from '@holdpoint/local'
import { toJson } from '@holdpoint/schemas'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallDisk, startTestServices, type TestServices, until } from '../harness/index.ts'
import { newOrderId, placed } from './company.ts'

const disk = smallDisk(300)
const title = `Kafka, Redis, logs and data on one full disk${disk ? '' : ' (left out: only root may mount a small disk)'}`
const minutes = 60_000

describe.skipIf(!disk)(title, () => {
  const folder = disk?.folder ?? ''
  let teardown: Teardown
  let services: TestServices

  beforeAll(async () => {
    teardown = createTeardown()
    const reaper = startReaper()
    teardown.add({ stop: async () => reaper.close(), hurry: () => undefined })
    const stack = await startStack({
      project: 'holdpoint-full-disk',
      dataDir: join(folder, 'servers'),
      fresh: false,
      brokers: 1,
      lanes: 1,
      docker: false,
      withServices: false,
      ports: planPorts(await freeBlock(blockSize), 1),
      external: { kafkaBrokers: undefined, schemaRegistryUrl: undefined, redisUrl: undefined },
      progress: silent,
      reaper,
      teardown,
    })
    const { urls } = stack.servers
    services = await startTestServices({
      only: ['intake', 'sla-timer'],
      servers: urls,
      dataDir: join(folder, 'services'),
    })
  }, 5 * minutes)

  afterAll(async () => {
    await services?.stop()
    await teardown?.stop()
    disk?.remove()
  }, minutes)

  /** Raises when there is no answer within so many milliseconds. */
  async function answer(
    service: 'intake' | 'sla-timer',
    path: string,
    { withinMs = 10_000, ...init }: RequestInit & { withinMs?: number } = {},
  ) {
    const url = `${services.urlOf(service)}${path}`
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(withinMs) })
    return { status: response.status, text: await response.text() }
  }

  const send = (orderId: string, withinMs = 30_000) =>
    answer('intake', `/v1/orders/${orderId}/events`, {
      method: 'POST',
      withinMs,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(toJson('orders.inbound.v1', placed(orderId))),
    })

  async function revisionsOf(orderId: string): Promise<number> {
    const kafka = await connect({
      brokers: [services.servers.kafkaBrokers],
      registryUrl: services.servers.schemaRegistryUrl,
      clientId: `full-disk-${randomUUID()}`,
    })
    let found = 0
    for await (const record of kafka.readAll(['orders.revisions.v1'])) if (record.key === orderId) found++
    await kafka.stop()
    return found
  }

  test(
    'the door answers 503 at once, all say what they wait for, and all goes on when there is space',
    async () => {
      const [before, meanwhile, after] = [newOrderId(), newOrderId(), newOrderId()]
      expect(await send(before)).toMatchObject({ status: 202 })
      disk?.fill()
      for (const service of ['intake', 'sla-timer'] as const) {
        await until(`${service} waits for space`, async () => {
          const { status, text } = await answer(service, '/readyz')
          return status === 503 && text.includes('space')
        })
        expect((await answer(service, '/livez')).status).toBe(200)
      }
      expect(await send(meanwhile, 10_000)).toMatchObject({
        status: 503,
        text: expect.stringContaining('NO_SPACE'),
      })
      // Kafka ends when it cannot write, and that is what everybody has to come back from.
      await until(
        'intake has lost Kafka',
        async () => (await answer('intake', '/readyz')).text.includes('lanes'),
        {
          withinMs: 2 * minutes,
        },
      )
      disk?.free()
      for (const service of ['intake', 'sla-timer'] as const)
        await until(
          `${service} is ready again`,
          () =>
            answer(service, '/readyz').then(
              ({ status }) => status === 200,
              () => false,
            ),
          { withinMs: 3 * minutes },
        )
      await until('the door takes events again', async () => (await send(after)).status === 202)
      const revised = [before, meanwhile, after].map((orderId) =>
        until(`${orderId} is read`, async () => (await revisionsOf(orderId)) > 0 || orderId === meanwhile),
      )
      await Promise.all(revised)
      expect(await revisionsOf(meanwhile)).toBe(0)
      expect(await revisionsOf(before)).toBe(1)
    },
    8 * minutes,
  )
})
