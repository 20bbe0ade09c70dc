import type { TopicName } from '@holdpoint/schemas'

/** What a lane needs of a codec. `decode` and `encode` are synchronous; `resolve` may ask the registry. */
export interface LaneCodec {
  encode(topic: TopicName, value: unknown): Buffer
  /** Throws Undecodable. */
  decode(topic: TopicName, bytes: Buffer): unknown
  /** Whether `decode` can answer without asking the registry. */
  isResolved(topic: TopicName, bytes: Buffer): boolean
  /** Learns the schema that the bytes were written with. Rejects with Undecodable or RegistryAway. */
  resolve(topic: TopicName, bytes: Buffer): Promise<void>
}
