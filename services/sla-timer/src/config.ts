import { loadConfig, serviceEnvironment } from '@holdpoint/chassis'
import { z } from 'zod'

const shape = serviceEnvironment.extend({
  /** Where pending timers are kept, one Redis (or one numbered database of it) for each installation. */
  REDIS_URL: z
    .url('Redis is written as redis://host:port')
    .startsWith('redis', 'it begins with redis:// or rediss://'),
})

export const readConfig = () => loadConfig(shape)
