import { join } from 'node:path'
import { loadConfig, serviceEnvironment } from '@holdpoint/chassis'
import { z } from 'zod'

const shape = serviceEnvironment.extend({
  /** File of the private key that signs the trail; made at the first start. */
  AUDIT_KEY_FILE: z.string().optional(),
  /** File of the key that signed before, while that of AUDIT_KEY_FILE takes its place. */
  AUDIT_PRIOR_KEY_FILE: z.string().optional(),
  /** A file, or an http(s) address, that gets each checkpoint. */
  AUDIT_WITNESS: z.string().optional(),
})

export const readConfig = () => {
  const config = loadConfig(shape)
  return {
    ...config,
    keyFile: config.AUDIT_KEY_FILE ?? join(config.DATA_DIR, 'audit', 'key.pem'),
    priorKeyFile: config.AUDIT_PRIOR_KEY_FILE,
    witness: config.AUDIT_WITNESS,
  }
}
