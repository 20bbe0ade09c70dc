import { Kafka, type KafkaConfig, logLevel, type RetryOptions } from 'kafkajs'
import type { Logger } from 'pino'
import { correctClient } from './client-corrections.ts'

/** Where Kafka is and how this process is called there. */
export interface KafkaAccess {
  brokers: readonly string[]
  clientId: string
  log: Logger
}

/**
 * Retries are always set: the client's own defaults depend on NODE_ENV. A refused transaction step is tried again
 * after the initial time, so that one is short.
 */
export const producerRetry: RetryOptions = {
  initialRetryTime: 2,
  maxRetryTime: 1_000,
  retries: 13,
  multiplier: 2,
  factor: 0.2,
}

export const consumerRetry: RetryOptions = {
  initialRetryTime: 100,
  maxRetryTime: 1_000,
  retries: 8,
  multiplier: 2,
  factor: 0.2,
}

/**
 * A client of its own. Producers and consumers of one client share a map of committed offsets that is marked before
 * a transaction commits, so every producer and every consumer gets its own client.
 */
export function newKafka(access: KafkaAccess, retry: RetryOptions = consumerRetry): Kafka {
  correctClient()
  return new Kafka({
    clientId: access.clientId,
    brokers: [...access.brokers],
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry,
    logLevel: access.log.isLevelEnabled('debug') ? logLevel.WARN : logLevel.NOTHING,
    logCreator: clientLog(access.log),
  })
}

/** The client calls every lost connection an error; the chassis says itself what matters, so these are for debugging. */
function clientLog(log: Logger): KafkaConfig['logCreator'] {
  return () =>
    ({ namespace, log: { message, timestamp: _, ...details } }) =>
      log.debug({ client: namespace, ...details }, message)
}
