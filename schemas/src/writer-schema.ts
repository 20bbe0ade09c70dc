/**
 * A writer's schema as far as its bytes need it: the layout. Defaults, documentation and aliases of the writer are of
 * no use to a reader, and what other libraries find wrong with them is no reason not to read.
 */
import { Undecodable } from './errors.ts'

const primitives = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const

export interface PrimitiveType {
  kind: (typeof primitives)[number]
  /** What it stands for: the name of its logical type, or its own. */
  as: string
  /** Places behind the point, of a decimal. */
  scale?: number
}
export interface FixedType {
  kind: 'fixed'
  name: string
  size: number
  as: string
}
export interface EnumType {
  kind: 'enum'
  name: string
  symbols: readonly string[]
}
export interface RecordType {
  kind: 'record'
  name: string
  fields: { name: string; type: WriterType }[]
}
export interface UnionType {
  kind: 'union'
  branches: readonly WriterType[]
}
export type WriterType =
  | PrimitiveType
  | FixedType
  | EnumType
  | RecordType
  | UnionType
  | { kind: 'array'; items: WriterType }
  | { kind: 'map'; values: WriterType }

type Json = Record<string, unknown>
type Named = Map<string, WriterType>

/** No schema of anybody's is so deep; reading one that is would end with the stack. */
const maxDepth = 100

/**
 * Reads an Avro schema and those that it refers to, which come before it. Raises Undecodable, as nothing that was
 * written with it can be read.
 */
export function readWriterSchema(schema: unknown, references: readonly unknown[] = []): WriterType {
  const named: Named = new Map()
  try {
    for (const reference of references) typeOf(reference, '', named, 0)
    return typeOf(schema, '', named, 0)
  } catch (error) {
    if (error instanceof Undecodable) throw error
    return refuse(`cannot be made out: ${(error as Error).message}`)
  }
}

function refuse(what: string): never {
  throw new Undecodable('INCOMPATIBLE_SCHEMA', `the schema that it was written with ${what}`)
}

function typeOf(schema: unknown, namespace: string, named: Named, depth: number): WriterType {
  if (depth > maxDepth) refuse(`is nested more than ${maxDepth} deep`)
  if (typeof schema === 'string') return primitiveOf(schema, {}) ?? namedAs(schema, namespace, named)
  if (Array.isArray(schema))
    return { kind: 'union', branches: schema.map((branch) => typeOf(branch, namespace, named, depth + 1)) }
  if (typeof schema !== 'object' || schema === null) return refuse(`has ${JSON.stringify(schema)} for a type`)
  return complexOf(schema as Json, namespace, named, depth)
}

function complexOf(schema: Json, namespace: string, named: Named, depth: number): WriterType {
  const { type } = schema
  if (typeof type !== 'string') return typeOf(type, namespace, named, depth + 1)
  switch (type) {
    case 'array':
      return { kind: 'array', items: typeOf(schema.items, namespace, named, depth + 1) }
    case 'map':
      return { kind: 'map', values: typeOf(schema.values, namespace, named, depth + 1) }
    case 'fixed': {
      const { size } = schema
      if (!Number.isSafeInteger(size) || (size as number) < 0)
        return refuse('has a fixed type without a size')
      const name = nameOf(schema, namespace)
      return define(named, { kind: 'fixed', name, size: size as number, as: logicalName(schema) ?? 'fixed' })
    }
    case 'enum':
      return define(named, { kind: 'enum', name: nameOf(schema, namespace), symbols: symbolsOf(schema) })
    case 'record':
    case 'error':
      return recordOf(schema, nameOf(schema, namespace), named, depth)
    default:
      return primitiveOf(type, schema) ?? namedAs(type, namespace, named)
  }
}

function recordOf(schema: Json, name: string, named: Named, depth: number): WriterType {
  const record: RecordType = { kind: 'record', name, fields: [] }
  // Known before its fields are looked at: a record may hold itself.
  define(named, record)
  if (!Array.isArray(schema.fields)) return refuse(`has a record ${name} without fields`)
  for (const field of schema.fields as Json[])
    record.fields.push({
      name: String(field.name),
      type: typeOf(field.type, namespaceOf(name), named, depth + 1),
    })
  return record
}

function define<T extends FixedType | EnumType | RecordType>(named: Named, type: T): T {
  named.set(type.name, type)
  return type
}

function namedAs(name: string, namespace: string, named: Named): WriterType {
  const full = name.includes('.') || namespace === '' ? name : `${namespace}.${name}`
  return (
    named.get(full) ??
    named.get(name) ??
    refuse(`names a type ${JSON.stringify(name)} that it does not define`)
  )
}

function nameOf({ name, namespace: own }: Json, enclosing: string): string {
  if (typeof name !== 'string' || name === '') return refuse('has a type without a name')
  if (name.includes('.')) return name
  const namespace = typeof own === 'string' ? own : enclosing
  return namespace === '' ? name : `${namespace}.${name}`
}

const namespaceOf = (name: string): string => name.slice(0, Math.max(name.lastIndexOf('.'), 0))

/** The name by which records and enums of two schemas match (Avro, schema resolution). */
export const unqualified = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

function symbolsOf({ symbols }: Json): string[] {
  return Array.isArray(symbols) ? symbols.map(String) : refuse('has an enum without symbols')
}

function primitiveOf(type: string, schema: Json): PrimitiveType | undefined {
  const kind = primitives.find((each) => each === type)
  if (!kind) return undefined
  const { scale = 0 } = schema
  const isDecimal = kind === 'bytes' && schema.logicalType === 'decimal' && Number.isSafeInteger(scale)
  return { kind, as: logicalName(schema) ?? kind, ...(isDecimal ? { scale: scale as number } : {}) }
}

function logicalName({ logicalType, precision, scale = 0 }: Json): string | undefined {
  if (typeof logicalType !== 'string') return undefined
  return logicalType === 'decimal' ? `decimal(${precision},${scale})` : logicalType
}

/** What people call a type. */
export function called(type: WriterType): string {
  switch (type.kind) {
    case 'record':
    case 'enum':
      return `${type.kind} ${type.name}`
    case 'union':
      return type.branches.map(called).join(' or ')
    case 'array':
    case 'map':
      return type.kind
    case 'fixed':
      return type.as === 'fixed' ? `fixed ${type.name}` : `${type.as} as fixed`
    default:
      return type.as
  }
}

/**
 * Text that is the same for two schemas exactly when bytes of the one can be read as the other's without a look at
 * either: namespaces do not count, and all else that is left of a schema here does.
 */
export function layoutOf(type: WriterType): string {
  const seen = new Map<WriterType, number>()
  const layout = (of: WriterType): unknown => {
    if (of.kind === 'union') return of.branches.map(layout)
    if (of.kind === 'array') return { array: layout(of.items) }
    if (of.kind === 'map') return { map: layout(of.values) }
    if (!('name' in of)) return of.as
    const before = seen.get(of)
    if (before !== undefined) return before
    seen.set(of, seen.size)
    const { kind, name } = of
    if (kind === 'record')
      return [unqualified(name), of.fields.map((field) => [field.name, layout(field.type)])]
    return kind === 'enum'
      ? [unqualified(name), { enum: of.symbols }]
      : [unqualified(name), { fixed: of.size, as: of.as }]
  }
  return JSON.stringify(layout(type))
}
