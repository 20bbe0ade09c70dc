import { expect, it, vi } from 'vitest'
import { CaughtUp } from './caught-up.ts'

it('tells once, when the last partition has reached the end that it had at the start', () => {
  const tell = vi.fn()
  const caughtUp = new CaughtUp(tell)
  caughtUp.start([
    { of: 'a-0', from: 0, end: 10 },
    { of: 'a-1', from: 3, end: 3 },
    { of: 'a-2', from: 0, end: 1 },
  ])
  caughtUp.reach('a-2', 1)
  caughtUp.reach('a-0', 9)
  expect(tell).not.toHaveBeenCalled()
  caughtUp.reach('a-0', 12)
  caughtUp.reach('a-0', 13)
  expect(tell).toHaveBeenCalledTimes(1)
})

it('tells at once when nothing was there', () => {
  const tell = vi.fn()
  new CaughtUp(tell).start([{ of: 'a-0', from: 0, end: 0 }])
  expect(tell).toHaveBeenCalledTimes(1)
})

it('keeps the ends of the first start over a reconnect', () => {
  const tell = vi.fn()
  const caughtUp = new CaughtUp(tell)
  caughtUp.start([{ of: 'a-0', from: 0, end: 10 }])
  caughtUp.start([{ of: 'a-0', from: 5, end: 90 }])
  caughtUp.reach('a-0', 10)
  expect(tell).toHaveBeenCalledTimes(1)
})
