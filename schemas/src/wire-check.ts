/**
 * Walks the bytes of an Avro value by its writer's schema without building anything. avsc alone reads past the
 * end, makes as many items as five bytes claim and takes invalid UTF-8: after this walk none of it can happen.
 */
import { isUtf8 } from 'node:buffer'
import type { Type, types } from 'avsc'
import { maxDecimalBytes } from './decimal-bytes.ts'
import { Undecodable } from './errors.ts'

/** Items that take no bytes (null, empty records) are the one kind that the remaining bytes do not bound. */
const maxEmptyItems = 10_000
/** From so many bytes on, the native UTF-8 check is cheaper than a loop. */
const longText = 48
const maxDepth = 64

interface Cursor {
  bytes: Buffer
  pos: number
  depth: number
}

type Walk = (at: Cursor) => void

/** Gives a check for values of a type: the position behind the value. The check raises Undecodable. */
export function wireCheck(type: Type): (bytes: Buffer, start: number) => number {
  const walk = walkOf(type, new Map())
  return (bytes, start) => {
    const at = { bytes, pos: start, depth: 0 }
    walk(at)
    return at.pos
  }
}

function walkOf(type: Type, named: Map<string, Walk>): Walk {
  const simple = simpleWalks[type.typeName]
  if (simple) return simple
  switch (type.typeName) {
    case 'fixed':
      return (at) => advance(at, (type as types.FixedType).size)
    case 'enum':
      return (at) => readIndex(at, (type as types.EnumType).symbols.length)
    case 'array':
      return walkArray((type as types.ArrayType).itemsType, named)
    case 'map':
      return walkMap((type as types.MapType).valuesType, named)
    case 'record':
      return walkRecord(type as types.RecordType, named)
    case 'union:unwrapped':
    case 'union:wrapped':
      return walkUnion((type as types.UnwrappedUnionType).types, named)
    default:
      throw new Undecodable('INCOMPATIBLE_SCHEMA', `its schema uses ${type.typeName}`)
  }
}

const simpleWalks: Record<string, Walk> = {
  null: () => {},
  boolean: walkBoolean,
  int: readLong,
  long: readLong,
  float: (at) => advance(at, 4),
  double: (at) => advance(at, 8),
  bytes: (at) => advance(at, readLong(at)),
  string: walkText,
  'logical:timestamp-millis': readLong,
  'logical:decimal': walkDecimal,
}

function walkRecord(type: types.RecordType, named: Map<string, Walk>): Walk {
  const known = named.get(type.name as string)
  if (known) return known
  const walks: Walk[] = []
  const walk: Walk = (at) => {
    at.depth++
    if (at.depth > maxDepth) malformed(at, `is nested more than ${maxDepth} deep`)
    for (let i = 0; i < walks.length; i++) (walks[i] as Walk)(at)
    at.depth--
  }
  // Known before its fields are looked at: a record may hold itself.
  named.set(type.name as string, walk)
  for (const field of type.fields) walks.push(walkOf(field.type, named))
  return walk
}

function walkUnion(branches: readonly Type[], named: Map<string, Walk>): Walk {
  const walks = branches.map((branch) => walkOf(branch, named))
  return (at) => (walks[readIndex(at, walks.length)] as Walk)(at)
}

function walkArray(items: Type, named: Map<string, Walk>): Walk {
  return walkBlocks(walkOf(items, named), minimumBytes(items, []))
}

function walkMap(values: Type, named: Map<string, Walk>): Walk {
  const walkValue = walkOf(values, named)
  return walkBlocks((at) => {
    const start = at.pos
    walkText(at)
    // avsc would set the prototype of the map instead of an entry.
    if (at.pos - start === 10 && at.bytes.toString('latin1', start + 1, at.pos) === '__proto__')
      malformed(at, 'has a map with the name __proto__')
    walkValue(at)
  }, 1)
}

/** Blocks of items: a count and the items, or a negative count, a size in bytes and the items; 0 ends. */
function walkBlocks(walkItem: Walk, least: number): Walk {
  return (at) => {
    let empty = 0
    for (let count = readLong(at); count !== 0; count = readLong(at)) {
      const items = Math.abs(count)
      const size = count < 0 ? readLong(at) : undefined
      const start = at.pos
      if (least === 0) empty += items
      if (items * least > at.bytes.length - at.pos || empty > maxEmptyItems)
        malformed(at, `claims ${items} items, more than its bytes can hold`)
      for (let i = 0; i < items; i++) walkItem(at)
      if (size !== undefined && size !== at.pos - start)
        malformed(at, 'has a block of another size than it says')
    }
  }
}

/** Fewest bytes that a value of the type takes. */
function minimumBytes(type: Type, within: readonly Type[]): number {
  switch (type.typeName) {
    case 'null':
      return 0
    case 'fixed':
      return (type as types.FixedType).size
    case 'float':
      return 4
    case 'double':
      return 8
    case 'record':
      if (within.includes(type)) return 1
      return (type as types.RecordType).fields
        .map((field) => minimumBytes(field.type, [...within, type]))
        .reduce((sum, bytes) => sum + bytes, 0)
    default:
      return 1
  }
}

function walkBoolean(at: Cursor): void {
  const byte = at.bytes[at.pos]
  advance(at, 1)
  if (byte !== 0 && byte !== 1) malformed(at, 'has a boolean that is neither 0 nor 1')
}

function walkDecimal(at: Cursor): void {
  const length = readLong(at)
  if (length < 1 || length > maxDecimalBytes) malformed(at, `has a decimal of ${length} bytes`)
  advance(at, length)
}

function walkText(at: Cursor): void {
  const length = readLong(at)
  const start = at.pos
  advance(at, length)
  if (isAscii(at.bytes, start, at.pos)) return
  if (!isUtf8(at.bytes.subarray(start, at.pos)))
    throw new Undecodable('INVALID_UTF8', `the text at byte ${start} is not valid UTF-8`)
}

function isAscii(bytes: Buffer, start: number, end: number): boolean {
  if (end - start >= longText) return false
  let seen = 0
  for (let i = start; i < end; i++) seen |= bytes[i] as number
  return seen < 0x80
}

function readIndex(at: Cursor, count: number): number {
  const index = readLong(at)
  if (index < 0 || index >= count) malformed(at, `chooses branch ${index} of ${count}`)
  return index
}

/** A zigzag number of at most ten bytes. Beyond 2^53 it is rounded; lengths and counts so large fail anyway. */
function readLong(at: Cursor): number {
  const first = at.bytes[at.pos++] as number
  if (first < 0x80) return (first >>> 1) ^ -(first & 1)
  let value = first & 0x7f
  let factor = 128
  for (let i = 1; i < 10; i++) {
    const byte = at.bytes[at.pos++] as number
    value += (byte & 0x7f) * factor
    if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    factor *= 128
  }
  return malformed(at, at.pos > at.bytes.length ? 'ends too early' : 'has a number of more than ten bytes')
}

function advance(at: Cursor, length: number): void {
  if (length < 0) malformed(at, `has a length of ${length}`)
  at.pos += length
  if (at.pos > at.bytes.length) malformed(at, 'ends too early')
}

function malformed(at: Cursor, what: string): never {
  throw new Undecodable('MALFORMED', `the value ${what} (at byte ${Math.min(at.pos, at.bytes.length)})`)
}
