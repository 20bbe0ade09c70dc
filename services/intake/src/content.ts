import type { OrderEvent } from '@holdpoint/schemas'
import { canonicalJson, canonicalOrder, sha256 } from '@holdpoint/schemas'

/** Digests (SHA-256, hex) that tell whether two events say the same, however their bytes were encoded. */
export interface EventContent {
  event: string
  /** Digest of the event's snapshot; empty when it has none. */
  order: string
  /** JSON of everything that the digests were made of, which holds each text of the event. */
  json: string
}

export function contentOf(event: OrderEvent): EventContent {
  const snapshot = event.order ? canonicalOrder(event.order) : ''
  const order = event.order ? sha256(snapshot) : ''
  const whole = canonicalJson({ ...event, order, facts: entries(event.facts) })
  return { event: sha256(whole), order, json: whole + snapshot }
}

/** As a list, because canonical JSON leaves empty members out and an empty fact still is one. */
function entries(facts: OrderEvent['facts']) {
  return Object.keys(facts)
    .sort()
    .map((name) => [name, facts[name]])
}
