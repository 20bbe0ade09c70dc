import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, connect, type Publisher } from '@holdpoint/chassis'
import {
  blockSize,
  createTeardown,
  dataRoot,
  freeBlock,
  onStopRequest,
  planPorts,
  repository,
  type Servers,
  type ServiceName,
  type Services,
  silent,
  startReaper,
  startServices,
  startStack,
  terminalProgress,
  urlOf,
} from '@holdpoint/local'
import { parse } from 'yaml'
import { signIn } from '../e2e/person.ts'
import { until } from '../harness/index.ts'

/** The whole product on servers of its own, with rules in force, to be struck at. */
export interface Company {
  servers: Servers
  services: Services
  kafka: Connection
  upstream: Publisher
  deskUrl: string
  /** Everything of this run lies here. */
  folder: string
  /** Subjects of the people by their roles. */
  people: ReadonlyMap<string, string>
  /** Starts another instance of a service, which takes its share of the lanes. */
  standIn(name: ServiceName): Promise<Services>
  say(line: string): void
  stop(): Promise<void>
}

export async function openCompany(): Promise<Company> {
  const progress = terminalProgress()
  const teardown = createTeardown()
  const reaper = startReaper()
  teardown.add({ stop: async () => reaper.close(), hurry: () => undefined })
  onStopRequest(() => void teardown.stop().finally(() => process.exit(130)), teardown.hurry)
  const folder = join(dataRoot, 'chaos')
  rmSync(folder, { recursive: true, force: true })
  const ports = planPorts(await freeBlock(blockSize), 1)
  const common = { progress, reaper, teardown }
  const { servers, logDir } = await startStack({
    ...common,
    project: 'holdpoint-chaos',
    dataDir: folder,
    fresh: true,
    brokers: 1,
    lanes: 4,
    // What is killed here are processes of this machine.
    docker: false,
    withServices: false,
    ports,
    external: { kafkaBrokers: undefined, schemaRegistryUrl: undefined, redisUrl: undefined },
  })
  const { urls } = servers
  const kafka = await connect({ brokers: urls.kafkaBrokers.split(','), registryUrl: urls.schemaRegistryUrl })
  teardown.add({ stop: () => kafka.stop(), hurry: () => undefined })
  const settings = {
    urls,
    dataDir: folder,
    logDir,
    ports: ports.services,
    env: { LOG_LEVEL: 'info' },
    supervision: { reaper, log: progress.line },
    teardown,
  }
  const services = await startServices({ ...settings, progress })
  mkdirSync(join(folder, 'recording'), { recursive: true })
  const deskUrl = urlOf(ports.services.desk)
  const people = await progress.step('Policy and roster', () => publishRules(deskUrl))
  await until('the registry answers', () =>
    kafka.codec.register(['orders.inbound.v1']).then(
      () => true,
      () => false,
    ),
  )
  const upstream = await kafka.publisher()
  const standIn = async (name: ServiceName) => {
    const beside = join(folder, 'stand-in')
    mkdirSync(join(beside, 'logs'), { recursive: true })
    const others = planPorts(await freeBlock(blockSize), 1)
    const place = { dataDir: beside, logDir: join(beside, 'logs'), ports: others.services }
    return startServices({ ...settings, ...place, only: [name], progress: silent })
  }
  const { stop } = teardown
  return { servers, services, kafka, upstream, deskUrl, folder, people, standIn, say: progress.line, stop }
}

/** The policy for the retail orders with a deadline so short that some cases escalate within the run. */
async function publishRules(deskUrl: string): Promise<Map<string, string>> {
  const admin = await signIn(deskUrl, 'admin')
  const text = sample('retail.policy.yaml').replaceAll(/answer-within: .*/g, 'answer-within: 1 minute')
  await admin.post('/policy', { text, reason: 'For chaos' })
  await admin.post('/roster', { text: sample('roster.yaml'), reason: 'For chaos' })
  const { people } = parse(sample('roster.yaml')) as { people: { subject: string; roles: string[] }[] }
  await until('the roster is known', async () => {
    const response = await fetch(`${deskUrl}/api/v1/people`)
    const known = (await response.json()) as { people: { subject: string }[] }
    return people.every(({ subject }) => known.people.some((person) => person.subject === subject))
  })
  return new Map(people.flatMap(({ subject, roles }) => roles.map((role) => [role, subject])))
}

const sample = (file: string) => readFileSync(join(repository, 'infra', 'samples', file), 'utf8')
