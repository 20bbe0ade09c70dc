import { createReadStream, readFileSync } from 'node:fs'
import { type NotUtf8, readUtf8, type TextRead } from '@holdpoint/schemas'
import { Failure } from './failures.ts'
import { unreadable } from './file-problems.ts'

/** The text of a file, without a byte order mark. Fails where it is no UTF-8. */
export function readText(file: string): string {
  const read = readUtf8(bytesOf(file))
  if ('text' in read) return read.text
  throw notUtf8(file, read.notUtf8)
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw unreadable(file, cause)
  }
}

/** Where bytes are no UTF-8, as `file:line:column`, which editors and terminals make links of. */
export function notUtf8(file: string, { line, column, byte, message, hint }: NotUtf8): Failure {
  return new Failure('NOT_UTF8', `${file}:${line}:${column}  error: ${message} (byte ${byte})\n    ${hint}`)
}

/** The lines of a file that is too large to be read at once. Fails where it is no UTF-8. */
export async function* linesOfFile(file: string): AsyncGenerator<string> {
  let byte = 0
  let number = 0
  for await (const { bytes, read } of linesOf(createReadStream(file))) {
    number++
    if ('notUtf8' in read)
      throw notUtf8(file, { ...read.notUtf8, line: number, byte: byte + read.notUtf8.byte })
    yield read.text
    byte += bytes
  }
}

/** One line, each read by itself, so that one that is no UTF-8 spoils no other. */
export interface Line {
  /** How many it takes, the line end included. */
  bytes: number
  read: TextRead
}

/** The lines of bytes that come piece by piece. Line ends are not part of them; an empty one may be the last. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let begun: Uint8Array[] = []
  for await (const piece of pieces) {
    let from = 0
    for (let end = piece.indexOf(lineFeed); end >= 0; end = piece.indexOf(lineFeed, from)) {
      yield lineFrom([...begun, piece.subarray(from, end)], 1)
      begun = []
      from = end + 1
    }
    begun.push(piece.subarray(from))
  }
  yield lineFrom(begun, 0)
}

const lineFeed = 0x0a

function lineFrom(parts: readonly Uint8Array[], end: number): Line {
  const bytes = Buffer.concat(parts)
  const read = readUtf8(bytes)
  return {
    bytes: bytes.length + end,
    read: 'text' in read ? { text: read.text.replace(/\r$/, '') } : read,
  }
}
