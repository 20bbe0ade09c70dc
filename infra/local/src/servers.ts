import { brokersUp } from '@holdpoint/chassis/topics'
import type { ExternalServers } from './config.ts'
import { StackError } from './errors.ts'
import { findJava } from './java.ts'
import { type Fetchable, fetched, isFetched } from './maven.ts'
import type { ServerPorts } from './port-plan.ts'
import { host } from './ports.ts'
import type { Progress } from './progress.ts'
import { kafkaJars, kafkaNode } from './servers/kafka.ts'
import { redisCommand, redisServer, redisUrl } from './servers/redis.ts'
import { registryFiles, registryServer, registryUrl } from './servers/registry.ts'
import { javaNeeded, versions } from './settings.ts'
import { type SupervisedChild, type Supervision, supervise } from './supervise.ts'
import type { Teardown } from './teardown.ts'

export type ServerUrls = { kafkaBrokers: string; schemaRegistryUrl: string; redisUrl: string }

export type ServersOptions = {
  dataDir: string
  logDir: string
  /** Where fetched servers are kept. */
  library: string
  ports: ServerPorts
  /** Of the brokers, by Kafka's own names, instead of what they are set to everywhere; for tests. */
  kafkaSettings?: Readonly<Record<string, string>>
  external: ExternalServers
  progress: Progress
  supervision: Supervision
  teardown: Teardown
}

/** Kafka, the registry and Redis. A server that runs elsewhere cannot be killed or started (NOT_OURS). */
export type Servers = {
  urls: ServerUrls
  /** `kafka-1` …, `registry`, `redis`. */
  names: () => string[]
  pid: (name: string) => number | undefined
  /** SIGKILL; it stays down until `start`. */
  kill: (name: string) => Promise<void>
  /** Resolves when it serves again. */
  start: (name: string) => Promise<void>
  stop: () => Promise<void>
  hurry: () => void
}

/** Brings the three up side by side, without Docker; what `external` names is used instead. */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const { external, teardown } = options
  const children: SupervisedChild[] = []
  const run = async (child: SupervisedChild) => {
    if (teardown.stopping()) return
    children.push(child)
    await child.start()
  }
  const servers = controls(children)
  teardown.add(servers)
  const [kafkaBrokers, schemaRegistryUrl, redis] = await Promise.all([
    external.kafkaBrokers ?? startKafka(options, run),
    external.schemaRegistryUrl ?? startRegistry(options, run),
    external.redisUrl ?? startRedis(options, run),
  ])
  return { ...servers, urls: { kafkaBrokers, schemaRegistryUrl, redisUrl: redis } }
}

type Run = (child: SupervisedChild) => Promise<void>

async function startKafka(options: ServersOptions, run: Run): Promise<string> {
  const { ports, progress, supervision, dataDir, logDir, kafkaSettings: settings } = options
  const java = findJava(javaNeeded.kafka).path
  const jars = await fetchWithProgress(kafkaJars, 'Fetching Kafka (44 MB)', options)
  const urls = ports.kafka.map((port) => `${host}:${port.broker}`)
  await progress.step(`Kafka ${versions.kafka}`, async (detail) => {
    const nodes = ports.kafka.map((_, index) =>
      kafkaNode({ java, jars, dataDir, logDir, id: index + 1, cluster: ports.kafka, settings }),
    )
    await Promise.all((await Promise.all(nodes)).map((node) => run(supervise(node, supervision))))
    await untilAllBrokers(urls)
    detail(`at ${urls.join(',')}`)
  })
  return urls.join(',')
}

/** Says so only when there is something to fetch. */
function fetchWithProgress(wanted: Fetchable, title: string, { library, progress }: ServersOptions) {
  if (isFetched(wanted, library)) return fetched(wanted, library)
  return progress.step(title, () => fetched(wanted, library))
}

/** Long, for a machine that is busy with other things; a server that dies is noticed at once. */
const joinWithinMs = 180_000

async function untilAllBrokers(urls: readonly string[]): Promise<void> {
  const deadline = Date.now() + joinWithinMs
  while ((await brokersUp(urls)) < urls.length) {
    if (Date.now() > deadline) {
      throw new StackError(
        'NOT_READY',
        `Not all ${urls.length} brokers joined the cluster within ${joinWithinMs / 1000} s.`,
      )
    }
  }
}

async function startRegistry(options: ServersOptions, run: Run): Promise<string> {
  const java = findJava(javaNeeded.registry).path
  const files = await fetchWithProgress(registryFiles, 'Fetching the registry (159 MB)', options)
  const { dataDir, logDir, ports, progress, supervision } = options
  const url = registryUrl(ports.registry)
  await progress.step(`Registry ${versions.registry}`, async (detail) => {
    await run(supervise(registryServer({ java, files, dataDir, logDir, port: ports.registry }), supervision))
    detail(`at ${url}`)
  })
  return url
}

async function startRedis(options: ServersOptions, run: Run): Promise<string> {
  const command = await redisCommand(options.library)
  const { dataDir, logDir, ports, progress, supervision } = options
  const url = redisUrl(ports.redis)
  await progress.step('Redis', async (detail) => {
    await run(supervise(redisServer({ command, dataDir, logDir, port: ports.redis }), supervision))
    detail(`at ${url}`)
  })
  return url
}

function controls(children: readonly SupervisedChild[]): Omit<Servers, 'urls'> {
  const one = (name: string) => {
    const child = children.find((candidate) => candidate.name === name)
    if (child) return child
    const names = children.map((candidate) => candidate.name).join(', ') || 'none'
    throw new StackError('NOT_OURS', `${name} is not a server that this stack started; these are: ${names}.`)
  }
  return {
    names: () => children.map((child) => child.name),
    pid: (name) => one(name).pid(),
    kill: (name) => one(name).kill(),
    start: (name) => one(name).start(),
    async stop() {
      await Promise.all(children.map((child) => child.stop()))
    },
    hurry() {
      for (const child of children) child.hurry()
    },
  }
}
