import type { OrderEvent } from '@holdpoint/schemas'

/** An event that was not taken, and why. */
export interface Refused {
  event: OrderEvent
  why: string
}

/** The way in for orders, as an upstream system uses it. */
export interface Upstream {
  /** Resolves when every event is safe with Kafka, or refused for good. Rejects when it cannot be reached. */
  send(events: readonly OrderEvent[]): Promise<Refused[]>
  /** Events that go best in one call of `send`. */
  batch: number
  stop(): Promise<void>
}
