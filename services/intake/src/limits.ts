/**
 * Bounds that keep one order's revision and state below Kafka's message size (1 MB by default), whatever upstream
 * sends: the event, what it adds up to over time, and the changes that it makes. What one event may have by itself is
 * in `eventLimits` of the schemas.
 */
export const limits = {
  /** Bytes of one event as it lies in Kafka. */
  eventBytes: 256 * 1024,
  /** Bytes of all changes of one revision, as JSON. */
  changesBytes: 400_000,
  /** Open requests of one order: each may become a case of every type. */
  requests: 50,
  /** Bytes of all open requests of one order, as JSON. */
  requestsBytes: 100_000,
  /** Bytes of all corrections that are in force on one order, as JSON. */
  appliedBytes: 120_000,
  /** Changes that one request proposes. */
  proposals: 500,
  /** Bytes of all facts of one order, as JSON. */
  factsBytes: 50_000,
  /** Events and corrections of one order that a repeat is recognised of; older ones are forgotten. */
  remembered: 1_000,
  /** Systems that report about one order, and stages that they report. */
  sources: 100,
  stages: 50,
} as const

export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
