import { expect, test } from 'vitest'
import { tallyLine, tallyOf, total } from './tally.ts'

test('the last tally line counts', () => {
  expect(tallyOf('1 passed, 0 failed\nnoise\n12 passed, 3 failed\n', 1)).toEqual({ passed: 12, failed: 3 })
})

test('a command that says nothing is one test by its exit code', () => {
  expect(tallyOf('', 0)).toEqual({ passed: 1, failed: 0 })
  expect(tallyOf('', 1)).toEqual({ passed: 0, failed: 1 })
})

test('a failing exit code counts even when the line says that none failed', () => {
  expect(tallyOf('5 passed, 0 failed', 2)).toEqual({ passed: 5, failed: 1 })
})

test('what was written is read back', () => {
  const tally = total([
    { passed: 2, failed: 0 },
    { passed: 3, failed: 1, failures: ['a file > a test'] },
  ])
  expect(tally.failures).toEqual(['a file > a test'])
  expect(tallyOf(tallyLine(tally), 1)).toEqual({ passed: 5, failed: 1 })
})
