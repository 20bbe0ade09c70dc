import { join } from 'node:path'
import { externalServers } from './config.ts'
import { buildConsole } from './console-build.ts'
import { consolePages } from './dev/console-pages.ts'
import { dataRoot } from './folders.ts'
import type { StartOptions } from './options.ts'
import { namedPorts, type ServiceName, serviceNames, urlOf } from './port-plan.ts'
import { seconds } from './progress.ts'
import {
  feedSampleOrders,
  firstDecision,
  publishSamples,
  putPeopleToWork,
  type SampleOptions,
} from './samples.ts'
import type { ServerUrls } from './servers.ts'
import { clientEnvironment, type Services, startServices } from './services.ts'
import { type Stack, startStack } from './stack.ts'
import { type ChildSpec, supervise } from './supervise.ts'
import type { Surroundings } from './until-stopped.ts'
import { type Places, whereToLook, writeEndpoints } from './where-to-look.ts'

/** For who works on the product: Vite serves the pages, and a debugger can be attached to one service. */
export type ForWork = { inspect: ServiceName | undefined }

const dataDir = join(dataRoot, 'local')

/**
 * The whole product on this machine: servers, services, samples. Resolves when all of it is at work, and gives the
 * services.
 */
export async function bringUp(
  options: StartOptions,
  around: Surroundings,
  dev?: ForWork,
): Promise<readonly Services[]> {
  const { progress } = around
  const { ports } = options
  const started: Promise<Services>[] = []
  const startSome = (only: readonly ServiceName[], urls: ServerUrls, logDir: string) =>
    started.push(
      startServices({
        ...withSupervision(around),
        ...dev,
        only,
        urls,
        logDir,
        dataDir,
        ports: ports.services,
      }),
    )
  const [stack] = await Promise.all([
    startStack({
      ...options,
      ...around,
      project: 'holdpoint',
      dataDir,
      external: externalServers(),
      withServices: true,
      alsoFree: dev ? [namedPorts(ports).console] : [],
      // The desk takes longest, for at its first start it makes its database.
      onServers(urls, logDir) {
        startSome(['desk'], urls, logDir)
        started[0]?.catch(() => undefined)
      },
    }),
    dev ? undefined : progress.step('Console', buildConsole),
  ])
  const { logDir, servers } = stack
  const places: Places = { servers: servers.urls, ports: ports.services, logDir, dataDir }
  writeEndpoints(places)
  const others = serviceNames.filter((name) => name !== 'desk')
  startSome(others, servers.urls, logDir)
  const pages = dev && run(consolePages(ports.console, urlOf(ports.services.desk), logDir), around)
  const [services] = await Promise.all([Promise.all(started), pages])
  await bringSamples(options, stack, around)
  progress.line(`\nReady after ${seconds(Date.now() - around.since)}.\n`)
  progress.line(whereToLook(places, options, dev && { ...dev, console: ports.console }))
  return services
}

const withSupervision = (around: Surroundings) => ({
  ...around,
  supervision: { reaper: around.reaper, log: around.progress.line },
})

async function run(spec: ChildSpec, around: Surroundings): Promise<void> {
  const child = supervise(spec, withSupervision(around).supervision)
  around.teardown.add(child)
  await around.progress.step(spec.name, child.start)
}

async function bringSamples(options: StartOptions, stack: Stack, around: Surroundings): Promise<void> {
  const { services } = options.ports
  const samples: SampleOptions = {
    ...withSupervision(around),
    logDir: stack.logDir,
    env: clientEnvironment(stack.servers.urls, services),
    deskUrl: urlOf(services.desk),
    ordersPerMinute: options.ordersPerMinute,
    // The same orders again would be dropped as known.
    seed: options.seed + stack.startsBefore,
    isFirst: stack.startsBefore === 0,
  }
  await Promise.all([publishSamples(samples), options.ordersPerMinute > 0 && showFirstDecision(samples)])
  if (options.people) await putPeopleToWork(samples)
}

/** Orders may come before the policy: they are judged once it is there. */
async function showFirstDecision(samples: SampleOptions): Promise<void> {
  const decision = firstDecision(samples)
  await feedSampleOrders(samples)
  samples.progress.line(await decision)
}
