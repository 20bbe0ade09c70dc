import { loadConfig } from '@holdpoint/chassis'
import { z } from 'zod'

const shape = z.object({
  KAFKA_BROKERS: z.string().min(1),
  SCHEMA_REGISTRY_URL: z.url(),
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(19_103),
  HTTP_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.string().default('info'),
})

export const readConfig = (): z.infer<typeof shape> => loadConfig(shape)
