import { expect, test } from 'vitest'
import { countIn, readArguments } from './arguments.ts'

const flags = { orders: { type: 'string', default: '100' } } as const

test('what is no option is refused by name, with how to see all of them', () => {
  expect(() => readArguments('simulate', ['--order', '5'], flags)).toThrow(
    expect.objectContaining({
      code: 'OPTION_INVALID',
      message: expect.stringMatching(/'--order'.*npm run simulate -- --help/),
    }),
  )
  expect(() => readArguments('check', ['src'], {})).toThrow(/'src'.*npm run check -- --help/)
  expect(readArguments('simulate', ['--orders=7'], flags).orders).toBe('7')
})

test.each(['0', '-1', '1.5', 'many', ''])('%j is no count', (text) => {
  expect(() => countIn('bench', '--timers', text)).toThrow(
    `--timers is "${text}" and takes a whole number from 1 on.`,
  )
})
