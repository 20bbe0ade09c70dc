import { join } from 'node:path'
import { externalServers } from './config.ts'
import { buildConsole } from './console-build.ts'
import { dataRoot } from './folders.ts'
import type { StartOptions } from './options.ts'
import { type ServiceName, serviceNames, urlOf } from './port-plan.ts'
import { seconds } from './progress.ts'
import {
  feedSampleOrders,
  firstDecision,
  publishSamples,
  putPeopleToWork,
  type SampleOptions,
} from './samples.ts'
import type { ServerUrls } from './servers.ts'
import { clientEnvironment, startServices } from './services.ts'
import { startStack } from './stack.ts'
import type { Surroundings } from './until-stopped.ts'
import { type Places, whereToLook, writeEndpoints } from './where-to-look.ts'

/** The whole product on this machine: servers, services, samples. Resolves when all of it is at work. */
export async function bringUp(options: StartOptions, around: Surroundings): Promise<void> {
  const { progress, reaper } = around
  const dataDir = join(dataRoot, 'local')
  const external = externalServers()
  const supervision = { reaper, log: progress.line }
  const services = (only: readonly ServiceName[], urls: ServerUrls, logDir: string) =>
    startServices({ ...around, supervision, urls, logDir, dataDir, ports: options.ports.services, only })
  let desk: Promise<unknown> | undefined
  const [stack] = await Promise.all([
    startStack({
      ...options,
      ...around,
      project: 'holdpoint',
      dataDir,
      external,
      withServices: true,
      // The desk takes longest, for at its first start it makes its database.
      onServers(urls, logDir) {
        desk = services(['desk'], urls, logDir)
        desk.catch(() => undefined)
      },
    }),
    progress.step('Console', buildConsole),
  ])
  const { logDir, servers } = stack
  const places: Places = { servers: servers.urls, ports: options.ports.services, logDir, dataDir }
  writeEndpoints(places)
  const others = serviceNames.filter((name) => name !== 'desk')
  await Promise.all([desk, services(others, servers.urls, logDir)])
  const samples: SampleOptions = {
    ...around,
    supervision,
    logDir,
    env: clientEnvironment(servers.urls, options.ports.services),
    deskUrl: urlOf(options.ports.services.desk),
    ordersPerMinute: options.ordersPerMinute,
    // The same orders again would be dropped as known.
    seed: options.seed + stack.startsBefore,
    isFirst: stack.startsBefore === 0,
  }
  await Promise.all([publishSamples(samples), options.ordersPerMinute > 0 && showFirstDecision(samples)])
  if (options.people) await putPeopleToWork(samples)
  progress.line(`\nReady after ${seconds(Date.now() - around.since)}.\n`)
  progress.line(whereToLook(places, options))
}

/** Orders may come before the policy: they are judged once it is there. */
async function showFirstDecision(samples: SampleOptions): Promise<void> {
  const decision = firstDecision(samples)
  await feedSampleOrders(samples)
  samples.progress.line(await decision)
}
