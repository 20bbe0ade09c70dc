import { describe, expect, test } from 'vitest'
import { languages } from './languages/index.ts'
import { writtenFor } from './written.ts'

const at = Date.UTC(2026, 2, 2, 11)

function written(language: string, country: string, houseZone = 'Europe/London') {
  return writtenFor({ language, locale: languages.get(language)?.locale ?? '', country, houseZone })
}

describe('a date is written as the customer writes it, in their zone', () => {
  test.each([
    ['en', 'GB', 'Monday, 2 March 2026 at 11:00 GMT'],
    ['en', 'United Kingdom', 'Monday, 2 March 2026 at 11:00 GMT'],
    ['en', '', 'Monday, 2 March 2026 at 11:00 GMT'],
    ['en', 'Atlantis', 'Monday, 2 March 2026 at 11:00 GMT'],
    ['de', 'DE', 'Montag, 2. März 2026 um 12:00 MEZ'],
    ['de', 'Deutschland', 'Montag, 2. März 2026 um 12:00 MEZ'],
    ['fr', 'FR', 'lundi 2 mars 2026 à 12:00 heure d’Europe centrale'],
    ['en', 'DE', 'Monday, 2 March 2026 at 12:00 CET'],
    ['fr', 'GB', 'lundi 2 mars 2026 à 11:00 UTC'],
  ])('%s in %j: %s', (language, country, text) => {
    expect(written(language, country).instant(at)).toBe(text)
  })

  test('of a country with several times nobody knows which: it is that of the house', () => {
    expect(written('en', 'US').instant(at)).toMatch(/Monday, March 2, 2026 at 11:00/)
  })
})

test.each([
  ['en', 'GB', '109.5', 'GBP', '£109.50'],
  ['de', 'DE', '1109.5', 'EUR', '1.109,50 €'],
  ['fr', 'FR', '1109.5', 'EUR', '1 109,50 €'],
  ['en', 'GB', '1000', 'JPY', 'JP¥1,000'],
  ['en', 'GB', '3', 'NOPE', '3.00 NOPE'],
  ['en', 'GB', '3', '', '3.00'],
])(
  'an amount is written as the customer writes it: %s %s %s %s',
  (language, country, sum, currency, text) => {
    expect(written(language, country).amount(sum, currency).replaceAll(/\s/g, ' ')).toBe(text)
  },
)
