import { isBlank } from '@holdpoint/schemas'
import { z } from 'zod'

/** The shapes that the API speaks, by the names that the OpenAPI document gives them. */
export const shapes = z.registry<{ id: string }>()

export const named = <Schema extends z.ZodType>(id: string, schema: Schema): Schema => {
  shapes.add(schema, { id })
  return schema
}

export const text = z.string()

/** A reason that stays with what was done. */
export const saidWhy = z
  .string()
  .trim()
  .max(4_000)
  .refine((said) => !isBlank(said), 'say why')

export const instant = z.iso.datetime().describe('ISO 8601, UTC')
export const decimal = z.string().describe('Decimal number as text')

export const Actor = named('Actor', z.object({ subject: text, name: text, roles: z.array(text) }))
export type Actor = z.output<typeof Actor>
