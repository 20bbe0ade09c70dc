import { deserialize, serialize } from 'node:v8'
import { type TopicName, Undecodable } from '@holdpoint/schemas'
import type { LaneCodec } from '../lane/lane-codec.ts'

const magic = 0
const schemaId = 1
const headerBytes = 5

/**
 * A codec that needs no registry, with the framing of the wire format: anything but its own schema id is unknown.
 * What it decodes is frozen, so that a handler that writes into its record or its state fails in its tests.
 */
export const plainCodec: LaneCodec = {
  encode(_topic: TopicName, value: unknown): Buffer {
    const header = Buffer.alloc(headerBytes, magic)
    header.writeInt32BE(schemaId, 1)
    return Buffer.concat([header, serialize(value)])
  },
  decode(topic: TopicName, bytes: Buffer): unknown {
    requireHeader(topic, bytes)
    try {
      return freeze(deserialize(bytes.subarray(headerBytes)))
    } catch (error) {
      throw new Undecodable(
        'MALFORMED',
        `${topic}: the bytes after the schema id are no value (${String(error)}).`,
      )
    }
  },
  isResolved: () => false,
  async resolve(topic: TopicName, bytes: Buffer): Promise<void> {
    requireHeader(topic, bytes)
  },
}

function requireHeader(topic: TopicName, bytes: Buffer): void {
  if (bytes.length < headerBytes || bytes[0] !== magic)
    throw new Undecodable('NO_SCHEMA_ID', `${topic}: the bytes do not begin with a schema id.`)
  const id = bytes.readInt32BE(1)
  if (id !== schemaId) throw new Undecodable('UNKNOWN_SCHEMA', `${topic}: no schema has the id ${id}.`)
}

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  for (const part of Object.values(value)) freeze(part)
  return Object.freeze(value)
}
