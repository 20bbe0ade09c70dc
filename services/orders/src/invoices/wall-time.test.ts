import { expect, test } from 'vitest'
import { orderShownBy, wallTimeOf, wallTimeOfSerial } from './wall-time.ts'

test.each([
  ['2010-12-01 08:26:00', '2010-12-01 08:26:00'],
  ['2010-12-01T08:26', '2010-12-01 08:26:00'],
  ['2010/1/5 8:26', '2010-01-05 08:26:00'],
  ['1.12.2010 8:26', '2010-12-01 08:26:00'],
])('%s needs no order of its parts', (text, wall) => {
  expect(wallTimeOf(text, undefined)).toBe(wall)
  expect(orderShownBy(text)).toBeUndefined()
})

test.each([
  ['12/1/2010 8:26', 'm/d/y', '2010-12-01 08:26:00'],
  ['12/1/2010 8:26', 'd/m/y', '2010-01-12 08:26:00'],
  ['12/1/10 8:26', 'm/d/y', '2010-12-01 08:26:00'],
  ['12-1-99 8:26:07', 'd/m/y', '1999-01-12 08:26:07'],
  ['12/1/2010 12:05 AM', 'm/d/y', '2010-12-01 00:05:00'],
  ['12/1/2010 8:26pm', 'm/d/y', '2010-12-01 20:26:00'],
  ['12/1/2010 12:05 PM', 'm/d/y', '2010-12-01 12:05:00'],
] as const)('%s as %s is %s', (text, order, wall) => expect(wallTimeOf(text, order)).toBe(wall))

test.each([
  '',
  'soon',
  '2010-12-01',
  '12/1/2010',
  '12/1-2010 8:26',
  '2010-12-01T08:26:00Z',
  '12/1/2010 13:05 PM',
])('%j is no date and time', (text) => expect(wallTimeOf(text, 'm/d/y')).toBeUndefined())

test('a date says the order of its parts when one of them is no month', () =>
  expect(['13/1/2010 8:26', '1/13/2010 8:26', '1/12/2010 8:26', 'x'].map(orderShownBy)).toEqual([
    'd/m/y',
    'm/d/y',
    'both',
    undefined,
  ]))

test.each([
  [40513.351388888892, false, '2010-12-01 08:26:00'],
  [40513.999999, false, '2010-12-02 00:00:00'],
  [39051.351388888892, true, '2010-12-01 08:26:00'],
  [61, false, '1900-03-01 00:00:00'],
  [59, false, '1900-02-28 00:00:00'],
  [1, false, '1900-01-01 00:00:00'],
  [0, true, '1904-01-01 00:00:00'],
  [-1, false, undefined],
  [Number.NaN, false, undefined],
  [1e12, false, undefined],
])('day %d (from 1904: %s) of a spreadsheet is %s', (serial, from1904, wall) =>
  expect(wallTimeOfSerial(serial, from1904)).toBe(wall),
)
