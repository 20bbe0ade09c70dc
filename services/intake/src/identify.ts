import type { ProblemCode } from './edge/problem.ts'

export type Identified = { json: unknown } | { code: ProblemCode; detail: string }

/**
 * Completes an event's JSON with what the request says beside the body: the orderId of the path, and the
 * Idempotency-Key as its eventId. What is said twice must agree.
 */
export function identify(json: unknown, orderId: string, header: string | undefined): Identified {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { json }
  const key = header === undefined ? undefined : bare(header)
  if (disagrees(json, 'orderId', orderId))
    return { code: 'ORDER_DISAGREES', detail: `The path names order "${orderId}", the body another one.` }
  if (key !== undefined && disagrees(json, 'eventId', key))
    return { code: 'KEY_DISAGREES', detail: `Idempotency-Key is "${key}", the body has another eventId.` }
  const eventId = key === undefined ? {} : { eventId: key }
  return { json: { ...json, orderId, ...eventId } }
}

function disagrees(json: object, field: string, value: string): boolean {
  const own = Object.getOwnPropertyDescriptor(json, field)
  return own !== undefined && own.value !== value
}

/** The header's value; it may be written as a quoted string, as the IETF draft has it, or bare. */
function bare(header: string): string {
  const quoted = /^"([^"\\]*)"$/.exec(header.trim())
  return quoted?.[1] ?? header.trim()
}
