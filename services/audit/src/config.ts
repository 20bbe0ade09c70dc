import { join } from 'node:path'
import { loadConfig, serviceEnvironment } from '@holdpoint/chassis'
import { z } from 'zod'

const shape = serviceEnvironment.extend({
  /** File of the private key that signs the trail; made at the first start. */
  AUDIT_KEY_FILE: z.string().optional(),
})

export const readConfig = () => {
  const config = loadConfig(shape)
  return { ...config, keyFile: config.AUDIT_KEY_FILE ?? join(config.DATA_DIR, 'audit', 'key.pem') }
}
