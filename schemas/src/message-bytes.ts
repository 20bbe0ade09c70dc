/** Messages between values and bytes, once the ids of their schemas are known. No registry here. */
import type { Type } from 'avsc'
import { catalogue, type TopicName } from './catalogue.ts'
import { Undecodable, Unencodable } from './errors.ts'
import { loadSchema } from './load.ts'
import { readAs } from './read-as.ts'
import { typeOfTopic } from './schema-type.ts'
import { wireCheck } from './wire-check.ts'
import { layoutOf, readWriterSchema, type WriterType } from './writer-schema.ts'

/** Magic byte 0 and the id of the writer's schema (4 bytes, big-endian); the Avro value stands behind them. */
export const headerBytes = 5
/** What Kafka takes as one record by default. */
export const maxMessageBytes = 1_000_000

/** A dead letter holds the largest record that Kafka takes, and what is wrong with it besides. */
export function maxBytesOf(topic: TopicName): number {
  return catalogue[topic].schema === 'dead-letter' ? 2 * maxMessageBytes : maxMessageBytes
}

export interface MessageWriter {
  /** Bytes of their own. Raises Unencodable. */
  write(value: unknown): Buffer
}

export interface MessageReader {
  /** Raises Undecodable. */
  read(bytes: Buffer): unknown
}

/** Encoding goes into this one buffer and is copied out: four times faster than avsc's toBuffer. */
let scratch = Buffer.alloc(65_536)

/** Writes messages of a topic with the schema that the registry knows by this id. */
export function messageWriter(topic: TopicName, schemaId: number): MessageWriter {
  const type = typeOfTopic(topic)
  return {
    write(value) {
      const end = encode(topic, type, value)
      scratch[0] = 0
      scratch.writeUInt32BE(schemaId, 1)
      const bytes = Buffer.allocUnsafe(end)
      scratch.copy(bytes, 0, 0, end)
      return bytes
    },
  }
}

/**
 * Reads messages that were written with this schema, of another version or of another team. Raises Undecodable when none
 * of them can be read, saying of each field what is wrong.
 */
export function messageReader(topic: TopicName, writer: WriterType): MessageReader {
  const type = typeOfTopic(topic)
  const check = wireCheck(writer)
  const readField = readAs(type, writer)
  const isSame = layoutOf(writer) === layoutOf(ownSchema(topic))
  const read = isSame ? quickly(type, readField) : readField
  return {
    read(bytes) {
      const end = check(bytes, headerBytes)
      if (end !== bytes.length)
        throw new Undecodable('TRAILING_BYTES', `${bytes.length - end} bytes follow the value`)
      return read(bytes, headerBytes)
    },
  }
}

/** The schema of the topic as a writer has it. */
export function ownSchema(topic: TopicName): WriterType {
  return readWriterSchema(loadSchema(catalogue[topic].schema))
}

/** As avsc reads, which is faster; what is wrong is told as `slowly` tells it, with its field. */
function quickly(type: Type, slowly: (bytes: Buffer, start: number) => unknown) {
  return (bytes: Buffer, start: number): unknown => {
    try {
      return type.decode(bytes, start).value
    } catch (error) {
      slowly(bytes, start)
      throw new Undecodable('MALFORMED', `the value does not fit its schema: ${(error as Error).message}`)
    }
  }
}

/** The id of the schema that the bytes were written with. Raises Undecodable when they hold none. */
export function schemaIdOf(bytes: Buffer, most = maxMessageBytes): number {
  if (bytes.length <= headerBytes)
    throw new Undecodable('TOO_SHORT', `${bytes.length} bytes are no message: 5 go to the schema's id alone`)
  if (bytes.length > most)
    throw new Undecodable('TOO_LARGE', `${bytes.length} bytes are more than the ${most} allowed`)
  if (bytes[0] !== 0)
    throw new Undecodable(
      'NO_SCHEMA_ID',
      `the first byte is ${bytes[0]}, not 0: the value was not written in Avro with a schema of the registry`,
    )
  return bytes.readUInt32BE(1)
}

function encode(topic: TopicName, type: Type, value: unknown): number {
  for (;;) {
    const end = tryEncode(topic, type, value)
    const most = maxBytesOf(topic)
    if (end > most) throw new Unencodable(topic, `it takes ${end} bytes and ${most} are allowed.`)
    if (end <= scratch.length) return end
    scratch = Buffer.alloc(Math.min(2 * end, most))
  }
}

/** Where the value ends, or would end if the buffer were large enough. */
function tryEncode(topic: TopicName, type: Type, value: unknown): number {
  try {
    const end = type.encode(value, scratch, headerBytes)
    return end < 0 ? scratch.length - end : end
  } catch (error) {
    throw new Unencodable(topic, problemsOf(type, value) || (error as Error).message)
  }
}

function problemsOf(type: Type, value: unknown): string {
  const problems: string[] = []
  type.isValid(value, {
    errorHook: (path, found, wanted) =>
      problems.push(`${path.join('.')} is ${shown(found)}, not ${wanted.branchName ?? wanted.typeName}`),
  })
  return problems.slice(0, 10).join('; ')
}

const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'object' ? JSON.stringify(value).slice(0, 80) : String(value)
