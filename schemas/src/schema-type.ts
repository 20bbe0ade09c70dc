import avro, { type types } from 'avsc'
import { catalogue, type TopicName } from './catalogue.ts'
import { type AvroJson, loadSchema } from './load.ts'
import { logicalTypes } from './logical-types.ts'
import { OrderType } from './order-type.ts'
import { NamedValuesType, TextType } from './text-type.ts'

export type RecordType = types.RecordType

const known = new Map<string, RecordType>()

/** The Avro type of a topic's value. */
export function typeOfTopic(topic: TopicName): RecordType {
  const { schema } = catalogue[topic]
  let type = known.get(schema)
  if (!type) {
    type = parseSchema(loadSchema(schema)) as RecordType
    known.set(schema, type)
  }
  return type
}

/** An Avro type in which decimals are text and instants milliseconds. */
export function parseSchema(schema: AvroJson): avro.Type {
  return avro.Type.forSchema(schema as avro.Schema, { logicalTypes, typeHook: ownType })
}

/** For avsc, which asks before it makes a type of a schema. */
function ownType(schema: avro.Schema, options: object): avro.Type | undefined {
  const { type, name } = (typeof schema === 'string' ? { type: schema } : schema) as {
    type?: unknown
    name?: string
  }
  if (type === 'string') return text
  if (type === 'map') return new NamedValuesType(schema, options)
  return type === 'record' && name === 'Order' ? new OrderType(schema, options) : undefined
}

const text = new TextType()

/** The order record within the revision of an order. */
export function orderType(): RecordType {
  const field = typeOfTopic('orders.revisions.v1').fields.find((f) => f.name === 'order')
  return field?.type as RecordType
}
