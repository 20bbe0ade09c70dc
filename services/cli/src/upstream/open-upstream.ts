import type { Places } from '../places.ts'
import type { Upstream } from './upstream.ts'

/** Kafka, or the HTTP door. Loaded when needed: Kafka's client takes longer to load than most commands to run. */
export async function openUpstream(places: Places, byHttp: boolean): Promise<Upstream> {
  const { checked } = await import('./checked.ts')
  if (byHttp) return checked((await import('./http-door.ts')).httpDoor(places.intake))
  return checked(await (await import('./kafka.ts')).kafkaUpstream(places))
}
