import type { z } from 'zod'
import { type ExceptionShape, exceptionShape, type PolicyShape, policyShape } from './shape.ts'

/** The fields of a policy file that fit by themselves. Their meaning can be checked although others are wrong. */
export type SoundParts = Partial<Omit<PolicyShape, 'exceptions'>> & {
  exceptions: Record<string, Partial<ExceptionShape>>
}

export function soundParts(value: unknown): SoundParts {
  const { exceptions: _, ...others } = policyShape.shape
  return { ...soundFields(others, value), exceptions: soundExceptions(value) }
}

function soundExceptions(value: unknown): SoundParts['exceptions'] {
  const { exceptions } = fieldsOf(value)
  return Object.fromEntries(
    Object.entries(fieldsOf(exceptions)).map(([type, one]) => [type, soundFields(exceptionShape.shape, one)]),
  )
}

function soundFields<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
  value: unknown,
): { [Key in keyof Shape]?: z.infer<Shape[Key]> } {
  const fields = fieldsOf(value)
  const read = Object.entries(shape).flatMap(([key, type]) => {
    const result = Object.hasOwn(fields, key) ? type.safeParse(fields[key]) : undefined
    return result?.success ? [[key, result.data]] : []
  })
  return Object.fromEntries(read)
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}
