import { expect, test } from 'vitest'
import { printable, tableOf } from './terminal.ts'

test('text of others cannot move the cursor, colour the screen or turn its direction', () =>
  expect(printable('a\u001b[31mred\r\u0007\u202e\nb')).toBe('a\\u001b[31mred\\u000d\\u0007\\u202e⏎b'))

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
