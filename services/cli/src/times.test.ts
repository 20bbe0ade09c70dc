import { expect, test } from 'vitest'
import { duration, until } from './times.ts'

test.each([
  [0, '0 s'],
  [59_000, '59 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
  [4_800_000, '1 h 20 min'],
  [86_400_000, '1 d'],
  [266_400_000, '3 d 2 h'],
])('%d ms are %s', (ms, text) => expect(duration(ms)).toBe(text))

test('a deadline lies ahead or behind', () => {
  const now = Date.parse('2026-03-02T09:00:00Z')
  expect(until('2026-03-02T09:12:00Z', now)).toBe('in 12 min')
  expect(until('2026-03-02T08:00:00Z', now)).toBe('late by 1 h')
  expect(until(null, now)).toBe('')
})
