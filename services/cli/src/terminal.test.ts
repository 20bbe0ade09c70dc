import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { jsonOf, printable, printableLines, tableOf } from './terminal.ts'

test('text of others cannot move the cursor, colour the screen or turn its direction', () =>
  expect(printable('a\u001b[31mred\r\u0007\u202e\nb')).toBe('a\\u001b[31mred\\u000d\\u0007\\u202e⏎b'))

test('invisible characters, marks of direction and tags are shown by their numbers', () => {
  expect(printable('a\u200b\u061c\ufeff\u{e0041}b')).toBe('a\\u200b\\u061c\\ufeff\\udb40\\udc41b')
  // Joiners are letters' business in some scripts, and in families of emoji.
  expect(printable('👩\u200d🌾 Łódź שלום')).toBe('👩\u200d🌾 Łódź שלום')
})

test('text of several lines keeps them', () =>
  expect(printableLines('a\u001b[2J\n\tb\u009b')).toBe('a\\u001b[2J\n\tb\\u009b'))

test('JSON says the same without anything unseen in it', () => {
  const value = { name: 'a\u202eb\u009b2J\u2028', tags: ['\u{e0041}'] }
  expect(jsonOf(value)).toMatch(/^[\x20-\x7e\n]*$/)
  expect(JSON.parse(jsonOf(value))).toEqual(value)
})

test('columns stand in line on the screen, whatever a letter is wide', () => {
  const names = ['漢字', 'ภาษาไทย', '🫠', '🇩🇪', 'e\u0301cole', '👩\u200d🌾']
  const lines = tableOf(
    ['NAME', 'X'],
    [...names, 'plain'].map((name) => [name, 'x']),
  )
    .trimEnd()
    .split('\n')
    .slice(1)
  expect(lines.map((line) => stringWidth(line.slice(0, -1)))).toEqual(lines.map(() => 9))
})

test('a text that is wider than a screen pushes nothing aside but its own row', () => {
  const table = tableOf(
    ['A', 'B'],
    [
      ['x'.repeat(80), '1'],
      ['y', '2'],
    ],
  )
  expect(table).toBe(`A  B\n${'x'.repeat(80)}  1\ny  2\n`)
})

test('a table shows every value whole', () => {
  const long = 'x'.repeat(300)
  expect(
    tableOf(
      ['A', 'B'],
      [
        ['1', long],
        ['22', ''],
      ],
    ),
  ).toBe(`A   B${''}\n1   ${long}\n22\n`)
})
