import { sampleOrder } from '@holdpoint/schemas/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge } from '../judge.ts'
import { samplePolicy, sampleRequest, sampleRevision } from '../testing/sample-revision.ts'
import { explain } from './explain.ts'

test('a rule that matches says which value made each part true', () => {
  const policy = samplePolicy('lines.total > 20 && (order.channel == "phone" || order.currency == "GBP")')
  expect(explain(policy, sampleRevision())).toEqual([
    {
      type: 'odd',
      name: 'Odd order',
      rule: 'The order is odd.',
      answer: 'matches',
      requestId: '',
      why: {
        is: 'all',
        holds: true,
        of: [
          {
            is: 'one',
            holds: true,
            words: 'the total of the lines is more than 20',
            values: [{ expression: 'lines.total', name: 'the total of the lines', value: '33.15' }],
            problem: '',
          },
          {
            is: 'any',
            holds: true,
            of: [
              {
                is: 'one',
                holds: false,
                words: 'the sales channel is "phone"',
                values: [{ expression: 'order.channel', name: 'the sales channel', value: 'web' }],
                problem: '',
              },
              {
                is: 'one',
                holds: true,
                words: 'the currency is "GBP"',
                values: [{ expression: 'order.currency', name: 'the currency', value: 'GBP' }],
                problem: '',
              },
            ],
          },
        ],
      },
    },
  ])
})

test('a part without an answer is told, and does not matter when another one decides', () => {
  const revision = sampleRevision({ facts: { limit: 'none' } })
  const [decided, open] = explain(
    samplePolicy('number(facts.limit) > 5 && cancelled', 'number(facts.limit) > 5 && !cancelled'),
    revision,
  )
  expect(decided).toMatchObject({
    answer: 'does-not-match',
    why: { of: [{ holds: null }, { holds: false }] },
  })
  expect(open).toMatchObject({
    answer: 'no-answer',
    why: { of: [{ holds: null, problem: 'facts.limit is "none", which is no number' }, { holds: true }] },
  })
})

test('a rule about requests is explained for each that waits, and says when none does', () => {
  const policy = samplePolicy('request.kind == "billing-terms"')
  expect(explain(policy, sampleRevision())).toMatchObject([{ answer: 'not-asked', why: null }])
  const requests = [sampleRequest(), sampleRequest({ requestId: 'r-2', kind: 'rush' })]
  expect(explain(policy, sampleRevision({ requests }))).toMatchObject([
    { requestId: 'r-1', answer: 'matches' },
    { requestId: 'r-2', answer: 'does-not-match' },
    { requestId: 'r-2', answer: 'matches', type: 'unnamed-request' },
  ])
})

test('says of every rule what judging says, with the same values', () => {
  const atoms = [
    'lines.total > 20',
    'cancelled',
    'order.channel == "web"',
    'number(facts.limit) > 5',
    '7 / number(facts.limit) < 2',
    '!(has(facts.limit))',
  ]
  const joined = fc
    .array(fc.constantFrom(...atoms), { minLength: 1, maxLength: 4 })
    .chain((parts) =>
      fc
        .array(fc.constantFrom('&&', '||'), { minLength: parts.length, maxLength: parts.length })
        .map((ops) => parts.map((part, i) => (i === 0 ? part : `${ops[i]} ${part}`)).join(' ')),
    )
  fc.assert(
    fc.property(joined, fc.constantFrom('', '0', '7', 'none'), fc.boolean(), (when, limit, cancelled) => {
      const policy = samplePolicy(when)
      const facts: Record<string, string> = limit === '' ? {} : { limit }
      const revision = sampleRevision({ facts, cancelled }, sampleOrder())
      const [found] = judge(policy, revision)
      const [told] = explain(policy, revision)
      const expected = found === undefined ? 'does-not-match' : found.problem ? 'no-answer' : 'matches'
      expect(told?.answer).toBe(expected)
    }),
  )
})
