import avro, { type Schema, type Type } from 'avsc'
import { canonicalDecimal } from './decimal.ts'
import { maxDecimalBytes, readDecimal, writeDecimal } from './decimal-bytes.ts'

/** A position in bytes, as avsc hands it to a type. */
interface Tap {
  buf: Buffer
  pos: number
  readLong(): number
  writeLong(value: number): void
}

type Hook = (value: unknown, type: Type) => void

const { LogicalType } = avro.types

/** Milliseconds that a date can hold. */
export const maxInstant = 8_640_000_000_000_000

/**
 * `decimal` as canonical text. `_read`, `_write` and `_check` replace those of avsc, which make a Buffer for
 * every number and raise an error for every null.
 */
export class DecimalType extends LogicalType {
  readonly scale: number

  constructor(schema: Schema, opts?: object) {
    super(schema, opts)
    const { scale = 0 } = schema as { scale?: number }
    this.scale = scale
    if (this.underlyingType.typeName !== 'bytes' || scale < 0 || scale > 4)
      throw new Error(`a decimal must be bytes with a scale of 0 to 4: ${JSON.stringify(schema)}`)
  }

  _read(tap: Tap): string {
    const length = tap.readLong()
    const start = tap.pos
    tap.pos += length
    return tap.pos > tap.buf.length ? '' : readDecimal(tap.buf, start, length, this.scale)
  }

  _write(tap: Tap, value: unknown): void {
    const end = typeof value === 'string' ? writeDecimal(tap.buf, tap.pos, value, this.scale) : undefined
    if (end === undefined) throw new Error(`${JSON.stringify(value)} is no decimal as text`)
    tap.pos = end
  }

  _check(value: unknown, _flags: unknown, hook?: Hook): boolean {
    const ok = typeof value === 'string' && (!hook || canonicalDecimal(value) !== undefined)
    if (!ok) hook?.(value, this)
    return ok
  }

  protected override _fromValue(value: Buffer): string {
    return readDecimal(value, 0, value.length, this.scale)
  }

  protected override _toValue(value: string): Buffer {
    const bytes = Buffer.alloc(maxDecimalBytes + 1)
    return bytes.subarray(1, writeDecimal(bytes, 0, value, this.scale))
  }

  /** A writer's decimal of another scale is read as the same amount. */
  protected override _resolve(writer: Type): ((value: unknown) => unknown) | undefined {
    return writer instanceof DecimalType ? (value) => value : undefined
  }

  protected override _export(schema: Schema): void {
    Object.assign(schema, { precision: 18, scale: this.scale })
  }
}

/** `timestamp-millis` as milliseconds; refuses what no date can hold. */
export class InstantType extends LogicalType {
  _read(tap: Tap): number {
    return requireInstant(tap.readLong())
  }

  _write(tap: Tap, value: unknown): void {
    tap.writeLong(requireInstant(value))
  }

  _check(value: unknown, _flags: unknown, hook?: Hook): boolean {
    const ok = isInstant(value)
    if (!ok) hook?.(value, this)
    return ok
  }

  protected override _fromValue(value: number): number {
    return requireInstant(value)
  }

  protected override _toValue(value: number): number {
    return requireInstant(value)
  }

  /** A writer's plain long is read as milliseconds. */
  protected override _resolve(writer: Type): ((value: number) => number) | undefined {
    return writer instanceof InstantType || writer.typeName === 'long' ? requireInstant : undefined
  }
}

const isInstant = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Math.abs(value as number) <= maxInstant

function requireInstant(value: unknown): number {
  if (isInstant(value)) return value
  throw new Error(`${String(value)} is no instant in milliseconds`)
}

export const logicalTypes = { decimal: DecimalType, 'timestamp-millis': InstantType }
