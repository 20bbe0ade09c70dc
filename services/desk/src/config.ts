import { loadConfig, serviceEnvironment } from '@holdpoint/chassis'
import { z } from 'zod'

const shape = serviceEnvironment.extend({
  /** A PostgreSQL for the read model, instead of the embedded database in DATA_DIR/desk. */
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'a PostgreSQL is written as postgres://user:password@host:port/name',
    })
    .optional(),
  /** The address that people open, when it is not the socket's own. */
  DESK_URL: z
    .url({ protocol: /^https?$/, error: 'the address that people open, as http(s)://host:port' })
    .optional(),
  /** The public keys (PEM) of the notifier whose links customers may answer by, with commas between them. */
  ANSWER_PUBLIC_KEY_FILES: z
    .string()
    .default('')
    .transform((files) =>
      files
        .split(',')
        .map((file) => file.trim())
        .filter((file) => file !== ''),
    ),
  /** `true` drops the read model at this start and builds it again from the topics. */
  DESK_REBUILD: z.enum(['true', 'false'], 'true or false').default('false'),
})

export type DeskConfig = z.infer<typeof shape>

export const readConfig = (): DeskConfig => loadConfig(shape)
