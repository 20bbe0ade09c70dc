/**
 * Schema resolution as Avro has it, by which a message is read that another schema wrote: fields by name, records and
 * enums by their unqualified name, a union by the branch that a value has. What does not fit is told field by field.
 */
import { isUtf8 } from 'node:buffer'
import type { Type, types } from 'avsc'
import { maxDecimalBytes, readDecimal } from './decimal-bytes.ts'
import { type FieldProblem, Undecodable, type UndecodableCode } from './errors.ts'
import { DecimalType, maxInstant } from './logical-types.ts'
import { type Cursor, readIndex, readLong, type Walk, walkOf } from './wire-check.ts'
import { called, type PrimitiveType, unqualified, type WriterType } from './writer-schema.ts'

/** Reads a value whose bytes have been checked. Raises Unfit. */
type Read = (at: Cursor) => unknown
type Plan = { read: Read } | { problems: readonly FieldProblem[] }

/** A value that its field cannot hold; the path grows as it leaves the records around it. */
class Unfit extends Error {
  readonly code: UndecodableCode
  readonly problems: readonly FieldProblem[]

  constructor(code: UndecodableCode, problems: readonly FieldProblem[]) {
    super()
    this.code = code
    this.problems = problems
  }
}

interface Resolution {
  walks: Map<WriterType, Walk>
  plans: Map<Type, Map<WriterType, Plan>>
}

/**
 * Gives how to read what was written as `writer`, from the first byte of the value on. Raises Undecodable when no value
 * of it can be read, and so does the reading of a value that cannot.
 */
export function readAs(reader: Type, writer: WriterType): (bytes: Buffer, start: number) => unknown {
  const plan = planOf(reader, writer, { walks: new Map(), plans: new Map() })
  if ('problems' in plan) throw new Undecodable('INCOMPATIBLE_SCHEMA', plan.problems)
  return (bytes, start) => {
    try {
      return plan.read({ bytes, pos: start, depth: 0 })
    } catch (error) {
      throw error instanceof Unfit ? new Undecodable(error.code, error.problems) : error
    }
  }
}

function planOf(reader: Type, writer: WriterType, resolution: Resolution): Plan {
  const known = resolution.plans.get(reader) ?? new Map<WriterType, Plan>()
  resolution.plans.set(reader, known)
  const plan = known.get(writer) ?? newPlan(reader, writer, resolution)
  known.set(writer, plan)
  return plan
}

function newPlan(reader: Type, writer: WriterType, resolution: Resolution): Plan {
  if (writer.kind === 'union') return byBranch(reader, writer.branches, resolution)
  switch (reader.typeName) {
    case 'union:unwrapped':
      return asOneOf((reader as types.UnwrappedUnionType).types, writer, resolution)
    case 'record':
      return asRecord(reader as types.RecordType, writer, resolution)
    case 'array':
      return writer.kind === 'array'
        ? asArray((reader as types.ArrayType).itemsType, writer.items, resolution)
        : mismatch(reader, writer)
    case 'map':
      return writer.kind === 'map'
        ? asMap((reader as types.MapType).valuesType, writer.values, resolution)
        : mismatch(reader, writer)
    case 'enum':
      return asEnum(reader as types.EnumType, writer)
    default: {
      const read = readPrimitive(reader, writer)
      return read ? { read } : mismatch(reader, writer)
    }
  }
}

function mismatch(reader: Type, writer: WriterType): Plan {
  return {
    problems: [{ path: '', message: `is written as ${called(writer)}, and read as ${calledBy(reader)}` }],
  }
}

function calledBy(reader: Type): string {
  switch (reader.typeName) {
    case 'union:unwrapped':
      return (reader as types.UnwrappedUnionType).types.map(calledBy).join(' or ')
    case 'record':
    case 'enum':
      return `${reader.typeName} ${reader.name}`
    case 'logical:decimal':
      return `decimal(18,${(reader as unknown as DecimalType).scale})`
    default:
      return reader.typeName.replace('logical:', '')
  }
}

/** Which branch a value has is in its bytes, so that one which cannot be read matters only when it is there. */
function byBranch(reader: Type, branches: readonly WriterType[], resolution: Resolution): Plan {
  const plans = branches.map((branch) => planOf(reader, branch, resolution))
  if (plans.every((plan) => 'problems' in plan)) return nearest(reader, { kind: 'union', branches }, plans)
  const reads = plans.map((plan, i): Read => {
    if ('read' in plan) return plan.read
    const isNull = branches[i]?.kind === 'null'
    const nothing = [{ path: '', message: `is null, and read as ${calledBy(reader)}` }]
    const problems = isNull ? nothing : plan.problems
    return () => {
      throw new Unfit('INCOMPATIBLE_SCHEMA', problems)
    }
  })
  return { read: (at) => (reads[readIndex(at, reads.length)] as Read)(at) }
}

/** The first branch of the reader that can take it; else what is wrong with the one that it is most like. */
function asOneOf(branches: readonly Type[], writer: WriterType, resolution: Resolution): Plan {
  const plans = branches.map((branch) => planOf(branch, writer, resolution))
  const fits = plans.find((plan) => 'read' in plan)
  if (fits) return fits
  const like = plans.findIndex((_, i) => isLike(branches[i] as Type, writer))
  const reader = branches.find((branch) => branch.typeName !== 'null') as Type
  return plans[like] ?? mismatch(reader, writer)
}

/** Says what is wrong within the one branch of a writer that the reader means, rather than that none fits. */
function nearest(reader: Type, writer: WriterType & { kind: 'union' }, plans: readonly Plan[]): Plan {
  const like = writer.branches.findIndex((branch) => isLike(reader, branch))
  return plans[like] ?? mismatch(reader, writer)
}

function isLike(reader: Type, writer: WriterType): boolean {
  if (reader.typeName === 'union:unwrapped')
    return (reader as types.UnwrappedUnionType).types.some((branch) => isLike(branch, writer))
  return reader.typeName === writer.kind && (writer.kind !== 'record' || isNamesake(reader, writer.name))
}

const isNamesake = (reader: Type, name: string): boolean =>
  unqualified(reader.name ?? '') === unqualified(name)

function asRecord(reader: types.RecordType, writer: WriterType, resolution: Resolution): Plan {
  if (writer.kind !== 'record' || !isNamesake(reader, writer.name)) return mismatch(reader, writer)
  const steps: Step[] = []
  const problems: FieldProblem[] = []
  const indices = new Map(reader.fields.map((field, index) => [field.name, index]))
  for (const { name, type } of writer.fields) {
    const index = indices.get(name)
    if (index === undefined) {
      steps.push({ name, index: -1, read: walkOf(type, resolution.walks) })
      continue
    }
    indices.delete(name)
    const plan = planOf((reader.fields[index] as types.Field).type, type, resolution)
    if ('read' in plan) steps.push({ name, index, read: plan.read })
    else problems.push(...plan.problems.map((problem) => within(name, problem)))
  }
  const missing = [...indices].map(([, index]) => reader.fields[index] as types.Field)
  for (const field of missing)
    if (field.defaultValue() === undefined)
      problems.push({ path: field.name, message: `is missing, and read as ${calledBy(field.type)}` })
  if (problems.length > 0) return { problems }
  const defaults = missing.map((field) => ({ index: reader.fields.indexOf(field), of: field }))
  return { read: (at) => readRecord(reader, steps, defaults, at) }
}

interface Step {
  name: string
  /** Place among the reader's fields; -1 when it has no such field. */
  index: number
  read: Read | Walk
}

function readRecord(
  reader: types.RecordType,
  steps: readonly Step[],
  defaults: readonly { index: number; of: types.Field }[],
  at: Cursor,
): unknown {
  const values: unknown[] = new Array(reader.fields.length)
  for (const { name, index, read } of steps) {
    try {
      const value = read(at)
      if (index >= 0) values[index] = value
    } catch (error) {
      throw error instanceof Unfit
        ? new Unfit(
            error.code,
            error.problems.map((p) => within(name, p)),
          )
        : error
    }
  }
  for (const { index, of } of defaults) values[index] = of.defaultValue()
  return new reader.recordConstructor(...values)
}

function within(name: string, { path, message }: FieldProblem): FieldProblem {
  return { path: path === '' ? name : `${name}.${path}`, message }
}

function asArray(reader: Type, writer: WriterType, resolution: Resolution): Plan {
  const plan = planOf(reader, writer, resolution)
  if ('problems' in plan) return plan
  return {
    read(at) {
      const items: unknown[] = []
      readBlocks(at, () => items.push(plan.read(at)))
      return items
    },
  }
}

function asMap(reader: Type, writer: WriterType, resolution: Resolution): Plan {
  const plan = planOf(reader, writer, resolution)
  if ('problems' in plan) return plan
  return {
    read(at) {
      const values: Record<string, unknown> = {}
      readBlocks(at, () => {
        const name = readText(at)
        try {
          values[name] = plan.read(at)
        } catch (error) {
          throw error instanceof Unfit
            ? new Unfit(
                error.code,
                error.problems.map((p) => within(name, p)),
              )
            : error
        }
      })
      return values
    },
  }
}

function readBlocks(at: Cursor, readItem: () => void): void {
  for (let count = readLong(at); count !== 0; count = readLong(at)) {
    if (count < 0) readLong(at)
    for (let i = Math.abs(count); i > 0; i--) readItem()
  }
}

function asEnum(reader: types.EnumType, writer: WriterType): Plan {
  if (writer.kind !== 'enum' || !isNamesake(reader, writer.name)) return mismatch(reader, writer)
  const { default: other } = reader as types.EnumType & { default?: string }
  const symbols = writer.symbols.map((symbol) => (reader.symbols.includes(symbol) ? symbol : other))
  return {
    read(at) {
      const index = readIndex(at, symbols.length)
      return (
        symbols[index] ?? unfit(`is ${writer.symbols[index]}, which is none of ${reader.symbols.join(', ')}`)
      )
    },
  }
}

function readPrimitive(reader: Type, writer: WriterType): Read | undefined {
  const { kind } = writer
  switch (reader.typeName) {
    case 'null':
      return kind === 'null' ? () => null : undefined
    case 'boolean':
      return kind === 'boolean' ? (at) => at.bytes[at.pos++] === 1 : undefined
    case 'int':
      return kind === 'int' ? readWhole : undefined
    case 'long':
      return kind === 'int' || kind === 'long' ? readWhole : undefined
    case 'string':
      return kind === 'string'
        ? readText
        : kind === 'bytes' && writer.as === 'bytes'
          ? readBytesAsText
          : undefined
    case 'bytes':
      return kind === 'string' || (kind === 'bytes' && writer.as === 'bytes') ? readBytes : undefined
    case 'logical:timestamp-millis':
      return kind === 'long' && (writer.as === 'long' || writer.as === 'timestamp-millis')
        ? readInstant
        : undefined
    case 'logical:decimal':
      return kind === 'bytes' ? amountOf(reader, writer) : undefined
    default:
      return undefined
  }
}

/** A writer's decimal of another scale is read as the same amount. */
function amountOf(reader: Type, { scale }: PrimitiveType): Read | undefined {
  if (!(reader instanceof DecimalType) || scale === undefined || scale < 0 || scale > 4) return undefined
  return (at) => {
    const length = readLong(at)
    at.pos += length
    if (length < 1 || length > maxDecimalBytes) return unfit(`is a decimal of ${length} bytes`)
    try {
      return readDecimal(at.bytes, at.pos - length, length, scale)
    } catch (error) {
      return unfit(`is ${(error as Error).message}`)
    }
  }
}

function readBytes(at: Cursor): Buffer {
  const length = readLong(at)
  at.pos += length
  return at.bytes.subarray(at.pos - length, at.pos)
}

const readText = (at: Cursor): string => readBytes(at).toString()

function readBytesAsText(at: Cursor): string {
  const bytes = readBytes(at)
  return isUtf8(bytes)
    ? bytes.toString()
    : unfit('is written as bytes that are not UTF-8, and read as string')
}

function readInstant(at: Cursor): number {
  const time = readWhole(at)
  return Math.abs(time) <= maxInstant
    ? time
    : unfit(`is ${time}, and read as milliseconds: no date is so far away`)
}

/** Numbers of up to 7 bytes are exact whatever they are. */
const exactBytes = 7

function readWhole(at: Cursor): number {
  const start = at.pos
  const value = readLong(at)
  if (at.pos - start <= exactBytes || Number.isSafeInteger(2 * value)) return value
  const exact = exactLong(at.bytes, start, at.pos)
  return Number.isSafeInteger(Number(exact))
    ? Number(exact)
    : unfit(`is ${exact}, beyond what is read exactly (2^53)`)
}

function exactLong(bytes: Buffer, start: number, end: number): bigint {
  let zigzag = 0n
  for (let i = end - 1; i >= start; i--) zigzag = (zigzag << 7n) | BigInt((bytes[i] as number) & 127)
  return BigInt.asIntN(64, (zigzag >> 1n) ^ -(zigzag & 1n))
}

function unfit(message: string): never {
  throw new Unfit('MALFORMED', [{ path: '', message }])
}
