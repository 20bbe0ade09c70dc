import type { TopicName } from './catalogue.ts'
import { catalogue } from './catalogue.ts'
import { SchemaNotResolved, Undecodable, Unencodable } from './errors.ts'
import type { Messages } from './generated/types.ts'
import { loadSchema } from './load.ts'
import {
  type MessageReader,
  type MessageWriter,
  maxBytesOf,
  messageReader,
  messageWriter,
  ownSchema,
  schemaIdOf,
} from './message-bytes.ts'
import { connectRegistry, type Registry } from './registry.ts'
import { readWriterSchema } from './writer-schema.ts'

/** Messages of topics to bytes and back, with the schemas that the registry keeps. */
export interface Codec {
  /** Registers the schemas of the topics, which `encode` needs. Rejects with RegistryAway or RegistryRefused. */
  register(topics: readonly TopicName[]): Promise<void>
  /** Bytes of their own. Members that the schema does not have are left out. Raises Unencodable. */
  encode<T extends TopicName>(topic: T, value: Messages[T]): Buffer
  /** Raises Undecodable; SchemaNotResolved when the id of the writer's schema has never been resolved. */
  decode<T extends TopicName>(topic: T, bytes: Buffer): Messages[T]
  /** Whether `decode` can answer without the registry. */
  isResolved(topic: TopicName, bytes: Buffer): boolean
  /** Loads the schema that the bytes were written with. Rejects with Undecodable or RegistryAway. */
  resolve(topic: TopicName, bytes: Buffer): Promise<void>
}

/** So long an id that the registry did not have is not asked for again. */
const unknownForMs = 10_000
/** So many such ids are remembered. */
const maxUnknown = 1_000

export function createCodec({ registryUrl }: { registryUrl: string }): Codec {
  return new RegistryCodec(connectRegistry(registryUrl))
}

class RegistryCodec implements Codec {
  readonly #registry: Registry
  readonly #writers = new Map<TopicName, MessageWriter>()
  readonly #readers = new Map<TopicName, Map<number, MessageReader>>()
  readonly #unknownUntil = new Map<number, number>()

  constructor(registry: Registry) {
    this.#registry = registry
  }

  async register(topics: readonly TopicName[]): Promise<void> {
    await Promise.all(
      topics.map(async (topic) => {
        const id = await this.#registry.register(topic, loadSchema(catalogue[topic].schema))
        this.#writers.set(topic, messageWriter(topic, id))
        // What this process has written it can read, without asking the registry for its own schema.
        this.#readersOf(topic).set(id, messageReader(topic, ownSchema(topic)))
      }),
    )
  }

  encode<T extends TopicName>(topic: T, value: Messages[T]): Buffer {
    const writer = this.#writers.get(topic)
    if (!writer) throw new Unencodable(topic, 'the schema has not been registered; call register() first.')
    return writer.write(value)
  }

  decode<T extends TopicName>(topic: T, bytes: Buffer): Messages[T] {
    const id = schemaIdOf(bytes, maxBytesOf(topic))
    const reader = this.#readers.get(topic)?.get(id)
    if (!reader) throw new SchemaNotResolved(topic, id)
    return reader.read(bytes) as Messages[T]
  }

  isResolved(topic: TopicName, bytes: Buffer): boolean {
    return this.#readers.get(topic)?.has(schemaIdOf(bytes, maxBytesOf(topic))) ?? false
  }

  async resolve(topic: TopicName, bytes: Buffer): Promise<void> {
    const id = schemaIdOf(bytes, maxBytesOf(topic))
    const readers = this.#readersOf(topic)
    if (readers.has(id)) return
    const unknown = new Undecodable('UNKNOWN_SCHEMA', `the registry has no schema with the id ${id}`)
    if ((this.#unknownUntil.get(id) ?? 0) > Date.now()) throw unknown
    try {
      const found = await this.#registry.find(id)
      if (found) readers.set(id, messageReader(topic, readWriterSchema(found.schema, found.references)))
    } catch (error) {
      // A schema stays what it is under its id: one of no use is not asked for again for each record.
      if (error instanceof Undecodable) readers.set(id, unusable(error))
      throw error
    }
    if (readers.has(id)) return
    this.#rememberUnknown(id)
    throw unknown
  }

  #readersOf(topic: TopicName): Map<number, MessageReader> {
    const readers = this.#readers.get(topic) ?? new Map<number, MessageReader>()
    this.#readers.set(topic, readers)
    return readers
  }

  #rememberUnknown(id: number): void {
    if (this.#unknownUntil.size >= maxUnknown) this.#unknownUntil.clear()
    this.#unknownUntil.set(id, Date.now() + unknownForMs)
  }
}

const unusable = (why: Undecodable): MessageReader => ({
  read() {
    throw why
  },
})
