import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Alarm, backOffMs, longestSleepMs, sleepMs } from './wake-up.ts'

test('a sleep never ends after the next due time, unless that has passed', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (now, next) => {
      const ms = sleepMs(now, next)
      expect(ms).toBeGreaterThanOrEqual(1)
      expect(ms).toBeLessThanOrEqual(longestSleepMs)
      if (next > now) expect(now + ms).toBeLessThanOrEqual(next)
    }),
  )
})

test('with nothing pending the lane still looks after the store now and then', () => {
  expect(sleepMs(0, undefined)).toBe(longestSleepMs)
})

test('the pause after failures doubles up to two seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 40].map(backOffMs)).toEqual([100, 200, 400, 800, 1600, 2000, 2000])
})

test('a sleep can be ended early', async () => {
  const alarm = new Alarm()
  const started = Date.now()
  const slept = alarm.sleep(60_000)
  expect(alarm.until).toBeGreaterThan(started)
  alarm.ring()
  await slept
  expect(Date.now() - started).toBeLessThan(10_000)
  expect(alarm.until).toBe(0)
})
