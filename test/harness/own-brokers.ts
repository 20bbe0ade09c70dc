import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInternalTopics } from '@holdpoint/chassis/topics'
import {
  blockSize,
  createTeardown,
  freeBlock,
  libraryFolder,
  planPorts,
  type Servers,
  silent,
  startReaper,
  startServers,
} from '@holdpoint/local'

export interface OwnBrokers {
  addresses: string[]
  /** They are called `kafka-1` and so on. */
  servers: Servers
  stop: () => Promise<void>
}

/** Brokers that a test may kill, or set as nobody else's may be: one or three, by Kafka's own names of settings. */
export async function startOwnBrokers(
  count: number,
  kafkaSettings: Readonly<Record<string, string>> = {},
): Promise<OwnBrokers> {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-brokers-'))
  const teardown = createTeardown()
  const reaper = startReaper()
  teardown.add({ stop: async () => reaper.close(), hurry: () => undefined })
  const stop = async () => {
    // Nothing of them is kept, and two of three that end orderly wait for each other.
    teardown.hurry()
    await teardown.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
  try {
    const servers = await startServers({
      dataDir: folder,
      logDir: join(folder, 'logs'),
      library: libraryFolder,
      ports: planPorts(await freeBlock(blockSize), count),
      kafkaSettings,
      external: { kafkaBrokers: undefined, schemaRegistryUrl: 'none', redisUrl: 'none' },
      progress: silent,
      supervision: { reaper, log: () => undefined },
      teardown,
    })
    const addresses = servers.urls.kafkaBrokers.split(',')
    await createInternalTopics(addresses)
    return { addresses, servers, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
