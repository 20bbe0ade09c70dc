import { describe, expect, test } from 'vitest'
import { dateOf, dayOf } from '../time/dates.ts'
import { isPublicHoliday } from './holidays.ts'

function holidaysOf(region: string, year: number): string[] {
  const days = Array.from({ length: 366 }, (_, index) => dateOf(dayOf(`${year}-01-01`) + index))
  return days.filter((date) => date.startsWith(String(year)) && isPublicHoliday(region, date))
}

test('England has its bank holidays, the days themselves and their substitutes', () => {
  expect(holidaysOf('GB-ENG', 2026)).toEqual([
    ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31'],
    ...['2026-12-25', '2026-12-26', '2026-12-28'],
  ])
})

test('a part of a country has holidays of its own', () => {
  expect(isPublicHoliday('DE-BY', '2026-01-06')).toBe(true)
  expect(isPublicHoliday('DE', '2026-01-06')).toBe(false)
  expect(isPublicHoliday('DE-BY-A', '2026-08-08')).toBe(true)
})

describe('only whole days of public holidays count', () => {
  test.each([
    ['an afternoon of the banks', 'DE-BY', '2026-12-24', false],
    ['an evening', 'AU-QLD', '2026-12-24', false],
    ['an observance', 'DE-BY', '2026-11-11', false],
    ['New Year, kept on the year before', 'US', '2021-12-31', true],
    ['a day that has 23 hours', 'DE-BB', '2024-03-31', true],
  ])('%s: %s %s', (_, region, date, expected) => {
    expect(isPublicHoliday(region, date)).toBe(expected)
  })

  test('a holiday of several days closes each of them, also into the next year', () => {
    const incwala = holidaysOf('SZ', 2026).filter((date) => date < '2026-01-05')
    expect(incwala).toEqual(['2026-01-01', '2026-01-02'])
    const ramadanFeast = holidaysOf('TR', 2026).filter((date) => date.startsWith('2026-03'))
    expect(ramadanFeast).toEqual(['2026-03-20', '2026-03-21', '2026-03-22'])
  })
})
