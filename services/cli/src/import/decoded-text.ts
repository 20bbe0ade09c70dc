import { isUtf8 } from 'node:buffer'
import { Failure, Misuse } from '../failures.ts'

/** What a file may be written in; every other name that browsers know is understood as well. */
export const encodings = [
  'utf-8',
  'windows-1252',
  'iso-8859-15',
  'macintosh',
  'utf-16le',
  'utf-16be',
] as const

/** Raises Misuse for an encoding that there is not. */
export function requireEncoding(name: string): void {
  try {
    new TextDecoder(name)
  } catch {
    throw new Misuse(`There is no encoding "${name}"; there are ${encodings.join(', ')}.`)
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
      throw new Failure('NOT_IN_ENCODING', `${file} is not written in ${encoding} throughout.`, { cause })
    }
  }
}

function utf8Decoder(file: string): Decode {
  const decoder = new TextDecoder('utf-8')
  let line = 1
  let begun = Buffer.alloc(0)
  return (chunk, isLast) => {
    const known = Buffer.concat([begun, chunk])
    // Whole lines, so that a place can be told; the rest waits for what follows.
    const end = isLast ? known.length : Math.max(known.lastIndexOf(10), known.lastIndexOf(13)) + 1
    const whole = known.subarray(0, end)
    if (!isUtf8(whole)) throw notUtf8(file, whole, line)
    line += linesIn(whole)
    begun = known.subarray(end)
    if (begun.length > longestLine)
      throw new Failure('LINE_TOO_LONG', `${file}: line ${line} is longer than ${longestLine} bytes.`)
    return decoder.decode(whole, { stream: !isLast })
  }
}

/** How many lines end here; old files end them with a carriage return alone. */
function linesIn(bytes: Buffer): number {
  return timesIn(bytes, 10) || timesIn(bytes, 13)
}

function timesIn(bytes: Buffer, wanted: number): number {
  let times = 0
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) times++
  return times
}

const longestLine = 4_000_000

function notUtf8(file: string, bytes: Buffer, firstLine: number): Failure {
  const at = firstBad(bytes)
  const start = Math.max(bytes.lastIndexOf(10, at), bytes.lastIndexOf(13, at)) + 1
  const line = firstLine + linesIn(bytes.subarray(0, start))
  const around = new TextDecoder('windows-1252').decode(bytes.subarray(Math.max(start, at - 20), at + 20))
  const byte = (bytes[at] as number).toString(16).padStart(2, '0')
  return new Failure(
    'NOT_UTF_8',
    `${file} is not UTF-8: line ${line}, byte ${at - start + 1} is 0x${byte} (as Windows-1252: "${around.split(/[\r\n]/, 1)[0]}"). ` +
      'Save it as UTF-8, or say what it is written in: --encoding windows-1252.',
  )
}

/** Where the first bytes stand that are no character. */
function firstBad(bytes: Buffer): number {
  let at = 0
  while (at < bytes.length) {
    const length = lengthOf(bytes[at] as number)
    if (length === 0 || at + length > bytes.length || !isUtf8(bytes.subarray(at, at + length))) break
    at += length
  }
  return at
}

/** Bytes of the character that begins with this one; 0 when none does. */
function lengthOf(byte: number): number {
  if (byte < 0x80) return 1
  if (byte < 0xc2 || byte > 0xf4) return 0
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
}
