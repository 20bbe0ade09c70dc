import { join } from 'node:path'
import { commandBegan, externalServers } from './config.ts'
import { buildConsole } from './console-build.ts'
import { messageFor } from './failure.ts'
import { dataRoot } from './folders.ts'
import { parseOptions, type StartOptions } from './options.ts'
import { type ServiceName, serviceNames, urlOf } from './port-plan.ts'
import { type Progress, seconds, terminalProgress } from './progress.ts'
import { type Reaper, startReaper } from './reaper.ts'
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
import { createTeardown, onStopRequest, type Teardown } from './teardown.ts'
import { type Places, whereToLook, writeEndpoints } from './where-to-look.ts'

const since = commandBegan()
const progress = terminalProgress()
const teardown = createTeardown()
// A process that is started again on a disk that is full by then.
process.on('uncaughtException', (error) => void fail(error))

try {
  await start(parseOptions(process.argv.slice(2)))
} catch (error) {
  if (!teardown.stopping()) await fail(error)
}

async function start(options: StartOptions): Promise<void> {
  const reaper = startReaper()
  teardown.add({ stop: async () => reaper.close(), hurry: () => undefined })
  onStopRequest(stopOnRequest, teardown.hurry)
  await bringUp(options, { progress, reaper, teardown })
}

type Surroundings = { progress: Progress; reaper: Reaper; teardown: Teardown }

async function bringUp(options: StartOptions, around: Surroundings): Promise<void> {
  const dataDir = join(dataRoot, 'local')
  const external = externalServers()
  const supervision = { reaper: around.reaper, log: progress.line }
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
  progress.line(`\nReady after ${seconds(Date.now() - since)}.\n`)
  progress.line(whereToLook(places, options))
}

/** Orders may come before the policy: they are judged once it is there. */
async function showFirstDecision(samples: SampleOptions): Promise<void> {
  const decision = firstDecision(samples)
  await feedSampleOrders(samples)
  progress.line(await decision)
}

function stopOnRequest(): void {
  progress.line('\nStopping (once more to hurry) …')
  const stopping = Date.now()
  teardown.stop().then(
    () => {
      progress.line(`Stopped after ${seconds(Date.now() - stopping)}. The next start goes on from here.`)
      process.exit(0)
    },
    (error) => fail(error),
  )
}

async function fail(error: unknown): Promise<never> {
  await teardown.stop().catch(() => undefined)
  progress.line(messageFor(error))
  process.exit(1)
}
