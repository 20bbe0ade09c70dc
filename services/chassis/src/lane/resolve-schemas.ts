import { type TopicName, Undecodable } from '@holdpoint/schemas'
import type { LaneInput } from './handle-batch.ts'
import type { LaneCodec } from './lane-codec.ts'
import type { LaneState } from './lane-state.ts'

/**
 * Learns the schemas that the records were written with, so that decoding needs no registry. A record whose schema
 * does not exist is refused. Rejects when the registry is away: nothing is known about the records then.
 */
export async function resolveSchemas(records: readonly LaneInput[], codec: LaneCodec): Promise<void> {
  for (const record of records) {
    if (record.valueBytes === null || record.failure) continue
    try {
      if (!codec.isResolved(record.topic, record.valueBytes))
        await codec.resolve(record.topic, record.valueBytes)
    } catch (error) {
      if (!(error instanceof Undecodable)) throw error
      record.refuse(error)
    }
  }
}

/** As `resolveSchemas`, for restored state. Rejects with Undecodable as well: such a state cannot be used. */
export async function resolveState(state: LaneState, topic: TopicName, codec: LaneCodec): Promise<void> {
  for (const bytes of state.values()) if (!codec.isResolved(topic, bytes)) await codec.resolve(topic, bytes)
}
