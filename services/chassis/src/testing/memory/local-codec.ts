import {
  maxBytesOf,
  messageReader,
  messageWriter,
  ownSchema,
  schemaIdOf,
  type TopicName,
  topicNames,
  Undecodable,
} from '@holdpoint/schemas'
import type { LaneCodec } from '../../lane/lane-codec.ts'

interface Local {
  id: number
  write(value: unknown): Buffer
  read(bytes: Buffer): unknown
}

const locals = new Map<TopicName, Local>()

/**
 * The schemas of the catalogue without a registry, for tests: what does not fit its schema cannot be published. What
 * is decoded is frozen, so that a handler that writes into its record or its state fails.
 */
export const localCodec: LaneCodec = {
  encode: (topic, value) => localOf(topic).write(value),
  decode: (topic, bytes) => {
    requireKnown(topic, bytes)
    return freeze(localOf(topic).read(bytes))
  },
  isResolved: () => false,
  async resolve(topic, bytes) {
    requireKnown(topic, bytes)
  },
}

function localOf(topic: TopicName): Local {
  const known = locals.get(topic)
  if (known) return known
  const id = topicNames.indexOf(topic) + 1
  const local = { id, ...messageWriter(topic, id), ...messageReader(topic, ownSchema(topic)) }
  locals.set(topic, local)
  return local
}

function requireKnown(topic: TopicName, bytes: Buffer): void {
  const id = schemaIdOf(bytes, maxBytesOf(topic))
  if (id !== localOf(topic).id)
    throw new Undecodable('UNKNOWN_SCHEMA', `no schema of ${topic} has the id ${id}`)
}

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  for (const part of Object.values(value)) freeze(part)
  return Object.freeze(value)
}
