import avro from 'avsc'

/** A position in bytes, as avsc hands it to a type. */
interface Tap {
  buf: Buffer
  pos: number
  readString(): string
  writeString(text: string): void
}

/** What avsc calls when it reads and writes. */
interface Inside {
  _read(tap: Tap): unknown
  _write(tap: Tap, value: unknown): void
}

const StringType = avro.types.StringType as unknown as new () => avro.types.StringType & Inside
const MapType = avro.types.MapType as unknown as new (
  schema: avro.Schema,
  options: object,
) => avro.types.MapType & Inside

/** The length of a shorter text takes one byte, and a loop is faster than asking for its length in UTF-8. */
const shortText = 64
/** From so many bytes on, avsc leaves the writing to Node, which puts U+FFFD where half a character stands. */
const mendedFrom = 65

/**
 * Text as UTF-8. Refuses text that was cut through a character where it would be written as bytes that nobody may
 * read. Orders are full of empty and short ASCII texts, which are read and written without leaving JavaScript.
 */
export class TextType extends StringType {
  override _read(tap: Tap): string {
    if (tap.buf[tap.pos] !== 0) return tap.readString()
    tap.pos++
    return ''
  }

  override _write(tap: Tap, value: unknown): void {
    if (typeof value !== 'string') throw new Error(`${JSON.stringify(value)} is no text`)
    if (value.length < shortText && writeAscii(tap, value)) return
    tap.writeString(requireWhole(value))
  }
}

/** As avsc's own, with names that a reader can take. */
export class NamedValuesType extends MapType {
  override _write(tap: Tap, value: unknown): void {
    for (const name of Object.keys(value ?? {}))
      if (requireWhole(name) === '__proto__') throw new Error('a map has the name __proto__')
    super._write(tap, value)
  }
}

/** Writes nothing that counts when there is no room or a character is not ASCII. */
function writeAscii(tap: Tap, text: string): boolean {
  const { buf, pos } = tap
  const { length } = text
  if (pos + 1 + length > buf.length) return false
  buf[pos] = length << 1
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) return false
    buf[pos + 1 + i] = code
  }
  tap.pos = pos + 1 + length
  return true
}

function requireWhole(text: string): string {
  if (text.isWellFormed() || Buffer.byteLength(text) >= mendedFrom) return text
  throw new Error(`the text ${JSON.stringify(text)} is not valid UTF-8: it ends or begins within a character`)
}
