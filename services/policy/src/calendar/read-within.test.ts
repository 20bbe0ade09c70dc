import { describe, expect, test } from 'vitest'
import { readShare, readWithin } from './read-within.ts'
import { withinInWords } from './within.ts'

test.each([
  ['30 minutes', { kind: 'elapsed', count: 30, unit: 'minute' }],
  ['1 hour', { kind: 'elapsed', count: 1, unit: 'hour' }],
  ['3 days', { kind: 'elapsed', count: 3, unit: 'day' }],
  ['365 days', { kind: 'elapsed', count: 365, unit: 'day' }],
  ['90 working minutes', { kind: 'open', count: 90, unit: 'minute' }],
  ['2 working hours', { kind: 'open', count: 2, unit: 'hour' }],
  ['1 working day', { kind: 'working-days', count: 1 }],
  ['250 working days', { kind: 'working-days', count: 250 }],
])('%s is read, and written the same', (text, within) => {
  const read = readWithin(text)
  expect(read).toEqual({ within })
  expect('within' in read && withinInWords(read.within)).toBe(text)
})

test.each([
  ['1 hours', '1 hour'],
  ['2 hour', '2 hours'],
  ['1 working days', '1 working day'],
  ['24 working hours', '24 working hours'],
  ['24 hours', '24 hours'],
])('%s is written as %s', (text, words) => {
  const read = readWithin(text)
  expect('within' in read && withinInWords(read.within)).toBe(words)
})

describe('a time that cannot only mean one thing is refused', () => {
  test.each([
    ['2 hrs', '"2 hrs" is not a time', 'write 2 hours'],
    ['2hours', '"2hours" is not a time', 'write 2 hours'],
    ['2  Hours ', '"2  Hours " is not a time', 'write 2 hours'],
    ['02 hours', '"02 hours" is not a time', 'write 2 hours'],
    ['two hours', '"two hours" is not a time', 'write 2 hours'],
    ['30 mins.', '"30 mins." is not a time', 'write 30 minutes'],
    ['1 business day', '"1 business day" is not a time', 'write 1 working day'],
    ['3 working-days', '"3 working-days" is not a time', 'write 3 working days'],
    ['2 weeks', '"2 weeks": there are no weeks, months or years here', /^their length .*10 working days$/],
    ['1 month', '"1 month": there are no weeks, months or years here', /^their length/],
    ['1 working year', '"1 working year": there are no weeks, months or years here', /^their length/],
    ['90 seconds', '"90 seconds": there are no seconds here', 'write 1 minute or more'],
    ['0.5 hours', '"0.5 hours" has a fraction', 'write 30 minutes'],
    ['1,5 h', '"1,5 h" has a fraction', 'write 90 minutes'],
    ['1.5 days', '"1.5 days" has a fraction', 'write 36 hours'],
    ['1.5 working hours', '"1.5 working hours" has a fraction', 'write 90 working minutes'],
    ['1.5 working days', '"1.5 working days" has a fraction', 'write whole working days, or working hours'],
    ['0.5 minutes', '"0.5 minutes" has a fraction', /^write a whole number/],
    ['half a day', '"half a day" has a fraction', /^write a whole number/],
    ['1/2 day', '"1/2 day" has a fraction', /^write a whole number/],
    ['0 hours', '"0 hours" is no time', 'write 1 minute or more'],
    ['-2 hours', '"-2 hours" is no time', 'write 1 minute or more'],
    ['2 hours 30 minutes', '"2 hours 30 minutes" is not a time', /^write 30 minutes, 2 hours, 3 days/],
    ['2', '"2" is not a time', /^write 30 minutes/],
    ['', '"" is not a time', /^write 30 minutes/],
    ['soon', '"soon" is not a time', /^write 30 minutes/],
    ['5 m', '"5 m" is not a time', /^write 30 minutes/],
    ['1 constructor', '"1 constructor" is not a time', /^write 30 minutes/],
    ['366 days', '"366 days" is longer than 365 days', 'write 365 days at most'],
    [
      '2001 working hours',
      '"2001 working hours" is longer than 2000 working hours',
      'write 2000 working hours at most',
    ],
    [
      '251 working days',
      '"251 working days" is longer than 250 working days',
      'write 250 working days at most',
    ],
    ['99999999 hours', '"99999999 hours" is not a time', /^write 30 minutes/],
  ])('%s', (text, problem, hint) => {
    const read = readWithin(text)
    expect(read).toEqual({
      problem,
      hint: typeof hint === 'string' ? hint : expect.stringMatching(hint),
    })
  })
})

test.each([
  ['75 %', 75],
  ['75%', 75],
  ['1 %', 1],
  ['99 %', 99],
])('the share %s', (text, percent) => {
  expect(readShare(text)).toEqual({ percent })
})

test.each(['0 %', '100 %', '75', '7.5 %', '0.75', ' 75 %', '-5 %', ''])(
  'the share "%s" is refused',
  (text) => {
    expect(readShare(text)).toEqual({
      problem: `"${text}" is not a share of the time`,
      hint: 'write 75 %, or another whole number of percents from 1 % to 99 %',
    })
  },
)
