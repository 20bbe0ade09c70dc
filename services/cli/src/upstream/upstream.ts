import type { OrderEvent } from '@holdpoint/schemas'
import type { Places } from '../places.ts'

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

/** Kafka, or the HTTP door. Loaded when needed: Kafka's client takes longer to load than most commands to run. */
export async function openUpstream(places: Places, byHttp: boolean): Promise<Upstream> {
  const { checked } = await import('./checked.ts')
  if (byHttp) return checked((await import('./http-door.ts')).httpDoor(places.intake))
  return checked(await (await import('./kafka.ts')).kafkaUpstream(places))
}
