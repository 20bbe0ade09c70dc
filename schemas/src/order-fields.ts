import { type AvroJson, loadSchema } from './load.ts'

export type FieldType = 'text' | 'decimal' | 'boolean' | 'instant'

/** One field of the order, as the schema declares it. */
export interface OrderField {
  /** Path of the field; `lines.*.quantity` stands for that field of every line. */
  path: string
  type: FieldType
  /** Whether the value may be absent (null). Text is never null: absent text is empty. */
  optional: boolean
  doc: string
}

interface RecordJson {
  fields: { name: string; type: AvroJson; doc: string }[]
}

/** Every field of the order in the order of the schema; those of lines as `lines.*.x`. */
export const fields: readonly OrderField[] = fieldsOf(orderRecord(), '')

export const fieldByPath: ReadonlyMap<string, OrderField> = new Map(fields.map((f) => [f.path, f]))
/** Fields of a line by their name. */
export const lineFields: ReadonlyMap<string, OrderField> = new Map(
  fields.filter((f) => f.path.startsWith('lines.')).map((f) => [f.path.slice('lines.*.'.length), f]),
)

function orderRecord(): RecordJson {
  const revision = loadSchema('orders.revisions.v1') as unknown as RecordJson
  return revision.fields.find((f) => f.name === 'order')?.type as unknown as RecordJson
}

function fieldsOf(record: RecordJson, prefix: string): OrderField[] {
  return record.fields.flatMap(({ name, type, doc }) => fieldsAt(`${prefix}${name}`, type, doc))
}

function fieldsAt(path: string, type: AvroJson, doc: string): OrderField[] {
  if (Array.isArray(type))
    return fieldsAt(path, type.find((t) => t !== 'null') as AvroJson, doc).map(asOptional)
  if (typeof type === 'string')
    return [{ path, type: type === 'boolean' ? 'boolean' : 'text', optional: false, doc }]
  if (type.type === 'record') return fieldsOf(type as unknown as RecordJson, `${path}.`)
  if (type.type === 'array') return fieldsOf(type.items as RecordJson, `${path}.*.`)
  if (type.logicalType === 'decimal') return [{ path, type: 'decimal', optional: false, doc }]
  if (type.logicalType === 'timestamp-millis') return [{ path, type: 'instant', optional: false, doc }]
  throw new Error(`The order has a field of a type that paths do not know: ${path}`)
}

function asOptional(field: OrderField): OrderField {
  return { ...field, optional: true }
}
