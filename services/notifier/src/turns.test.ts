import { expect, test } from 'vitest'
import { turns } from './turns.ts'

test('no more run at a time than may, all have their turn in order, and one that fails gives its turn on', async () => {
  const inTurn = turns(3)
  const order: number[] = []
  let [running, most] = [0, 0]
  const work = Array.from({ length: 20 }, (_, i) =>
    inTurn(async () => {
      order.push(i)
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running--
      if (i === 4) throw new Error('no')
    }),
  )
  const ended = await Promise.allSettled(work)
  expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
  expect(order).toHaveLength(20)
  expect(most).toBe(3)
})
