import { isUndecodable } from '../undecodable.ts'
import type { LaneInput } from './handle-batch.ts'
import type { LaneCodec } from './lane-codec.ts'

/** Schema ids whose schema a codec has learned, per topic. */
const learned = new WeakMap<LaneCodec, Map<string, Set<number>>>()

/**
 * Learns the schemas that the records were written with, so that decoding needs no registry. A record whose schema
 * does not exist is refused. Rejects when the registry is away: nothing is known about the records then.
 */
export async function resolveSchemas(records: readonly LaneInput[], codec: LaneCodec): Promise<void> {
  for (const record of records) {
    if (record.valueBytes === null || isLearned(codec, record.topic, record.valueBytes)) continue
    try {
      await codec.resolve(record.topic, record.valueBytes)
      learn(codec, record.topic, record.valueBytes)
    } catch (error) {
      if (!isUndecodable(error)) throw error
      record.refuse(error)
    }
  }
}

/** As `resolveSchemas`, for one value that is not a record; rejects with Undecodable. */
export async function resolveSchema(
  topic: LaneInput['topic'],
  bytes: Buffer,
  codec: LaneCodec,
): Promise<void> {
  if (isLearned(codec, topic, bytes)) return
  await codec.resolve(topic, bytes)
  learn(codec, topic, bytes)
}

function isLearned(codec: LaneCodec, topic: string, bytes: Buffer): boolean {
  if (bytes.length < 5 || bytes[0] !== 0) return false
  return learned.get(codec)?.get(topic)?.has(bytes.readUInt32BE(1)) ?? false
}

function learn(codec: LaneCodec, topic: string, bytes: Buffer): void {
  if (bytes.length < 5 || bytes[0] !== 0) return
  const topics = learned.get(codec) ?? new Map<string, Set<number>>()
  const ids = topics.get(topic) ?? new Set<number>()
  learned.set(codec, topics.set(topic, ids.add(bytes.readUInt32BE(1))))
}
