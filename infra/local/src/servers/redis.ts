import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { StackError } from '../errors.ts'
import { archive, fetched } from '../maven.ts'
import { host } from '../ports.ts'
import { redisBehaviour, versions } from '../settings.ts'
import type { ChildSpec } from '../supervise.ts'

export const redisFiles = archive(
  `redis-${versions.embeddedRedis}`,
  `com.github.codemonstur:embedded-redis:${versions.embeddedRedis}`,
)

export function redisOnPath(): boolean {
  return spawnSync('redis-server', ['--version'], { timeout: 5_000 }).status === 0
}

/** `redis-server` of this machine, else the one inside the archive that Maven fetches. */
export async function redisCommand(library: string): Promise<string> {
  if (redisOnPath()) return 'redis-server'
  const folder = await fetched(redisFiles, library)
  const name = binaryFor(process.platform, process.arch, readdirSync(folder))
  if (!name) {
    throw new StackError(
      'REDIS_MISSING',
      `There is no redis-server for ${process.platform} on ${process.arch} to fetch: install redis, or set REDIS_URL.`,
    )
  }
  chmodSync(join(folder, name), 0o755)
  return join(folder, name)
}

/** The archive names its binaries `redis-server-<version>-<platform>-<architecture>`. */
export function binaryFor(platform: string, arch: string, names: readonly string[]): string | undefined {
  const architecture = arch === 'x64' ? 'amd64' : arch
  return names.find(
    (name) => name.startsWith('redis-server-') && name.endsWith(`-${platform}-${architecture}`),
  )
}

export function redisServer(server: {
  command: string
  dataDir: string
  logDir: string
  port: number
}): ChildSpec {
  const folder = join(server.dataDir, 'redis')
  mkdirSync(folder, { recursive: true })
  const settings = { bind: host, port: String(server.port), dir: folder, ...redisBehaviour }
  return {
    name: 'redis',
    command: server.command,
    args: Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]),
    logFile: join(server.logDir, 'redis.log'),
    isReady: () => pings(redisUrl(server.port)),
    readyWithinMs: 30_000,
    stopWithinMs: 5_000,
  }
}

export const redisUrl = (port: number) => `redis://${host}:${port}`

export async function pings(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}
