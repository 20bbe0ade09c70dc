/** The only place of the local stack that reads the environment. */
export const environment: Readonly<NodeJS.ProcessEnv> = process.env

/** When the command began, before anything was installed: milliseconds UTC. */
export const commandBegan = (env: NodeJS.ProcessEnv = environment): number =>
  Number(env.HOLDPOINT_STARTED_AT) || Date.now()

/** Servers that run elsewhere and are used instead of our own; each may be given alone. */
export type ExternalServers = {
  kafkaBrokers: string | undefined
  schemaRegistryUrl: string | undefined
  redisUrl: string | undefined
}

export function externalServers(env: NodeJS.ProcessEnv = environment): ExternalServers {
  return {
    kafkaBrokers: env.KAFKA_BROKERS || undefined,
    schemaRegistryUrl: env.SCHEMA_REGISTRY_URL || undefined,
    redisUrl: env.REDIS_URL || undefined,
  }
}
