/** JSON that people and other systems write, checked against the Avro schema of a topic. */
import type { Type, types } from 'avsc'
import type { TopicName } from './catalogue.ts'
import { canonicalDecimal } from './decimal.ts'
import type { Messages } from './generated/types.ts'
import { readInstant } from './instant.ts'
import { maxInstant } from './logical-types.ts'
import { instantOf } from './order-path.ts'
import { typeOfTopic } from './schema-type.ts'

export interface JsonProblem {
  /** Where: `order.lines.0.quantity`; empty for the whole. */
  path: string
  /** What is wrong and what is wanted. */
  message: string
}

/** Bounds that no honest message reaches. */
export const jsonBounds = { textLength: 100_000, arrayItems: 10_000, mapEntries: 1_000, problems: 50 }

/** A number of so many digits is the same in JSON, in a double and as text. */
const exactDigits = 15

class Check {
  readonly problems: JsonProblem[] = []

  report(path: string, message: string): undefined {
    if (this.problems.length < jsonBounds.problems) this.problems.push({ path, message })
    return undefined
  }

  get full(): boolean {
    return this.problems.length >= jsonBounds.problems
  }
}

/**
 * The message that a JSON value stands for, or everything that is wrong with it. Absent members take the
 * schema's defaults, unknown ones are refused. Decimals are text or exact numbers, instants ISO 8601 text or
 * milliseconds, bytes base64.
 */
export function fromJson<T extends TopicName>(
  topic: T,
  json: unknown,
): { value: Messages[T] } | { problems: JsonProblem[] } {
  const check = new Check()
  const value = read(typeOfTopic(topic), json, '', check)
  return check.problems.length > 0 ? { problems: check.problems } : { value: value as Messages[T] }
}

function read(type: Type, json: unknown, path: string, check: Check): unknown {
  switch (type.typeName) {
    case 'record':
      return readRecord(type as types.RecordType, json, path, check)
    case 'array':
      return readArray(type as types.ArrayType, json, path, check)
    case 'map':
      return readMap(type as types.MapType, json, path, check)
    case 'union:unwrapped':
      return json === null ? null : read(presentBranch(type as types.UnwrappedUnionType), json, path, check)
    case 'enum':
      return readEnum(type as types.EnumType, json, path, check)
    default:
      return readPlain(type.typeName, json, path, check)
  }
}

function readRecord(type: types.RecordType, json: unknown, path: string, check: Check): unknown {
  if (!isObject(json)) return check.report(path, `must be an object, not ${kindOf(json)}`)
  const { names, fields } = shapeOf(type)
  for (const name of Object.keys(json))
    if (!names.has(name))
      check.report(join(path, name), `is no field of ${type.name?.replace('holdpoint.', '')}`)
  const value: Record<string, unknown> = {}
  for (const { name, type, hasDefault, mayBeLeftOut, field } of fields) {
    const member = Object.hasOwn(json, name) ? json[name] : undefined
    if (member !== undefined) value[name] = read(type, member, join(path, name), check)
    else if (hasDefault) value[name] = field.defaultValue()
    else if (mayBeLeftOut) value[name] = read(type, {}, join(path, name), check)
    else check.report(join(path, name), 'is missing')
  }
  return value
}

function readArray(type: types.ArrayType, json: unknown, path: string, check: Check): unknown {
  if (!Array.isArray(json)) return check.report(path, `must be a list, not ${kindOf(json)}`)
  if (json.length > jsonBounds.arrayItems)
    return check.report(path, `has ${json.length} items; ${jsonBounds.arrayItems} are allowed`)
  const items: unknown[] = []
  for (const [index, item] of json.entries()) {
    if (check.full) break
    items.push(read(type.itemsType, item, join(path, String(index)), check))
  }
  return items
}

function readMap(type: types.MapType, json: unknown, path: string, check: Check): unknown {
  if (!isObject(json)) return check.report(path, `must be an object, not ${kindOf(json)}`)
  const names = Object.keys(json)
  if (names.length > jsonBounds.mapEntries)
    return check.report(path, `has ${names.length} entries; ${jsonBounds.mapEntries} are allowed`)
  const value: Record<string, unknown> = {}
  for (const name of names) {
    if (name === '__proto__' || !name.isWellFormed()) check.report(join(path, name), 'is no name to be used')
    else value[name] = read(type.valuesType, json[name], join(path, name), check)
  }
  return value
}

function readEnum(type: types.EnumType, json: unknown, path: string, check: Check): unknown {
  if (typeof json === 'string' && type.symbols.includes(json)) return json
  const symbols = type.symbols.filter((symbol) => symbol !== 'UNKNOWN').join(', ')
  return check.report(path, `must be one of ${symbols}, not ${shown(json)}`)
}

function readPlain(typeName: string, json: unknown, path: string, check: Check): unknown {
  const plain = plainTypes[typeName]
  if (!plain) throw new Error(`No JSON form is known for Avro's ${typeName}.`)
  const value = plain.read(json)
  if (value !== undefined) return value
  return check.report(path, `must be ${plain.expected}, not ${shown(json)}${reasonFor(typeName, json)}`)
}

/** Such as: there is no 30 February 2026. */
function reasonFor(typeName: string, json: unknown): string {
  const isText = typeName === 'logical:timestamp-millis' && typeof json === 'string'
  const read = isText ? readInstant(json) : {}
  return 'problem' in read ? `: ${read.problem}` : ''
}

const wholeNumber = (low: number, high: number) => (json: unknown) =>
  Number.isSafeInteger(json) && (json as number) >= low && (json as number) <= high ? json : undefined

/** Reads one value; undefined when it is not of that type. */
const plainTypes: Record<string, { expected: string; read(json: unknown): unknown }> = {
  string: {
    expected: `text of at most ${jsonBounds.textLength} characters`,
    read: (json) => (isText(json) ? json : undefined),
  },
  boolean: { expected: 'true or false', read: (json) => (typeof json === 'boolean' ? json : undefined) },
  int: { expected: 'a whole number of 32 bits', read: wholeNumber(-(2 ** 31), 2 ** 31 - 1) },
  long: { expected: 'a whole number', read: wholeNumber(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) },
  bytes: { expected: 'bytes in base64', read: bytesOf },
  'logical:decimal': {
    expected: 'a decimal number with at most 14 digits before the point and four behind it, such as "12.5"',
    read: decimalFrom,
  },
  'logical:timestamp-millis': {
    expected: 'an instant such as "2026-03-02T09:30:00Z", or milliseconds since 1970',
    read: (json) => (typeof json === 'string' ? instantOf(json) : wholeNumber(-maxInstant, maxInstant)(json)),
  },
}

const isText = (json: unknown): json is string =>
  typeof json === 'string' && json.length <= jsonBounds.textLength && json.isWellFormed()

function decimalFrom(json: unknown): string | undefined {
  if (typeof json === 'string') return canonicalDecimal(json)
  if (typeof json !== 'number') return undefined
  const text = String(json)
  return text.replace(/\D/g, '').length > exactDigits ? undefined : canonicalDecimal(text)
}

function bytesOf(json: unknown): Buffer | undefined {
  if (typeof json !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(json)) return undefined
  return Buffer.from(json, 'base64')
}

interface RecordShape {
  names: ReadonlySet<string>
  fields: readonly {
    name: string
    type: Type
    hasDefault: boolean
    mayBeLeftOut: boolean
    field: types.Field
  }[]
}

/** Worked out once for each record type: avsc makes a copy of a default each time that it is asked. */
const shapes = new WeakMap<Type, RecordShape>()

function shapeOf(type: types.RecordType): RecordShape {
  const known = shapes.get(type)
  if (known) return known
  const fields = type.fields.map((field) => ({
    name: field.name,
    type: field.type,
    hasDefault: hasDefault(field),
    mayBeLeftOut: mayBeEmpty(field.type),
    field,
  }))
  const shape = { names: new Set(fields.map(({ name }) => name)), fields }
  shapes.set(type, shape)
  return shape
}

const hasDefault = (field: types.Field): boolean => field.defaultValue() !== undefined

/** A record whose fields all have defaults may be left out whole. */
const mayBeEmpty = (type: Type): boolean =>
  type.typeName === 'record' &&
  (type as types.RecordType).fields.every((field) => hasDefault(field) || mayBeEmpty(field.type))

const presentBranch = (type: types.UnwrappedUnionType): Type =>
  type.types.find((branch) => branch.typeName !== 'null') as Type

const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

const join = (path: string, name: string): string => (path ? `${path}.${name}` : name)

const kindOf = (json: unknown): string =>
  json === null
    ? 'null'
    : Array.isArray(json)
      ? 'a list'
      : typeof json === 'object'
        ? 'an object'
        : shown(json)

function shown(json: unknown): string {
  if (typeof json === 'object') return kindOf(json)
  const text = JSON.stringify(json) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
