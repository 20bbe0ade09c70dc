import fc from 'fast-check'
import { expect, it } from 'vitest'
import { depthOf } from './body-guard.ts'

it('tells the depth of any JSON from its bytes, whatever its texts hold', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), (value) => {
      expect(depthOf(Buffer.from(JSON.stringify(value)))).toBe(depth(value))
    }),
  )
  fc.assert(
    fc.property(fc.array(fc.constantFrom('\\', '"', '[', '{', '}', ']', 'a')), (parts) => {
      expect(depthOf(Buffer.from(JSON.stringify([parts.join('')])))).toBe(1)
    }),
  )
})

function depth(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depth))
}
