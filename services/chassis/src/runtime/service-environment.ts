import { z } from 'zod'

/** The environment that every service has; a service extends it with its own variables. */
export const serviceEnvironment = z.object({
  KAFKA_BROKERS: z
    .string({ error: 'the brokers to begin with, as host:port,host:port' })
    .transform((text) => text.split(',').map((broker) => broker.trim()))
    .pipe(z.array(z.string().regex(/^[^\s:]+:\d+$/, 'each broker is written as host:port')).min(1)),
  SCHEMA_REGISTRY_URL: z.url('the registry is written as an http address'),
  HTTP_PORT: z.coerce.number('the port for /livez, /readyz and /metrics').int().min(0).max(65_535),
  /** Address that the service listens on. */
  HTTP_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
      'one of trace, debug, info, warn, error, silent',
    )
    .default('info'),
  /** Folder for what the service keeps on disk. */
  DATA_DIR: z.string().default('.holdpoint/data'),
})

export type ServiceEnvironment = z.infer<typeof serviceEnvironment>
