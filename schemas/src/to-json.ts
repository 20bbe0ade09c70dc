import type { Type, types } from 'avsc'
import type { TopicName } from './catalogue.ts'
import type { Messages } from './generated/types.ts'
import { typeOfTopic } from './schema-type.ts'

/** A message as plain JSON: instants ISO 8601, decimals text, bytes base64. `fromJson` reads it back. */
export function toJson<T extends TopicName>(topic: T, value: Messages[T]): unknown {
  return write(typeOfTopic(topic), value)
}

function write(type: Type, value: unknown): unknown {
  if (value === null) return null
  switch (type.typeName) {
    case 'record':
      return writeRecord(type as types.RecordType, value as Record<string, unknown>)
    case 'array':
      return (value as unknown[]).map((item) => write((type as types.ArrayType).itemsType, item))
    case 'map':
      return writeMap((type as types.MapType).valuesType, value as Record<string, unknown>)
    case 'union:unwrapped':
      return write(presentBranch(type as types.UnwrappedUnionType), value)
    case 'logical:timestamp-millis':
      return new Date(value as number).toISOString()
    case 'bytes':
      return (value as Buffer).toString('base64')
    default:
      return value
  }
}

const presentBranch = (type: types.UnwrappedUnionType): Type =>
  type.types.find((branch) => branch.typeName !== 'null') as Type

const writeRecord = (type: types.RecordType, value: Record<string, unknown>): unknown =>
  Object.fromEntries(type.fields.map((field) => [field.name, write(field.type, value[field.name])]))

const writeMap = (values: Type, value: Record<string, unknown>): unknown =>
  Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, write(values, entry)]))
