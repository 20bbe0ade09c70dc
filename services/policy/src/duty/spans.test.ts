import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spansOf } from './spans.ts'

test('spans that are on are those that a look at all of them finds, in their order', () => {
  const instant = fc.integer({ min: 0, max: 50 })
  const span = fc.tuple(instant, instant).map(([fromMs, toMs]) => ({ fromMs, toMs }))
  fc.assert(
    fc.property(fc.array(span, { maxLength: 20 }), instant, (spans, atMs) => {
      expect(spansOf(spans).at(atMs)).toEqual(
        spans.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs),
      )
    }),
    { numRuns: 500 },
  )
})
