import { loadConfig, serviceEnvironment } from '@holdpoint/chassis'
import { z } from 'zod'

const shape = serviceEnvironment.extend({
  /** The address that upstream systems use, when it is not the socket's own. */
  INTAKE_URL: z
    .url({ protocol: /^https?$/, error: 'the address that upstream systems use, as http(s)://host:port' })
    .optional(),
  /** Requests that one address may send through the HTTP door in a minute. */
  HTTP_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(60_000),
})

export type IntakeConfig = z.infer<typeof shape>

export const readConfig = (): IntakeConfig => loadConfig(shape)
