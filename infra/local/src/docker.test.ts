import { beforeEach, expect, test } from 'vitest'
import { type RunDocker, startDockerServers } from './docker.ts'
import { planPorts } from './port-plan.ts'
import { silent } from './progress.ts'
import { createTeardown } from './teardown.ts'

let calls: { args: string; env: Record<string, string> }[]
let atEnd: readonly string[]

const run: RunDocker = async (args, env) => {
  calls.push({ args: args.join(' ').replace(/-f \S+/, '-f FILE'), env })
}
const reaper = {
  watch: () => undefined,
  forget: () => undefined,
  atEnd: (command: readonly string[]) => {
    atEnd = command
  },
  close: () => undefined,
}
const nothingElsewhere = { kafkaBrokers: undefined, schemaRegistryUrl: undefined, redisUrl: undefined }

beforeEach(() => {
  calls = []
  atEnd = []
})

function start(
  external = nothingElsewhere as Parameters<typeof startDockerServers>[0]['external'],
  fresh = false,
) {
  return startDockerServers(
    {
      dataDir: '/data',
      logDir: '/logs',
      library: '/lib',
      ports: planPorts(21_000, 1),
      external,
      progress: silent,
      supervision: { reaper, log: () => undefined },
      teardown: createTeardown(),
      project: 'holdpoint',
      fresh,
      reaper,
    },
    run,
  )
}

test('containers come up on the ports of the plan', async () => {
  const { urls } = await start()
  expect(calls).toEqual([
    {
      args: 'compose -p holdpoint -f FILE up --detach --wait kafka-1 registry redis',
      env: { HOLDPOINT_KAFKA_PORT: '21092', HOLDPOINT_REGISTRY_PORT: '21081', HOLDPOINT_REDIS_PORT: '21079' },
    },
  ])
  expect(urls).toEqual({
    kafkaBrokers: '127.0.0.1:21092',
    schemaRegistryUrl: 'http://127.0.0.1:21081/apis/ccompat/v7',
    redisUrl: 'redis://127.0.0.1:21079',
  })
})

test('a server that runs elsewhere gets no container', async () => {
  const { urls, names } = await start({ ...nothingElsewhere, kafkaBrokers: 'there:9092' })
  expect(calls.map((call) => call.args)).toEqual([
    'compose -p holdpoint -f FILE up --detach --wait registry redis',
  ])
  expect(urls.kafkaBrokers).toBe('there:9092')
  expect(names()).toEqual(['registry', 'redis'])
})

test('a fresh start deletes the volumes first', async () => {
  await start(nothingElsewhere, true)
  expect(calls[0]?.args).toBe('compose -p holdpoint -f FILE down --volumes')
})

test('the reaper takes the containers down unless we did', async () => {
  const servers = await start()
  expect(atEnd.join(' ')).toMatch(/^docker compose -p holdpoint -f \S+ down --timeout 10$/)
  await servers.stop()
  expect(atEnd).toEqual([])
  expect(calls.at(-1)?.args).toBe('compose -p holdpoint -f FILE down --timeout 10')
})

test('one container is killed and started by its name; another name is refused', async () => {
  const servers = await start()
  await servers.kill('kafka-1')
  await servers.start('kafka-1')
  expect(calls.slice(1).map((call) => call.args)).toEqual([
    'compose -p holdpoint -f FILE kill --signal KILL kafka-1',
    'compose -p holdpoint -f FILE up --detach --wait kafka-1',
  ])
  expect(() => servers.kill('kafka-2')).toThrow(/kafka-2 is not a container.*kafka-1, registry, redis/)
})
