import type { ChildProcess } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, connect, type Publisher } from '@holdpoint/chassis'
import { createTopics } from '@holdpoint/chassis/topics'
import {
  blockSize,
  createTeardown,
  dataRoot,
  freeBlock,
  onStopRequest,
  planPorts,
  repository,
  type ServerUrls,
  type ServiceName,
  type Services,
  startReaper,
  startServices,
  startStack,
  terminalProgress,
  urlOf,
} from '@holdpoint/local'
import { parsePolicy } from '@holdpoint/policy'
import { type PolicyVersion, sha256, topicNames } from '@holdpoint/schemas'
import { cpuSecondsOf } from './process-cpu.ts'

export const lanes = 4

/** Servers of the bench's own, and what every run of it needs. */
export interface Workbench {
  urls: ServerUrls
  connection: Connection
  publisher: Publisher
  say(text: string): void
  createTopics(names: readonly string[]): Promise<void>
  startServices(only: readonly ServiceName[]): Promise<BenchServices>
  publishPolicy(text: string): Promise<number>
  readSample(file: string): string
  /** CPU seconds that the broker has used; NaN where the system does not tell. */
  brokerCpuSeconds(): number
  /** The process ends with the bench, however that ends. */
  adopt(child: ChildProcess): void
  stop(): Promise<void>
}

export interface BenchServices extends Services {
  /** Where a service answers /metrics. */
  metricsUrl(name: ServiceName): string
}

export async function openWorkbench(): Promise<Workbench> {
  const progress = terminalProgress()
  const teardown = createTeardown()
  const reaper = startReaper()
  teardown.add({ stop: async () => reaper.close(), hurry: () => undefined })
  onStopRequest(() => teardown.stop().then(() => process.exit(130)), teardown.hurry)
  const dataDir = join(dataRoot, 'bench')
  rmSync(dataDir, { recursive: true, force: true })
  const ports = planPorts(await freeBlock(blockSize), 1)
  const external = { kafkaBrokers: undefined, schemaRegistryUrl: undefined, redisUrl: undefined }
  const { servers, logDir } = await startStack({
    project: 'holdpoint-bench',
    dataDir,
    fresh: true,
    brokers: 1,
    lanes,
    docker: true,
    withServices: false,
    ports,
    external,
    progress,
    reaper,
    teardown,
  })
  const { urls } = servers
  const connection = await connect({
    brokers: urls.kafkaBrokers.split(','),
    registryUrl: urls.schemaRegistryUrl,
    clientId: 'bench',
  })
  teardown.add({ stop: () => connection.stop(), hurry: () => undefined })
  await connection.codec.register(topicNames)
  const publisher = await connection.publisher()
  let version = 0
  return {
    urls,
    connection,
    publisher,
    say: progress.line,
    createTopics: async (names) => {
      const settings = { 'cleanup.policy': 'delete' }
      const specs = names.map((topic) => ({ topic, partitions: lanes, replicas: 1, settings }))
      await createTopics(urls.kafkaBrokers.split(','), specs)
    },
    async startServices(only) {
      const services = await startServices({
        urls,
        dataDir,
        logDir,
        ports: ports.services,
        only,
        env: { LOG_LEVEL: 'warn' },
        progress,
        supervision: { reaper, log: progress.line },
        teardown,
      })
      return { ...services, metricsUrl: (name) => `${urlOf(ports.services[name])}/metrics` }
    },
    async publishPolicy(text) {
      const read = parsePolicy(text)
      if ('errors' in read) throw new Error(`The policy has errors: ${JSON.stringify(read.errors)}`)
      version++
      await publisher.send('policy.versions.v1', [
        { key: String(version), value: policyVersion(version, text) },
      ])
      return version
    },
    brokerCpuSeconds: () => cpuSecondsOf(servers.pid('kafka-1')),
    readSample: (file) => readFileSync(join(repository, 'infra', 'samples', file), 'utf8'),
    adopt: (child) => {
      if (child.pid) reaper.watch(child.pid)
    },
    stop: teardown.stop,
  }
}

function policyVersion(version: number, text: string): PolicyVersion {
  const by = { subject: 'bench', name: 'Bench', roles: ['policy-author'] }
  return {
    version,
    title: 'Bench',
    text,
    digest: sha256(text),
    changes: [],
    by,
    reason: 'measuring',
    at: Date.now(),
  }
}
