import { homedir } from 'node:os'
import { join } from 'node:path'
import type { GivenPlaces } from './places.ts'

/** What the environment says; the only place that reads it. */
export const environment: { places: GivenPlaces; as: string | undefined; cacheFolder: string } = {
  places: {
    kafka: process.env.KAFKA_BROKERS,
    registry: process.env.SCHEMA_REGISTRY_URL,
    desk: process.env.DESK_URL,
    intake: process.env.INTAKE_URL,
  },
  /** Who acts, unless --as says it. */
  as: process.env.HOLDPOINT_AS || undefined,
  cacheFolder: join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'holdpoint'),
}
