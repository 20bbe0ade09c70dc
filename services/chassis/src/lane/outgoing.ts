import type { TopicName } from '@holdpoint/schemas'
import type { Outgoing } from '../port.ts'
import type { LaneCodec } from './lane-codec.ts'

/** A record ready to be published on its lane's partition. */
export interface EncodedRecord {
  topic: TopicName
  key: Buffer | string | null
  value: Buffer | null
}

/** Kafka's own limit of one record batch is 1,048,588 bytes; this leaves room for its framing. */
export const maxRecordBytes = 1_000_000

/** Several records make a record batch up to this; a single one that is larger makes a batch of its own. */
export const maxRecordBatchBytes = 900_000
/** Bytes of a record in a batch besides its key and value, at most. */
const framing = 32

/** kafkajs takes a record with this key for the end of an aborted transaction. */
const abortMarkerKey = '\0\0\0\0'

/** Throws when a record cannot be encoded or would never be taken by the broker. */
export function encodeOutgoing(record: Outgoing, codec: LaneCodec): EncodedRecord {
  const { topic, key } = record
  if (key === abortMarkerKey) throw new Error(`A record for ${topic} has a key of four zero bytes.`)
  return { topic, key, value: encodeValue(topic, key, record.value, codec) }
}

export function encodeValue(topic: TopicName, key: string, value: unknown, codec: LaneCodec): Buffer | null {
  if (value === null) return null
  const bytes = codec.encode(topic, value)
  if (bytes.length <= maxRecordBytes) return bytes
  throw new Error(
    `The record for ${topic} with key ${key} has ${bytes.length} bytes; at most ${maxRecordBytes} can be published.`,
  )
}

export function sizeOf(record: Pick<EncodedRecord, 'key' | 'value'>): number {
  return (record.value?.length ?? 0) + (record.key?.length ?? 0)
}

/** What a record takes of its record batch, in bytes, at most. */
export const sizeInBatch = (record: Pick<EncodedRecord, 'key' | 'value'>): number => sizeOf(record) + framing
