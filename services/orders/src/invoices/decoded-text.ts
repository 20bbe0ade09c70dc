import { type NotUtf8, Utf8Reader } from '@holdpoint/schemas'
import { misuse, UnreadableInvoices } from '../errors.ts'

/** What a file may be written in; every other name that browsers know is understood as well. */
export const encodings = [
  'utf-8',
  'windows-1252',
  'iso-8859-15',
  'macintosh',
  'utf-16le',
  'utf-16be',
] as const

/** Raises MISUSE for an encoding that there is not. */
export function requireEncoding(name: string): void {
  try {
    new TextDecoder(name)
  } catch {
    throw misuse(`There is no encoding "${name}"; there are ${encodings.join(', ')}.`)
  }
}

/**
 * The text of bytes, without a byte order mark. The mark says the encoding, else `encoding`, else it is UTF-8; what does
 * not fit is refused with its place, and never replaced.
 */
export async function* decodedText(
  bytes: AsyncIterable<Buffer>,
  file: string,
  encoding: string | undefined,
): AsyncGenerator<string> {
  let decode: Decode | undefined
  for await (const chunk of bytes) {
    decode ??= decoderFor(markedEncoding(chunk) ?? encoding ?? 'utf-8', file)
    yield decode(chunk, false)
  }
  if (decode) yield decode(Buffer.alloc(0), true)
}

type Decode = (chunk: Buffer, isLast: boolean) => string

/** What the byte order mark at the start of a file says. */
function markedEncoding(start: Buffer): string | undefined {
  const marks = { efbbbf: 'utf-8', fffe: 'utf-16le', feff: 'utf-16be' }
  const hex = start.subarray(0, 3).toString('hex')
  return Object.entries(marks).find(([mark]) => hex.startsWith(mark))?.[1]
}

function decoderFor(encoding: string, file: string): Decode {
  const decoder = new TextDecoder(encoding, { fatal: true })
  if (decoder.encoding === 'utf-8') return utf8Decoder(file)
  return (chunk, isLast) => {
    try {
      return decoder.decode(chunk, { stream: !isLast })
    } catch (cause) {
      throw new UnreadableInvoices('NOT_IN_ENCODING', `${file} is not written in ${encoding} throughout.`, {
        cause,
      })
    }
  }
}

function utf8Decoder(file: string): Decode {
  const reader = new Utf8Reader()
  return (chunk, isLast) => {
    const read = reader.write(chunk)
    const end = isLast ? reader.end() : read
    if ('text' in read && 'text' in end) return read.text
    throw notUtf8('notUtf8' in read ? read.notUtf8 : (end as { notUtf8: NotUtf8 }).notUtf8, file)
  }
}

function notUtf8({ line, column, byte, message, hint }: NotUtf8, file: string): UnreadableInvoices {
  return new UnreadableInvoices(
    'NOT_UTF8',
    `${file}:${line}:${column}  error: ${message} (byte ${byte})\n    ${hint}, or say what it is written in: --encoding windows-1252`,
  )
}
