/** The one place that talks to the schema registry. */
import { COMPATIBILITY, SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry'
import type { Type } from 'avsc'
import type { TopicName } from './catalogue.ts'
import { RegistryAway, RegistryRefused } from './errors.ts'
import type { AvroJson } from './load.ts'
import { logicalTypes } from './logical-types.ts'

export interface Registry {
  /** Makes the schema known for the topic and gives its id. Rejects with RegistryAway or RegistryRefused. */
  register(topic: TopicName, schema: AvroJson): Promise<number>
  /** The schema of an id; undefined when the registry says that there is none. Rejects with RegistryAway. */
  find(id: number): Promise<Type | undefined>
}

const answerWithinMs = 5_000

export const subjectOf = (topic: TopicName): string => `${topic}-value`

export function connectRegistry(url: string): Registry {
  const client = new SchemaRegistry(
    { host: url, clientId: 'holdpoint', retry: { retries: 2 }, middlewares: [withTimeout] },
    { [SchemaType.AVRO]: { logicalTypes } },
  )
  return {
    async register(topic, schema) {
      const subject = subjectOf(topic)
      try {
        const { id } = await client.register(
          { type: SchemaType.AVRO, schema: JSON.stringify(schema) },
          { subject, compatibility: COMPATIBILITY.BACKWARD_TRANSITIVE },
        )
        return id
      } catch (error) {
        throw isRefusal(error) ? new RegistryRefused(subject, error) : new RegistryAway(url, error)
      }
    },
    async find(id) {
      try {
        return (await client.getSchema(id)) as Type
      } catch (error) {
        if (saysUnknown(error)) return undefined
        throw new RegistryAway(url, error)
      }
    },
  }
}

type Failure = { status?: number; message?: string }

/** 409: incompatible with an older version; 422: no valid schema; or the subject keeps another compatibility. */
function isRefusal(error: unknown): boolean {
  const { status } = error as Failure
  return (
    status === 409 || status === 422 || (error as Error).name === 'ConfluentSchemaRegistryCompatibilityError'
  )
}

/** A 404 of the registry itself has a message in JSON; that of a proxy in front of it has none. */
function saysUnknown(error: unknown): boolean {
  const { status, message = '' } = error as Failure
  return status === 404 && !message.includes('Error, status 404')
}

type Middleware = NonNullable<ConstructorParameters<typeof SchemaRegistry>[0]['middlewares']>[number]

/** The client alone waits for ever. */
const withTimeout: Middleware = () => ({ request: (request) => request.enhance({ timeout: answerWithinMs }) })
