import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idFault, isBlank } from './visible-text.ts'

/** Characters by name that leave no trace on a screen. */
const unseen: [string, string][] = [
  ['zero-width blank', '\u200B'],
  ['zero-width joiner', '\u200D'],
  ['word joiner', '\u2060'],
  ['byte order mark', '\uFEFF'],
  ['soft hyphen', '\u00AD'],
  ['right-to-left override', '\u202E'],
  ['right-to-left mark', '\u200F'],
  ['isolate', '\u2066'],
  ['Hangul filler', '\u3164'],
  ['half-width Hangul filler', '\uFFA0'],
  ['braille blank', '\u2800'],
  ['Mongolian vowel separator', '\u180E'],
  ['variation selector', '\uFE0F'],
  ['tag', '\u{E0041}'],
  ['NUL', '\0'],
  ['bell', '\u0007'],
  ['escape', '\u001B'],
  ['line separator', '\u2028'],
  ['no-break blank', '\u00A0'],
  ['ideographic blank', '\u3000'],
  ['half a surrogate pair', '\uD800'],
  ['private use', '\uE000'],
  ['unassigned', '\u{0378}'],
]

describe('a text that nobody can see', () => {
  test.each(unseen)('%s is blank, and stays so however often', (_name, character) => {
    expect(isBlank(character)).toBe(true)
    expect(isBlank(` ${character.repeat(3)}\n\t${character}`)).toBe(true)
  })

  test('says nothing, and everything else says something', () => {
    expect(['', ' ', '\n\t'].map(isBlank)).toEqual([true, true, true])
    expect(['.', 'ok', '可', 'ا', '👍', '👩‍👩‍👧', ' \u200Ba'].map(isBlank)).toEqual(Array(7).fill(false))
  })

  test('is what is made of such characters only', () => {
    const blanks = fc.string({ unit: fc.constantFrom(...unseen.map(([, character]) => character), ' ') })
    fc.assert(
      fc.property(
        blanks,
        fc.string({ unit: fc.constantFrom('a', 'ß', '7', '-') }),
        blanks,
        (before, text, after) => {
          expect(isBlank(before + text + after)).toBe(text === '')
        },
      ),
    )
  })
})

describe('an id', () => {
  test.each([
    'SO-1042',
    'so 1042',
    '№ 7/2026',
    'Größe-ß',
    '注文-1',
    'طلب-1',
    'a.b',
    '...',
    'a/../b',
    'e\u0301',
  ])('%s is taken', (id) => expect(idFault(id)).toBeUndefined())

  test.each(unseen)('with a %s is refused, wherever that stands', (_name, character) => {
    for (const id of [`${character}SO-1`, `SO${character}-1`, `SO-1${character}`])
      expect(idFault(id)).toMatch(/cannot be seen|blanks at its ends/)
  })

  test('says which character it is', () => {
    expect(idFault('SO\u202E-1')).toContain('holds U+202E')
    expect(idFault('SO-\u{E0041}1')).toContain('holds U+E0041')
  })

  test.each([
    ['', 'is empty'],
    ['\u200B', 'is empty'],
    [' SO-1', 'has blanks at its ends'],
    ['SO-1 ', 'has blanks at its ends'],
    ['..', 'is "..", which no address can hold'],
    ['.', 'is ".", which no address can hold'],
  ])('%j is refused: %s', (id, why) => expect(idFault(id)).toContain(why))
})
