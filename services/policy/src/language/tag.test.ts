import { expect, test } from 'vitest'
import { tagInCase, tagProblem } from './tag.ts'

test.each([
  ['en', 'en'],
  ['EN', 'en'],
  ['pt-br', 'pt-BR'],
  ['zh-hant-tw', 'zh-Hant-TW'],
  ['SR-LATN-rs', 'sr-Latn-RS'],
  ['de-1996', 'de-1996'],
  ['de-formal', 'de-formal'],
  ['es-419', 'es-419'],
  ['zh-yue', 'zh-yue'],
  ['zh-yue-hk', 'zh-yue-HK'],
  ['de-DE-U-co-PHONEBK', 'de-DE-u-co-phonebk'],
  ['en-x-us-a', 'en-x-us-a'],
])('%s is a language tag, and written %s', (tag, written) => {
  expect(tagProblem(tag)).toBeUndefined()
  expect(tagInCase(tag)).toBe(written)
})

test.each([
  '',
  'e',
  'english',
  'pt_BR',
  'en-',
  '-en',
  'en--GB',
  'en-GB-GB',
  'en-u',
  'x-de',
  'de-AT.UTF-8',
  'en-a',
])('%j is none', (tag) => {
  expect(tagProblem(tag)).toMatchObject({ message: `"${tag}" is no language tag` })
})
