import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  blockSize,
  createTeardown,
  freeBlock,
  planPorts,
  type ServerUrls,
  type ServiceName,
  type Services,
  silent,
  startReaper,
  startServices,
  urlOf,
} from '@holdpoint/local'
import { testServers } from './servers.ts'

export type TestServices = Services & {
  servers: ServerUrls
  urlOf: (service: ServiceName) => string
  deskUrl: string
  intakeUrl: string
  /** Where the notifier puts its mails. */
  mailDir: string
  logDir: string
}

/** The real services as real processes on the test's servers, ready; `stop` leaves nothing behind. */
export async function startTestServices(
  options: {
    only?: readonly ServiceName[]
    env?: Readonly<Record<string, string>>
    servers?: ServerUrls
    /** Where they keep everything, instead of a folder of their own that is deleted at the end. */
    dataDir?: string
  } = {},
): Promise<TestServices> {
  const servers = options.servers ?? testServers()
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'holdpoint-test-'))
  const teardown = createTeardown()
  const reaper = startReaper()
  teardown.add({ stop: async () => reaper.close(), hurry: () => undefined })
  teardown.add({
    stop: async () => rmSync(dataDir, { recursive: true, force: true }),
    hurry: () => undefined,
  })
  const ports = planPorts(await freeBlock(blockSize), 1).services
  const logDir = join(dataDir, 'logs')
  try {
    const services = await startServices({
      urls: servers,
      dataDir,
      logDir,
      ports,
      progress: silent,
      supervision: { reaper, log: () => undefined },
      teardown,
      ...(options.only ? { only: options.only } : {}),
      ...(options.env ? { env: options.env } : {}),
    })
    return {
      ...services,
      stop: teardown.stop,
      servers,
      urlOf: (service) => urlOf(ports[service]),
      deskUrl: urlOf(ports.desk),
      intakeUrl: urlOf(ports.intake),
      mailDir: join(dataDir, 'mail'),
      logDir,
    }
  } catch (error) {
    await teardown.stop()
    throw error
  }
}
