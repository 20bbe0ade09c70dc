import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { environment } from './config.ts'
import { StackError } from './errors.ts'
import { compiledFolder, nodeFlags, repository } from './folders.ts'
import { type ServiceName, serviceNames, urlOf } from './port-plan.ts'
import type { Progress } from './progress.ts'
import { answers } from './servers/registry.ts'
import type { ServerUrls } from './servers.ts'
import { type ChildSpec, type SupervisedChild, type Supervision, supervise } from './supervise.ts'
import type { Teardown } from './teardown.ts'

export type ServicesOptions = {
  urls: ServerUrls
  dataDir: string
  logDir: string
  ports: Record<ServiceName, number>
  /** All of them unless said. */
  only?: readonly ServiceName[]
  /** The one that a debugger can be attached to, at Node's usual port. */
  inspect?: ServiceName | undefined
  /** Added to the environment of every service. */
  env?: Readonly<Record<string, string>>
  progress: Progress
  supervision: Supervision
  teardown: Teardown
}

export type Services = {
  names: readonly ServiceName[]
  pid: (name: ServiceName) => number | undefined
  restarts: (name: ServiceName) => number
  /** SIGKILL; it stays down until `start`. */
  kill: (name: ServiceName) => Promise<void>
  /** Resolves when it is ready again. */
  start: (name: ServiceName) => Promise<void>
  /**
   * Stops it and starts it again with the code as it is now. Raises STOPPED when a later restart, or the stop of all,
   * came before it was ready.
   */
  restart: (name: ServiceName) => Promise<void>
  stop: () => Promise<void>
  hurry: () => void
}

/** Starts the services side by side and waits until each says that it is ready. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const names = options.only ?? serviceNames
  const children = new Map(
    names.map((name) => [name, supervise(serviceProcess(name, options), options.supervision)]),
  )
  const services = controls(children)
  options.teardown.add(services)
  const title = names.length === serviceNames.length ? 'Services' : names.join(', ')
  await options.progress.step(title, async () => {
    await Promise.all([...children.values()].map((child) => child.start()))
  })
  return services
}

function serviceProcess(name: ServiceName, options: ServicesOptions): ChildSpec {
  const port = options.ports[name]
  return {
    name,
    command: process.execPath,
    args: [
      ...nodeFlags,
      ...(options.inspect === name ? ['--inspect'] : []),
      join(repository, 'services', name, 'src', 'main.ts'),
    ],
    cwd: repository,
    env: { ...environment, ...serviceEnvironment(name, options), ...options.env },
    logFile: join(options.logDir, `${name}.log`),
    isReady: () => answers(`${urlOf(port)}/readyz`),
    readyWithinMs: 180_000,
    stopWithinMs: 10_000,
  }
}

/** What a service is told by its environment; README.md lists the same. */
export function serviceEnvironment(name: ServiceName, options: ServicesOptions): Record<string, string> {
  const dataDir = join(options.dataDir, 'services', name)
  mkdirSync(dataDir, { recursive: true })
  return {
    ...clientEnvironment(options.urls, options.ports),
    REDIS_URL: options.urls.redisUrl,
    DATA_DIR: dataDir,
    MAIL_DIR: join(options.dataDir, 'mail'),
    ANSWER_KEY_FILE: join(options.dataDir, 'answer-key.pem'),
    ANSWER_PUBLIC_KEY_FILES: join(options.dataDir, 'answer-key.public.pem'),
    HTTP_PORT: String(options.ports[name]),
    NODE_COMPILE_CACHE: compiledFolder,
  }
}

/** What the command line is told by its environment; without it, it looks for the stack of its folder. */
export function clientEnvironment(
  urls: Pick<ServerUrls, 'kafkaBrokers' | 'schemaRegistryUrl'>,
  ports: Pick<Record<ServiceName, number>, 'desk' | 'intake'>,
): Record<string, string> {
  return {
    KAFKA_BROKERS: urls.kafkaBrokers,
    SCHEMA_REGISTRY_URL: urls.schemaRegistryUrl,
    DESK_URL: urlOf(ports.desk),
    INTAKE_URL: urlOf(ports.intake),
  }
}

function controls(children: ReadonlyMap<ServiceName, SupervisedChild>): Services {
  let stopping = false
  const one = (name: ServiceName) => {
    const child = children.get(name)
    if (!child) throw new Error(`${name} is not among the services that were started`)
    return child
  }
  return {
    names: [...children.keys()],
    pid: (name) => one(name).pid(),
    restarts: (name) => one(name).restarts(),
    kill: (name) => one(name).kill(),
    start: (name) => one(name).start(),
    async restart(name) {
      await one(name).stop()
      if (stopping)
        throw new StackError('STOPPED', `${name} is not started again: everything is being stopped.`)
      await one(name).start()
    },
    async stop() {
      stopping = true
      await Promise.all([...children.values()].map((child) => child.stop()))
    },
    hurry() {
      for (const child of children.values()) child.hurry()
    },
  }
}
