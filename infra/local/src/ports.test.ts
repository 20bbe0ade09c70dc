import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isFree } from '../bootstrap/ports.mjs'
import { blockSize, namedPorts, planPorts } from './port-plan.ts'
import { freeBlock, host, requireFree } from './ports.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

function listen(port: number, at: string = host): Promise<void> {
  const server = createServer()
  servers.push(server)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, at, resolve)
  })
}

test('a port is free until somebody listens on it', async () => {
  const port = await freeBlock(10)
  expect(await isFree(port)).toBe(true)
  await listen(port)
  expect(await isFree(port)).toBe(false)
})

test('a port that is taken on every address is not free', async () => {
  const port = await freeBlock(10)
  await listen(port, '0.0.0.0')
  expect(await isFree(port)).toBe(false)
})

test('a taken port is named together with whose it would be and what to do', async () => {
  const base = await freeBlock(blockSize)
  const plan = planPorts(base, 1)
  await listen(plan.registry.api)
  const { registry, redis } = namedPorts(plan).servers
  await expect(requireFree([...redis, ...registry])).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringMatching(
      new RegExp(`port ${plan.registry.api} \\(registry, moved by --registry-port\\).*--port-base`),
    ),
  })
})

test('a free block has no taken port in it', async () => {
  const base = await freeBlock(10, () => 0)
  await listen(base + 3)
  expect(await freeBlock(10, () => 0)).toBe(base + 10)
})

test('no two ports of a plan are the same', () => {
  const { servers: own, services, console: pages } = namedPorts(planPorts(19_000, 3))
  const ports = [...Object.values(own).flat(), ...services, pages].map((one) => one.port)
  expect(new Set(ports).size).toBe(ports.length)
})

test('a single port moves alone', () => {
  const moved = planPorts(19_000, 1, { kafka: 9092, desk: 8080 })
  expect(moved.kafka[0]?.broker).toBe(9092)
  expect(moved.services.desk).toBe(8080)
  expect({ ...moved, kafka: [], services: {} }).toEqual({ ...planPorts(19_000, 1), kafka: [], services: {} })
})
