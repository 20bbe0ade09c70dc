import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lookUpLanguage } from './look-up.ts'

const known = ['en', 'de', 'pt-BR', 'zh', 'zh-Hant', 'no', 'sr-Latn']

describe('the language of the texts', () => {
  test.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE', 'de'],
    ['De-de', 'de'],
    ['de_AT', 'de'],
    [' de-AT ', 'de'],
    ['de_AT.UTF-8', 'de'],
    ['de_DE@euro', 'de'],
    ['de-CH-1996', 'de'],
    ['de-DE-u-co-phonebk', 'de'],
    ['pt-br', 'pt-BR'],
    ['PT_br', 'pt-BR'],
    ['zh-TW', 'zh'],
    ['zh-hant-tw', 'zh-Hant'],
    ['zh_Hant_HK', 'zh-Hant'],
    ['zh-Hant-CN-x-private1-private2', 'zh-Hant'],
    ['sr-latn-RS', 'sr-Latn'],
    ['no-NO', 'no'],
  ])('for a customer who speaks %j is %s', (wanted, right) => {
    expect(lookUpLanguage(wanted, known)).toBe(right)
  })

  test.each(['', '-', '_', 'fr', 'pt', 'pt-PT', 'sr', 'd', 'deu', 'de1-AT', 'x-de', 'x-x-en'])(
    'for a customer who speaks %j is none of them',
    (wanted) => {
      expect(lookUpLanguage(wanted, [...known, 'x'])).toBeUndefined()
    },
  )

  test('goes from the longest tag to shorter ones, and never to a longer or another one', () => {
    const part = fc.constantFrom('en', 'DE', 'hant', 'AT', 'x', '1996')
    const tag = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('-'))
    fc.assert(
      fc.property(tag, fc.uniqueArray(tag, { maxLength: 5 }), (wanted, tags) => {
        const fits = tags.filter((one) => `${wanted}-`.toLowerCase().startsWith(`${one}-`.toLowerCase()))
        const longest = Math.max(0, ...fits.map((one) => (endsInOneLetter(one, wanted) ? 0 : one.length)))
        expect(lookUpLanguage(wanted, tags)?.length ?? 0).toBe(longest)
      }),
    )
  })
})

/** The look-up never stops behind a part of one character, but where it begins there. */
const endsInOneLetter = (tag: string, wanted: string): boolean =>
  tag.length < wanted.length && /(^|-).$/.test(tag)

const cases = new URL('../../../../../shared/cases/language-of-the-customer/languages.json', import.meta.url)

test.skipIf(!existsSync(cases))('is right for what shops are known to send (where these cases are)', () => {
  const tags = ['en', 'de', 'pt-BR', 'zh', 'zh-Hant', 'no']
  const sent: { language: string; right: string }[] = JSON.parse(readFileSync(cases, 'utf8'))
  expect(sent.map(({ language }) => [language, lookUpLanguage(language, tags) ?? 'en'])).toEqual(
    sent.map(({ language, right }) => [language, right]),
  )
})
