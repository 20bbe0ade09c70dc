import { expect, test } from 'vitest'
import { start } from '../testing/given.ts'
import { writtenIn } from './written-time.ts'

test('an instant is written in the language, and says that it is UTC', () => {
  expect(writtenIn('en').instant(start)).toBe('March 2, 2026 at 9:00 AM UTC')
  expect(writtenIn('de').instant(start)).toBe('2. März 2026 um 09:00 UTC')
  expect(writtenIn('de').day(start)).toBe('2. März 2026')
})

test('a name that is no language tag is written in English', () => {
  expect(writtenIn('plain words').day(start)).toBe('March 2, 2026')
})
