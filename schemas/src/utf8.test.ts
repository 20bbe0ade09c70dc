import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readUtf8, Utf8Reader } from './utf8.ts'

const windows1252 = (text: string) => Buffer.from(text, 'latin1')

describe('bytes from outside', () => {
  it('are the text that they are in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = text.replaceAll('\0', '').replace(/^\uFEFF+/, '')
        expect(readUtf8(Buffer.from(written))).toEqual({ text: written })
      }),
    )
  })

  it('lose their byte order mark', () => {
    expect(readUtf8(Buffer.from('\uFEFF{"a":1}'))).toEqual({ text: '{"a":1}' })
  })

  it('are refused with the place of the first one that is no UTF-8', () => {
    expect(readUtf8(windows1252('title: Order\nname: Jos\u00e9 N\u00fa\u00f1ez\n'))).toEqual({
      notUtf8: {
        line: 2,
        column: 10,
        byte: 23,
        message: 'the byte 0xE9 is not UTF-8: in Windows-1252 it would be é',
        hint: 'save it as UTF-8',
      },
    })
  })

  it('count columns without the byte order mark', () => {
    const bytes = Buffer.concat([Buffer.from('\uFEFFä\r\nö\nü'), Buffer.from([0xfc])])
    expect(readUtf8(bytes)).toMatchObject({ notUtf8: { line: 3, column: 2, byte: 13 } })
  })

  it.each([
    ['with the low byte first', Buffer.from('\uFEFFtitle', 'utf16le')],
    ['with the high byte first', Buffer.from('\uFEFFtitle', 'utf16le').swap16()],
  ])('are called UTF-16 by their mark, %s', (_, bytes) => {
    expect(readUtf8(bytes)).toMatchObject({
      notUtf8: { line: 1, column: 1, byte: 1, message: 'this is UTF-16, as its byte order mark says' },
    })
  })

  it('are not taken with a NUL, as UTF-16 without a mark has', () => {
    expect(readUtf8(Buffer.from('title', 'utf16le'))).toMatchObject({
      notUtf8: { line: 1, column: 2, byte: 2, message: 'there is a NUL, as text in UTF-16 has' },
    })
  })

  it.each([
    ['cut off within a character', [0x61, 0xe2, 0x82], 2],
    ['half a surrogate pair', [0x61, 0x62, 0xed, 0xa0, 0x80], 3],
    ['a character that is longer than it has to be', [0xc0, 0xaf], 1],
    ['beyond the last character', [0x61, 0xf4, 0x90, 0x80, 0x80], 2],
    ['a byte that goes on from nothing', [0x61, 0x80], 2],
  ])('are refused where they are %s', (_, bytes, byte) => {
    expect(readUtf8(Buffer.from(bytes))).toMatchObject({ notUtf8: { byte } })
  })

  it('never give a replacement character that is not in the file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const read = readUtf8(bytes)
        if ('text' in read) expect(Buffer.from(read.text)).toEqual(Buffer.from(withoutMark(bytes)))
      }),
    )
  })

  it('give the same text, or the same place, in whatever pieces they come', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.constantFrom('é', '\r', '\n', '€', '😀', 'a').map((text) => Uint8Array.from(Buffer.from(text))),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (pieces, size) => {
        const whole = Buffer.concat(pieces)
        expect(inPieces(whole, size)).toEqual(readUtf8(whole))
      }),
    )
  })
})

function inPieces(bytes: Uint8Array, size: number) {
  const reader = new Utf8Reader()
  let text = ''
  for (let at = 0; at < bytes.length; at += size) {
    const read = reader.write(bytes.subarray(at, at + size))
    if ('notUtf8' in read) return read
    text += read.text
  }
  const end = reader.end()
  return 'notUtf8' in end ? end : { text }
}

const withoutMark = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
