import { expect, test } from 'vitest'
import { Pace } from './pace.ts'

test('keeps the rate on the whole, though its user is slow now and then', async () => {
  const pace = new Pace(200)
  const begun = performance.now()
  for (let n = 0; n < 40; n++) {
    await pace.take(1)
    if (n === 10) for (const until = performance.now() + 60; performance.now() < until; );
  }
  const elapsed = performance.now() - begun
  expect(elapsed).toBeGreaterThan(185)
  expect(elapsed).toBeLessThan(400)
})

test('lets everything through when there is no rate', async () => {
  const pace = new Pace(undefined)
  const begun = performance.now()
  for (let n = 0; n < 1_000; n++) await pace.take(1_000)
  expect(performance.now() - begun).toBeLessThan(500)
})

test('ends at once when interrupted', async () => {
  const pace = new Pace(0.01)
  await pace.take(1)
  const interrupt = new AbortController()
  const waiting = pace.take(1, interrupt.signal)
  interrupt.abort()
  await expect(waiting).rejects.toThrow()
})
