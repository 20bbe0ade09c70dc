import type { z } from 'zod'

/** What fits of a group of fields. */
export type Sound<Shape extends Record<string, z.ZodType>> = { [Key in keyof Shape]?: z.infer<Shape[Key]> }

/** The fields that fit by themselves; those that do not, and those that are not there, are left out. */
export function soundFields<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
  value: unknown,
): Sound<Shape> {
  const fields = fieldsOf(value)
  const read = Object.entries(shape).flatMap(([key, type]) => {
    const result = Object.hasOwn(fields, key) ? type.safeParse(fields[key]) : undefined
    return result?.success ? [[key, result.data]] : []
  })
  return Object.fromEntries(read)
}

/** A group of fields; none for anything else. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** What a reader gave for a text that was checked before. */
export function sound<Key extends string, Read extends object>(
  key: Key,
  read: Read,
): Extract<Read, Record<Key, unknown>>[Key] {
  if (!(key in read)) throw new Error(`A file with errors was taken as sound: ${JSON.stringify(read)}`)
  return (read as Extract<Read, Record<Key, unknown>>)[key]
}
