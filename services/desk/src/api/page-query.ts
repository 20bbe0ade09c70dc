import { z } from 'zod'
import { parseCursor } from '../read/page.ts'

/** Page of a list; `next` is the cursor of the following one. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z
    .string()
    .refine((value) => parseCursor(value) !== undefined, 'is no cursor of this API')
    .optional(),
})
