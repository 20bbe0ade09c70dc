import { expect, test } from 'vitest'
import { readAnswerWithin } from './answer-within.ts'

test.each([
  ['1 minute', 60_000],
  ['30 minutes', 1_800_000],
  ['1 hour', 3_600_000],
  ['2 hours', 7_200_000],
  ['1 day', 86_400_000],
  ['365 days', 31_536_000_000],
])('%s is %i milliseconds', (text, ms) => {
  expect(readAnswerWithin(text)).toEqual({ ms })
})

test.each([
  ['2 hrs', '"2 hrs" is not a time'],
  ['two hours', '"two hours" is not a time'],
  ['1.5 hours', '"1.5 hours" is not a time'],
  ['-2 hours', '"-2 hours" is not a time'],
  ['0 hours', '"0 hours" is not a time'],
  ['02 hours', '"02 hours" is not a time'],
  ['2hours', '"2hours" is not a time'],
  ['2  hours', '"2  hours" is not a time'],
  ['2 hours ', '"2 hours " is not a time'],
  ['2 Hours', '"2 Hours" is not a time'],
  ['2 months', '"2 months" is not a time'],
  ['2 working hours', '"2 working hours" is not a time'],
  ['1 hours', '"1 hours" mixes one and many'],
  ['2 hour', '"2 hour" mixes one and many'],
  ['366 days', '"366 days" is longer than 365 days'],
])('%s is refused', (text, problem) => {
  expect(readAnswerWithin(text)).toEqual({ problem })
})
