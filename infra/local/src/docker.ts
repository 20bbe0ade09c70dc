import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { environment } from './config.ts'
import { StackError } from './errors.ts'
import { repository } from './folders.ts'
import type { ServerKind } from './port-plan.ts'
import { host } from './ports.ts'
import type { Reaper } from './reaper.ts'
import { redisUrl } from './servers/redis.ts'
import { registryUrl } from './servers/registry.ts'
import type { Servers, ServersOptions, ServerUrls } from './servers.ts'

export type RunDocker = (args: readonly string[], env: Record<string, string>) => Promise<void>

const file = join(repository, 'docker-compose.yml')
const serviceOf: Record<ServerKind, string> = { kafka: 'kafka-1', registry: 'registry', redis: 'redis' }

/** Whether an engine answers within three seconds. The client alone is not enough. */
export function dockerAnswers(): boolean {
  const asked = spawnSync('docker', ['info', '--format', '{{.ServerVersion}}'], {
    timeout: 3_000,
    encoding: 'utf8',
  })
  return asked.status === 0 && asked.stdout.trim() !== ''
}

/** The same three servers as containers of docker-compose.yml; of those that run elsewhere none is started. */
export async function startDockerServers(
  options: ServersOptions & { project: string; fresh: boolean; reaper: Reaper },
  run: RunDocker = runDocker,
): Promise<Servers> {
  const { external, ports, progress, project, reaper } = options
  const env = composePorts(options)
  const compose = (...args: string[]) => run(['compose', '-p', project, '-f', file, ...args], env)
  const wanted = wantedServices(options)
  const down = ['compose', '-p', project, '-f', file, 'down', '--timeout', '10']
  reaper.atEnd(wanted.length > 0 ? ['docker', ...down] : [])
  const containers = controls(wanted, compose, reaper)
  options.teardown.add(containers)
  if (options.fresh) await compose('down', '--volumes')
  if (wanted.length > 0) {
    await progress.step(`Docker: ${wanted.join(', ')}`, () => compose('up', '--detach', '--wait', ...wanted))
  }
  const urls: ServerUrls = {
    kafkaBrokers: external.kafkaBrokers ?? `${host}:${ports.kafka[0]?.broker}`,
    schemaRegistryUrl: external.schemaRegistryUrl ?? registryUrl(ports.registry),
    redisUrl: external.redisUrl ?? redisUrl(ports.redis),
  }
  return { urls, ...containers }
}

export function wantedServices({ external }: Pick<ServersOptions, 'external'>): string[] {
  const elsewhere = {
    kafka: external.kafkaBrokers,
    registry: external.schemaRegistryUrl,
    redis: external.redisUrl,
  }
  return (Object.keys(serviceOf) as ServerKind[])
    .filter((kind) => !elsewhere[kind])
    .map((kind) => serviceOf[kind])
}

function composePorts({ ports }: ServersOptions): Record<string, string> {
  return {
    HOLDPOINT_KAFKA_PORT: String(ports.kafka[0]?.broker),
    HOLDPOINT_REGISTRY_PORT: String(ports.registry.api),
    HOLDPOINT_REDIS_PORT: String(ports.redis),
  }
}

type Compose = (...args: string[]) => Promise<void>

function controls(names: readonly string[], compose: Compose, reaper: Reaper): Omit<Servers, 'urls'> {
  const ours = (name: string) => {
    if (names.includes(name)) return name
    throw new StackError(
      'NOT_OURS',
      `${name} is not a container of this stack; these are: ${names.join(', ')}.`,
    )
  }
  return {
    names: () => [...names],
    pid: () => undefined,
    kill: (name) => compose('kill', '--signal', 'KILL', ours(name)),
    start: (name) => compose('up', '--detach', '--wait', ours(name)),
    async stop() {
      if (names.length > 0) await compose('down', '--timeout', '10')
      reaper.atEnd([])
    },
    hurry: () => undefined,
  }
}

async function runDocker(args: readonly string[], env: Record<string, string>): Promise<void> {
  try {
    await promisify(execFile)('docker', [...args], { env: { ...environment, ...env } })
  } catch (error) {
    const shown = (error as { stderr?: string }).stderr ?? String(error)
    throw new StackError(
      'DOCKER_FAILED',
      `docker ${args.join(' ').replaceAll(repository, '')} failed; --no-docker goes without it.\n${shown}`,
    )
  }
}
