import { createCodec } from '@holdpoint/schemas'
import { type DiskSpace, measureSpace, watchDiskSpace } from './disk-space.ts'
import { closeServer, createApp, listen } from './http-server.ts'
import { kafkaRuntime } from './kafka-runtime.ts'
import { createLog, logNodeWarnings, type ServiceLog } from './logs.ts'
import { createMetrics } from './metrics.ts'
import { Readiness } from './readiness.ts'
import type { Runtime } from './runtime.ts'
import type { ServiceEnvironment } from './service-environment.ts'
import { Shutdown } from './shutdown.ts'

export interface ServiceDefinition {
  name: string
  config: ServiceEnvironment
  /** Starts what the service does; the process is ready once this has resolved and its parts are ready. */
  start(runtime: Runtime): Promise<void>
}

/**
 * Runs a service until it is told to stop (SIGTERM, SIGINT) or something happens that it cannot mend. Listens first,
 * so that /livez and /readyz answer while Kafka is waited for. Ends with code 0 after a signal, else with 1.
 */
export async function runService({ name, config, start }: ServiceDefinition): Promise<void> {
  // Whatever a service writes (data, keys, mails) is for its owner's eyes only.
  process.umask(0o077)
  const serviceLog = createLog(name, config.LOG_LEVEL)
  const { log } = serviceLog
  logNodeWarnings(log)
  const shutdown = new Shutdown(log)
  const readiness = new Readiness()
  try {
    const runtime = createRuntime(name, config, serviceLog, shutdown, readiness)
    const { server, url } = await listen(runtime.http, config.HTTP_HOST, config.HTTP_PORT)
    log.info({ url }, `${name} listens`)
    await start(runtime)
    // Given last, so stopped first: requests under way still find everything that they need.
    shutdown.onStop(() => closeServer(server))
    readiness.started()
    log.info(`${name} has started`)
  } catch (error) {
    shutdown.fail(error)
  }
}

function createRuntime(
  name: string,
  config: ServiceEnvironment,
  { log, sink }: ServiceLog,
  shutdown: Shutdown,
  readiness: Readiness,
): Runtime {
  const metrics = createMetrics(name)
  const space = watchDiskSpace(config.DATA_DIR, sink)
  shutdown.onStop(() => space.stop())
  measureSpace(metrics.registry, sink, space)
  const codec = createCodec({ registryUrl: config.SCHEMA_REGISTRY_URL })
  const access = { brokers: config.KAFKA_BROKERS, clientId: name, log }
  const shared = {
    readyWhen: readiness.when.bind(readiness),
    onStop: (stop: () => Promise<void> | void) => shutdown.onStop(stop),
    fail: (error: unknown) => shutdown.fail(error),
  }
  const kafka = kafkaRuntime({ access, codec, metrics, service: name, ...shared })
  const http = createApp(metrics.registry, {
    waitsFor: () => [...wantsSpace(space), ...readiness.waitsFor()],
    waitingLanes: () => readiness.waitingLanes(),
    shortage: () => space.shortage(),
  })
  return { log, http, metrics: metrics.registry, codec, ...shared, ...kafka }
}

function wantsSpace(space: DiskSpace): string[] {
  const shortage = space.shortage()
  return shortage === undefined ? [] : [shortage]
}
