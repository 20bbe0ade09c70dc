import type { Runtime } from '@holdpoint/chassis'
import { Redis } from 'ioredis'
import { scripts } from './redis-scripts.ts'

/** The connection of a service: /readyz waits for it, the log tells of trouble, and it ends with the process. */
export function watchedRedis(url: string, { log, readyWhen, onStop }: Runtime): Redis {
  const redis = connectRedis(url, (err) => log.warn({ err }, 'Redis cannot be reached; trying again'))
  redis.on('ready', async () => {
    const warning = await evictionWarning(redis)
    if (warning) log.warn(warning)
  })
  readyWhen('Redis', () => redis.status === 'ready')
  onStop(() => redis.disconnect())
  return redis
}

/**
 * A connection that fails fast while Redis is away, so that the lanes decide when to try again. It reconnects by
 * itself. Raises nothing: `onTrouble` is told.
 */
export function connectRedis(url: string, onTrouble: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    scripts,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 5_000,
    connectTimeout: 5_000,
    // A server that became a replica takes no more writes; its name may lead to another one by now.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
  })
  redis.on('error', onTrouble)
  return redis
}

/** A sentence about a Redis that may drop timers to save memory; undefined when it never does. */
export async function evictionWarning(redis: Redis): Promise<string | undefined> {
  const answer = await redis.config('GET', 'maxmemory-policy').catch(() => undefined)
  const policy = Array.isArray(answer) ? String(answer[1]) : Object.values(Object(answer))[0]
  if (policy === 'noeviction') return undefined
  if (policy === undefined) return 'Redis does not tell its maxmemory-policy; it has to be noeviction.'
  return (
    `Redis has maxmemory-policy ${policy} and may drop timers to save memory. Nothing is lost, but the lanes ` +
    'are built again each time: set maxmemory-policy to noeviction.'
  )
}
