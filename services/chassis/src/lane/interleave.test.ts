import fc from 'fast-check'
import { expect, it } from 'vitest'
import { interleave } from './interleave.ts'

it('keeps the order within each queue and loses nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat())), (queues) => {
      const tagged = queues.map((queue, q) => queue.map((value, i) => ({ q, i, value })))
      const joined = interleave(tagged)
      expect(joined).toHaveLength(queues.flat().length)
      tagged.forEach((queue, q) => {
        expect(joined.filter((item) => item.q === q)).toEqual(queue)
      })
    }),
  )
})

it('takes one of each in turn', () => {
  expect(interleave([['1', '2', '3'], ['a'], [], ['x', 'y']])).toEqual(['1', 'a', 'x', '2', 'y', '3'])
})
