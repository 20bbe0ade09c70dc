import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { duplicateKeyIn } from './duplicate-key.ts'

describe('a name that an object has twice', () => {
  test.each([
    ['{"a":1,"a":2}', 'a', 1, 8],
    ['{"a":1,\n "a":2}', 'a', 2, 2],
    ['{"o":{"x":[1,{"b":1,"b":1}]}}', 'b', 1, 21],
    ['[{"a":1},{"c":{},"d":[],"c":0}]', 'c', 1, 25],
    [String.raw`{"a":1,"\u0061":2}`, 'a', 1, 8],
    ['{"__proto__":1,"__proto__":2}', '__proto__', 1, 16],
    ['{"":1,"":2}', '', 1, 7],
    [String.raw`{"\"":1,"\"":2}`, '"', 1, 9],
  ])('is found in %s', (json, name, line, column) => {
    expect(duplicateKeyIn(json)).toEqual({ name, line, column })
  })

  test.each([
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a","b":"a"}',
    String.raw`{"a":"\",\"a\":","b":"{\"b\":1,\"b\":2}"}`,
    '{"a":["a","a"],"b":1}',
    '"a"',
    'null',
  ])('is not found in %s', (json) => expect(duplicateKeyIn(json)).toBeUndefined())

  test('is found wherever it is put, and nowhere else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.jsonValue(), (inner, name, value) => {
        expect(duplicateKeyIn(JSON.stringify(inner))).toBeUndefined()
        const pair = `${JSON.stringify(name)}:${JSON.stringify(value)}`
        const twice = `[${JSON.stringify(inner)},{${pair},${JSON.stringify(`z${name}`)}:${JSON.stringify(inner)},${pair}}]`
        expect(duplicateKeyIn(twice)?.name).toBe(name)
      }),
    )
  })
})
