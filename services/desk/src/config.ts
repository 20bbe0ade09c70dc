import { loadConfig } from '@holdpoint/chassis'
import { z } from 'zod'

const shape = z.object({
  KAFKA_BROKERS: z.string().min(1),
  SCHEMA_REGISTRY_URL: z.url(),
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(19_100),
  HTTP_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.string().default('info'),
  /** Folder for the embedded database and the key that signs sessions. */
  DATA_DIR: z.string().min(1),
  /** A PostgreSQL to keep the read model in, instead of the embedded one. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** The address that people open, when it is not the socket's own. */
  DESK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** `true` drops the read model at this start and replays the topics. */
  DESK_REBUILD: z.enum(['true', 'false']).default('false'),
})

export type DeskConfig = z.infer<typeof shape>

export const readConfig = (): DeskConfig => loadConfig(shape)
