import { homedir } from 'node:os'
import { join } from 'node:path'
import type { World } from './session.ts'

/** What the environment says; the only place that reads it. */
export const environment: World['environment'] = {
  places: {
    kafka: process.env.KAFKA_BROKERS,
    registry: process.env.SCHEMA_REGISTRY_URL,
    desk: process.env.DESK_URL,
    intake: process.env.INTAKE_URL,
  },
  services: process.env.HOLDPOINT_SERVICES,
  /** Who acts, unless --as says it. */
  as: process.env.HOLDPOINT_AS || undefined,
  cacheFolder: join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'holdpoint'),
}
