import type { OrderEvent } from '@holdpoint/schemas'
import { canonicalJson, orderDigest, sha256 } from '@holdpoint/schemas'

/** Digests (SHA-256, hex) that tell whether two events say the same, however their bytes were encoded. */
export interface EventContent {
  event: string
  /** Digest of the event's snapshot; empty when it has none. */
  order: string
}

export function contentOf(event: OrderEvent): EventContent {
  const order = event.order ? orderDigest(event.order) : ''
  return { event: sha256(canonicalJson({ ...event, order, facts: entries(event.facts) })), order }
}

/** As a list, because canonical JSON leaves empty members out and an empty fact still is one. */
function entries(facts: OrderEvent['facts']) {
  return Object.keys(facts)
    .sort()
    .map((name) => [name, facts[name]])
}
