/**
 * Walks the bytes of an Avro value by its writer's schema without building anything. avsc alone reads past the
 * end, makes as many items as five bytes claim and takes invalid UTF-8: after this walk none of it can happen.
 */
import { isUtf8 } from 'node:buffer'
import { maxDecimalBytes } from './decimal-bytes.ts'
import { Undecodable } from './errors.ts'
import type { PrimitiveType, RecordType, WriterType } from './writer-schema.ts'

/** Items that take no bytes (null, empty records) are the one kind that the remaining bytes do not bound. */
const maxEmptyItems = 10_000
/** From so many bytes on, the native UTF-8 check is cheaper than a loop. */
const longText = 48
const maxDepth = 64

/** A position in the bytes of a value. */
export interface Cursor {
  bytes: Buffer
  pos: number
  depth: number
}

/** Passes over a value. Raises Undecodable when it does not hold what its type says. */
export type Walk = (at: Cursor) => void
type Known = Map<WriterType, Walk>

/** Gives a check for values of a type: the position behind the value. The check raises Undecodable. */
export function wireCheck(type: WriterType): (bytes: Buffer, start: number) => number {
  const walk = walkOf(type, new Map())
  return (bytes, start) => {
    const at = { bytes, pos: start, depth: 0 }
    walk(at)
    return at.pos
  }
}

/** `known` keeps what was made before, by a record that holds itself among others. */
export function walkOf(type: WriterType, known: Known): Walk {
  switch (type.kind) {
    case 'fixed':
      return (at) => advance(at, type.size)
    case 'enum':
      return (at) => readIndex(at, type.symbols.length)
    case 'array':
      return walkBlocks(walkOf(type.items, known), minimumBytes(type.items, new Map()))
    case 'map':
      return walkMap(type.values, known)
    case 'record':
      return walkRecord(type, known)
    case 'union':
      return walkUnion(type.branches, known)
    default:
      return isAmount(type) ? walkDecimal : simpleWalks[type.kind]
  }
}

/** Whether avsc is to read it as a decimal of ours. */
function isAmount({ as }: PrimitiveType): boolean {
  return /^decimal\(18,[0-4]\)$/.test(as)
}

const simpleWalks: Record<PrimitiveType['kind'], Walk> = {
  null: () => {},
  boolean: walkBoolean,
  int: readLong,
  long: readLong,
  float: (at) => advance(at, 4),
  double: (at) => advance(at, 8),
  bytes: (at) => advance(at, readLong(at)),
  string: walkText,
}

function walkRecord(type: RecordType, known: Known): Walk {
  const before = known.get(type)
  if (before) return before
  const walks: Walk[] = []
  const walk: Walk = (at) => {
    at.depth++
    if (at.depth > maxDepth) malformed(at, `is nested more than ${maxDepth} deep`)
    for (let i = 0; i < walks.length; i++) (walks[i] as Walk)(at)
    at.depth--
  }
  // Known before its fields are looked at: a record may hold itself.
  known.set(type, walk)
  for (const field of type.fields) walks.push(walkOf(field.type, known))
  return walk
}

function walkUnion(branches: readonly WriterType[], known: Known): Walk {
  const walks = branches.map((branch) => walkOf(branch, known))
  return (at) => (walks[readIndex(at, walks.length)] as Walk)(at)
}

function walkMap(values: WriterType, known: Known): Walk {
  const walkValue = walkOf(values, known)
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

/** Fewest bytes that a value of the type takes; a record that holds itself counts as nothing within itself. */
function minimumBytes(type: WriterType, known: Map<WriterType, number>): number {
  switch (type.kind) {
    case 'null':
      return 0
    case 'fixed':
      return type.size
    case 'float':
      return 4
    case 'double':
      return 8
    case 'record': {
      const before = known.get(type)
      if (before !== undefined) return before
      known.set(type, 0)
      const bytes = type.fields.reduce((sum, field) => sum + minimumBytes(field.type, known), 0)
      known.set(type, bytes)
      return bytes
    }
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

export function readIndex(at: Cursor, count: number): number {
  const index = readLong(at)
  if (index < 0 || index >= count) malformed(at, `chooses branch ${index} of ${count}`)
  return index
}

/** A zigzag number of at most ten bytes. Beyond 2^53 it is rounded; lengths and counts so large fail anyway. */
export function readLong(at: Cursor): number {
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
