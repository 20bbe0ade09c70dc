import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExternalServers } from './config.ts'
import { dockerAnswers, startDockerServers } from './docker.ts'
import { StackError } from './errors.ts'
import { shown } from './failure.ts'
import { libraryFolder } from './folders.ts'
import { type Lock, tryLock } from './lock.ts'
import { namedPorts, type PortPlan } from './port-plan.ts'
import { type NamedPort, requireFree } from './ports.ts'
import type { Progress } from './progress.ts'
import type { Reaper } from './reaper.ts'
import { type Servers, type ServerUrls, startServers } from './servers.ts'
import { requireSpace } from './space.ts'
import { startOver } from './start-over.ts'
import type { Teardown } from './teardown.ts'
import { prepareTopics } from './topics.ts'

export type StackOptions = {
  /** Names the containers, where there are any. */
  project: string
  dataDir: string
  fresh: boolean
  brokers: number
  /** What the folder was begun with, or 4, when not said. */
  lanes: number | undefined
  /** Whether a Docker engine may be used. */
  docker: boolean
  ports: PortPlan
  /** Whether the services' ports have to be free too. */
  withServices: boolean
  /** Others that have to be free. */
  alsoFree?: readonly NamedPort[]
  external: ExternalServers
  /** Called when the servers are up, before there are topics and schemas. */
  onServers?: (urls: ServerUrls, logDir: string) => void
  progress: Progress
  reaper: Reaper
  teardown: Teardown
}

export type Stack = {
  servers: Servers
  logDir: string
  /** How often a stack was started on this folder before. */
  startsBefore: number
}

const defaultLanes = 4

/** Kafka, the registry and Redis, with the topics and schemas of the catalogue. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, teardown, progress } = options
  const lock = lockFolder(dataDir)
  teardown.add({ stop: async () => lock.release(), hurry: () => undefined })
  await requireFree(portsNeeded(options))
  if (options.fresh) await startOver(dataDir, progress.line)
  requireSpace(dataDir)
  const begun = beginFolder(options)
  const logDir = join(dataDir, 'logs')
  const servers = await startAnyServers(options, logDir)
  options.onServers?.(servers.urls, logDir)
  await progress.step('Topics and schemas', async (detail) => {
    const created = await prepareTopics(servers.urls, begun)
    detail(created > 0 ? `${created} new` : 'all there')
  })
  return { servers, logDir, startsBefore: begun.starts - 1 }
}

function startAnyServers(options: StackOptions, logDir: string): Promise<Servers> {
  const { dataDir, reaper, progress, external, brokers } = options
  const common = {
    dataDir,
    logDir,
    external,
    progress,
    teardown: options.teardown,
    library: libraryFolder,
    ports: options.ports,
    supervision: { reaper, log: progress.line },
  }
  const allElsewhere = external.kafkaBrokers && external.schemaRegistryUrl && external.redisUrl
  // docker-compose.yml has one broker.
  if (options.docker && brokers === 1 && !allElsewhere && dockerAnswers()) {
    return startDockerServers({ ...common, project: options.project, fresh: options.fresh, reaper })
  }
  return startServers(common)
}

function portsNeeded({ ports, external, withServices, alsoFree = [] }: StackOptions): NamedPort[] {
  const { servers, services } = namedPorts(ports)
  return [
    ...(external.kafkaBrokers ? [] : servers.kafka),
    ...(external.schemaRegistryUrl ? [] : servers.registry),
    ...(external.redisUrl ? [] : servers.redis),
    ...(withServices ? services : []),
    ...alsoFree,
  ]
}

/** The lock lies beside the folder, so that a fresh start does not delete it. */
function lockFolder(dataDir: string): Lock {
  const result = tryLock(`${dataDir}.lock`)
  if ('release' in result) return result
  throw new StackError(
    'ALREADY_RUNNING',
    `A stack already runs on ${shown(dataDir)} (process ${result.pid}): go on with that one, or end it first with ` +
      `Ctrl-C in its terminal or with kill ${result.pid}.`,
  )
}

type Begun = { brokers: number; lanes: number; starts: number }

/** Remembers with what the folder was begun: its topics and replicas depend on it. */
function beginFolder({ dataDir, brokers, lanes }: StackOptions): Begun {
  const path = join(dataDir, 'stack.json')
  const begun = readBegun(path) ?? { brokers, lanes: lanes ?? defaultLanes, starts: 0 }
  requireSame('brokers', begun.brokers, brokers)
  if (lanes !== undefined) requireSame('lanes', begun.lanes, lanes)
  const now = { ...begun, starts: begun.starts + 1 }
  mkdirSync(dataDir, { recursive: true })
  // Orders, mails, logs and keys lie below: for their owner's eyes only, also where others were let in before.
  chmodSync(dataDir, 0o700)
  writeFileSync(path, JSON.stringify(now))
  return now
}

function readBegun(path: string): Begun | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Begun) : undefined
}

function requireSame(what: 'brokers' | 'lanes', begun: number, asked: number): void {
  if (begun === asked) return
  throw new StackError(
    'OTHER_LAYOUT',
    `What is kept was begun with ${begun} ${what} and ${asked} are asked for: ` +
      `say --${what} ${begun} to go on with it, or --fresh to start over.`,
  )
}
