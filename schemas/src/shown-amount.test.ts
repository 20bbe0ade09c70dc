import { expect, test } from 'vitest'
import { shownAmount } from './shown-amount.ts'

test.each([
  ['109.5', 'GBP', '109.50'],
  ['109.5', 'JPY', '110'],
  ['109.5', 'KWD', '109.500'],
  ['542.5225', 'EUR', '542.52'],
  ['0.125', 'USD', '0.12'],
  ['0.135', 'USD', '0.14'],
  ['-0.004', 'GBP', '0.00'],
  ['-12.5', 'GBP', '-12.50'],
  ['99999999999999.9999', 'KWD', '100000000000000.000'],
  ['12345678901234.5678', 'GBP', '12345678901234.57'],
  ['7', 'no currency', '7.00'],
  ['7', '', '7.00'],
  ['', 'GBP', ''],
])('%s %s reads %s', (sum, currency, shown) => {
  expect(shownAmount(sum, currency)).toBe(shown)
})
