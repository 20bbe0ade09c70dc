import fc from 'fast-check'
import { expect, test } from 'vitest'
import { depthOf, readBody } from './body.ts'

const read = (text: string) => readBody(Buffer.from(text))

test('JSON is read', () => {
  expect(read('{"a":[1,{"b":"}"}]}')).toEqual({ json: { a: [1, { b: '}' }] } })
})

test.each(['', '{', '{"a":1,}', 'hello'])('%j is no JSON', (text) => {
  expect(read(text)).toMatchObject({ code: 'BODY_UNREADABLE' })
})

test('bytes that are no UTF-8 are refused with their place', () => {
  expect(readBody(Buffer.from('{\n "name": "Jos\u00e9"}', 'latin1'))).toEqual({
    code: 'BODY_UNREADABLE',
    detail:
      'Line 2, column 14 (byte 16) of the body: the byte 0xE9 is not UTF-8: in Windows-1252 it would be é. ' +
      'Send JSON as UTF-8.',
  })
})

test('a byte order mark is no part of the JSON', () => {
  expect(read('\uFEFF{"a":1}')).toEqual({ json: { a: 1 } })
})

test('a body of a hundred thousand brackets is refused before it is built', () => {
  expect(read('['.repeat(100_000))).toMatchObject({ code: 'BODY_TOO_DEEP' })
  expect(read(`${'{"a":'.repeat(9)}1${'}'.repeat(9)}`)).toMatchObject({ code: 'BODY_TOO_DEEP' })
})

test('brackets inside of texts do not count', () => {
  expect(read(JSON.stringify('[[[[[[[[[['))).toEqual({ json: '[[[[[[[[[[' })
  expect(read(JSON.stringify('\\"[[[[[[[[[['))).toEqual({ json: '\\"[[[[[[[[[[' })
})

test('the depth is that of the value', () => {
  const depth = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 12 }), (value) => depthOf(JSON.stringify(value)) === depth(value)),
  )
})
