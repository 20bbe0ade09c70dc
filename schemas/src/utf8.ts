/** Bytes from outside as text. Every door reads them here, so that none puts U+FFFD into names, orders and mails. */

/** Why bytes are not taken as text, and the place of the first one that is wrong. */
export interface NotUtf8 {
  /** All three count from 1; columns are UTF-16 units as editors count them, and a byte order mark has none. */
  line: number
  column: number
  byte: number
  /** What is wrong. */
  message: string
  /** What to do. */
  hint: string
}

export type TextRead = { text: string } | { notUtf8: NotUtf8 }

/** The text of a whole file or body, without a byte order mark; or where it is no UTF-8. */
export function readUtf8(bytes: Uint8Array): TextRead {
  const reader = new Utf8Reader()
  const read = reader.write(bytes)
  if ('notUtf8' in read) return read
  const end = reader.end()
  return 'notUtf8' in end ? end : read
}

/** The same for bytes that come piece by piece. Nothing is to be written after a refusal. */
export class Utf8Reader {
  /** The beginning of a character whose other bytes have not come yet. */
  #unfinished: Uint8Array = new Uint8Array()
  /** All that was read, but its last part: places are worked out when they are asked for. */
  #before: Place = { line: 1, column: 1, byte: 1 }
  #last = ''

  /** The characters that end within these bytes. */
  write(bytes: Uint8Array): TextRead {
    const whole = this.#unfinished.length > 0 ? Buffer.concat([this.#unfinished, bytes]) : bytes
    this.#before = this.#place()
    const text = decoded(whole)
    this.#last = text ?? longestSound(whole)
    const nul = this.#last.indexOf('\0')
    if (nul >= 0) this.#last = this.#last.slice(0, nul)
    const length = Buffer.byteLength(this.#last)
    this.#unfinished = whole.subarray(length)
    if (text === undefined || nul >= 0) return this.#refused()
    return { text: this.#before.byte === 1 ? withoutMark(text) : text }
  }

  /** Whether the last character was whole. */
  end(): TextRead {
    return this.#unfinished.length === 0 ? { text: '' } : this.#refused()
  }

  #refused(): TextRead {
    const place = this.#place()
    return { notUtf8: { ...place, ...wordsFor(this.#unfinished, place.byte === 1) } }
  }

  #place(): Place {
    const { line, column, byte } = this.#before
    const text = byte === 1 ? withoutMark(this.#last) : this.#last
    const lines = text.split('\n')
    const length = (lines.at(-1) as string).length
    return {
      line: line + lines.length - 1,
      column: lines.length > 1 ? length + 1 : column + length,
      byte: byte + Buffer.byteLength(this.#last),
    }
  }
}

type Place = Pick<NotUtf8, 'line' | 'column' | 'byte'>

const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)

/** Without a character at the end that is not whole; undefined when there are bytes that are part of none. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return undefined
  }
}

/** What can be read of bytes that cannot all be read. */
function longestSound(bytes: Uint8Array): string {
  let sound = 0
  let unsound = bytes.length
  while (unsound - sound > 1) {
    const middle = (sound + unsound) >>> 1
    if (decoded(bytes.subarray(0, middle)) === undefined) unsound = middle
    else sound = middle
  }
  return decoded(bytes.subarray(0, sound)) ?? ''
}

const save = 'save it as UTF-8'

function wordsFor(bytes: Uint8Array, isStart: boolean): Pick<NotUtf8, 'message' | 'hint'> {
  const [first = 0, second] = bytes
  if (isStart && ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)))
    return { message: 'this is UTF-16, as its byte order mark says', hint: save }
  if (first === 0) return { message: 'there is a NUL, as text in UTF-16 has', hint: save }
  const hex = first.toString(16).toUpperCase()
  const meant = new TextDecoder('windows-1252').decode(bytes.subarray(0, 1))
  const inWindows = /\p{L}|\p{S}|\p{P}/u.test(meant) ? `: in Windows-1252 it would be ${meant}` : ''
  return { message: `the byte 0x${hex} is not UTF-8${inWindows}`, hint: save }
}
