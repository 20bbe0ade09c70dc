import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { brokersUp } from '@holdpoint/chassis/topics'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { externalServers } from './config.ts'
import { blockSize, planPorts } from './port-plan.ts'
import { freeBlock, host } from './ports.ts'
import { identify, isAlive } from './process-identity.ts'
import { silent } from './progress.ts'
import { startReaper } from './reaper.ts'
import type { ServerUrls } from './servers.ts'
import { type StackOptions, startStack } from './stack.ts'
import { createTeardown, type Teardown } from './teardown.ts'

let folder: string
let teardown: Teardown
const parents: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdpoint-stack-'))
  teardown = createTeardown()
})

afterEach(async () => {
  await teardown.stop()
  for (const parent of parents.splice(0)) parent.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

function stackOn(base: number, some: Partial<StackOptions> = {}): StackOptions {
  const reaper = startReaper()
  teardown.add({ stop: async () => reaper.close(), hurry: () => undefined })
  return {
    project: 'holdpoint-it',
    dataDir: join(folder, 'data'),
    fresh: false,
    brokers: 1,
    lanes: 2,
    docker: false,
    withServices: false,
    ports: planPorts(base, 1),
    external: externalServers({}),
    progress: silent,
    reaper,
    teardown,
    ...some,
  }
}

type Told = { urls: ServerUrls; pids: Record<string, number> }

/** A process of its own that brings the servers up. */
async function parentOfStack(base: number, brokers = 1): Promise<{ parent: ChildProcess; told: Told }> {
  const program = join(import.meta.dirname, 'test-programs', 'parent-of-stack.ts')
  const args = [program, join(folder, 'data'), String(base), String(brokers)]
  const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  parents.push(parent)
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
  return { parent, told: JSON.parse(line) as Told }
}

const identities = (told: Told) => Object.values(told.pids).map((pid) => identify(pid))

test('after a SIGKILL of the parent no server is left, and a second start goes on', async () => {
  const base = await freeBlock(blockSize)
  const { parent, told } = await parentOfStack(base)
  const servers = identities(told)
  expect(Object.keys(told.pids).sort()).toEqual(['kafka-1', 'redis', 'registry'])
  expect(servers.every((server) => server && isAlive(server))).toBe(true)
  parent.kill('SIGKILL')
  await vi.waitFor(() => expect(servers.some((server) => server && isAlive(server))).toBe(false), {
    timeout: 20_000,
    interval: 100,
  })
  const again = await startStack(stackOn(base, { lanes: undefined }))
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
  expect(again.servers.urls).toEqual(told.urls)
}, 120_000)

test('SIGTERM stops every server before the parent ends', async () => {
  const { parent, told } = await parentOfStack(await freeBlock(blockSize))
  const servers = identities(told)
  parent.kill('SIGTERM')
  const [code] = (await once(parent, 'exit')) as [number]
  expect(code).toBe(0)
  expect(servers.some((server) => server && isAlive(server))).toBe(false)
}, 120_000)

test('a killed broker stays down until it is started, a crashed one comes back by itself', async () => {
  const { servers } = await startStack(stackOn(await freeBlock(blockSize)))
  const brokers = servers.urls.kafkaBrokers.split(',')
  await servers.kill('kafka-1')
  expect(await brokersUp(brokers)).toBe(0)
  await servers.start('kafka-1')
  await vi.waitFor(async () => expect(await brokersUp(brokers)).toBe(1), { timeout: 20_000 })
  process.kill(servers.pid('redis') ?? 0, 'SIGKILL')
  await vi.waitFor(() => expect(servers.pid('redis')).toBeUndefined(), { timeout: 5_000, interval: 10 })
  await vi.waitFor(() => expect(servers.pid('redis')).toBeDefined(), { timeout: 10_000 })
  expect(() => servers.kill('kafka-9')).toThrow(/kafka-9 is not a server.*kafka-1/)
}, 120_000)

test('three brokers form one cluster', async () => {
  const base = await freeBlock(blockSize)
  const { servers } = await startStack(stackOn(base, { brokers: 3, ports: planPorts(base, 3) }))
  expect(await brokersUp(servers.urls.kafkaBrokers.split(','))).toBe(3)
}, 180_000)

test('a taken port is named before anything is started', async () => {
  const base = await freeBlock(blockSize)
  const squatter = createServer().listen(base + 92, host)
  await once(squatter, 'listening')
  try {
    await expect(startStack(stackOn(base))).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(`port ${base + 92} (Kafka broker 1, moved by --kafka-port)`),
    })
  } finally {
    squatter.close()
  }
})

test('two stacks on one folder: the second is told of the first', async () => {
  const base = await freeBlock(blockSize)
  await parentOfStack(base)
  await expect(startStack(stackOn(base))).rejects.toMatchObject({ code: 'ALREADY_RUNNING' })
}, 120_000)
