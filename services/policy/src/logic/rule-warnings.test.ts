import { orderFields } from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'
import { checkPolicy } from '../parse-policy.ts'
import { conditionAt, policyText } from '../testing/sample-revision.ts'

const warningsOf = (...conditions: string[]) => checkPolicy(policyText(...conditions)).warnings

test('a rule that can never match', () => {
  expect(warningsOf('lines.total > 5 && lines.total < 5')).toEqual([
    {
      line: conditionAt.line,
      column: conditionAt.column - 1,
      message: 'the rule of "odd" can never match',
      hint: 'it says: the total of the lines is more than 5 and the total of the lines is less than 5',
    },
  ])
})

describe('a field that is there', () => {
  const fields = orderFields().filter(({ path }) => !path.startsWith('lines.'))
  const pathsOf = (type: string) =>
    fields.flatMap((field) => (field.type === type ? [`order.${field.path}`] : []))

  test.each(pathsOf('decimal'))('can be 0: %s is a number', (path) => {
    expect(warningsOf(`has(${path}) && ${path} == 0`)).toEqual([])
  })

  test.each(pathsOf('text'))('cannot be empty: %s is text', (path) => {
    expect(warningsOf(`has(${path}) && ${path} == ""`)).toMatchObject([
      { message: 'the rule of "odd" can never match' },
    ])
  })
})

test('a rule that matches every order', () => {
  expect(warningsOf('lines.count >= 0')).toMatchObject([{ message: 'the rule of "odd" matches every order' }])
})

test('a rule that nobody reads to the end', () => {
  const long = Array.from({ length: 8 }, (_, i) => `order.customer.segment == "segment-${i}"`).join(' || ')
  expect(warningsOf(long)).toMatchObject([
    { message: expect.stringMatching(/^the rule of "odd" has \d{3} characters in plain words/) },
  ])
})

describe('rules that hold the same stage', () => {
  test('overlap when one order can match both because of the same value', () => {
    expect(warningsOf('lines.total > 5000', 'lines.total > 10000 && !cancelled')).toMatchObject([
      {
        line: conditionAt.line + 10,
        message: '"odd-2" and "odd" can both match one order, and both hold invoicing',
        hint: 'such as lines.total = 10000.0001: let one leave such orders to the other, or write together-with: [odd]',
      },
    ])
  })

  test('overlap when one looks at more values than the other', () => {
    expect(
      warningsOf('lines.maxDiscountPercent > 20', 'lines.maxDiscountPercent > 30 && lines.total > 5'),
    ).toHaveLength(1)
  })

  test.each([
    ['leave each other alone', 'lines.total > 5000 && lines.total <= 10000', 'lines.total > 10000'],
    [
      'have one value in common and each one of its own',
      'order.customer.segment == "key" && lines.total > 5',
      'order.customer.segment == "key" && lines.count > 9',
    ],
    ['look at different values', 'lines.total > 5000', 'lines.maxDiscountPercent > 20'],
    ['are told apart by what is asked for', 'request.kind == "rush"', 'request.kind == "refund"'],
  ])('do not when they %s', (_, ...conditions) => {
    expect(warningsOf(...conditions)).toEqual([])
  })

  test('do not when one says that they belong together', () => {
    const text = policyText('lines.total > 5000', 'lines.total > 10000')
    const meant = `${text}`.replace('  odd-2:\n', '  odd-2:\n    together-with: [odd]\n')
    expect(checkPolicy(text).warnings).toHaveLength(1)
    expect(checkPolicy(meant)).toMatchObject({ warnings: [], policy: {} })
  })

  test('do not when they hold different stages', () => {
    const text = policyText('lines.total > 5000', 'lines.total > 10000')
    const other = text.replace(/holds: \[invoicing\](?![\s\S]*holds)/, 'holds: [shipping]')
    expect(other).not.toBe(text)
    expect(checkPolicy(other).warnings).toEqual([])
  })
})

test('a rule with errors is left to them', () => {
  expect(warningsOf('lines.totl > 5 && lines.total < 5')).toEqual([])
})
