import { readFileSync } from 'node:fs'
import { sampleOrder } from '@holdpoint/schemas/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryOrder } from '../../../schemas/src/testing/arbitrary-order.ts'
import { judge } from './judge.ts'
import { parsePolicy } from './parse-policy.ts'
import type { Policy } from './policy.ts'
import { samplePolicy, sampleRequest, sampleRevision } from './testing/sample-revision.ts'

describe('findings', () => {
  test('an order that follows the rules has none', () => {
    expect(judge(samplePolicy('lines.total > 5000', 'cancelled'), sampleRevision())).toEqual([])
  })

  test('every rule that matches gives one, with the values that it read', () => {
    const policy = samplePolicy('lines.total > 20', 'cancelled', 'order.channel == "web" && lines.count > 1')
    expect(judge(policy, sampleRevision())).toMatchObject([
      {
        type: 'odd',
        basis: 'STANDING',
        requestId: '',
        problem: '',
        evidence: [{ expression: 'lines.total', value: '33.15' }],
      },
      {
        type: 'odd-3',
        evidence: [
          { expression: 'order.channel', value: 'web' },
          { expression: 'lines.count', value: '2' },
        ],
      },
    ])
  })

  test('a request that no rule names is found, with its kind and text, or as the policy answers it', () => {
    const requests = [
      sampleRequest({ kind: 'refnd', text: 'All of it.' }),
      sampleRequest({ requestId: 'r-2', kind: 'refund' }),
    ]
    const policy: Policy = {
      ...samplePolicy('request.kind == "rush"'),
      requests: new Map([['refund', 'ACCEPT']]),
    }
    expect(judge(policy, sampleRevision({ requests }))).toMatchObject([
      {
        ...{ type: 'unnamed-request', basis: 'REQUEST', requestId: 'r-1' },
        evidence: [
          { expression: 'request.kind', value: 'refnd' },
          { expression: 'request.text', value: 'All of it.' },
        ],
      },
      { type: 'answered-request', requestId: 'r-2' },
    ])
  })

  test('a request is answered by nobody but a person while a rule about requests has no answer', () => {
    const policy: Policy = {
      ...samplePolicy('number(request.text) > 5'),
      requests: new Map([['refund', 'ACCEPT']]),
    }
    const found = judge(
      policy,
      sampleRevision({ requests: [sampleRequest({ kind: 'refund', text: 'much' })] }),
    )
    expect(found.map(({ type }) => type)).toEqual(['unnamed-request', 'cannot-classify'])
  })

  test('a rule about requests is judged for each request that waits', () => {
    const policy = samplePolicy('request.kind == "billing-terms"')
    const requests = [
      sampleRequest({ requestId: 'r-1' }),
      sampleRequest({ requestId: 'r-2', kind: 'rush' }),
      sampleRequest({ requestId: 'r-3' }),
    ]
    expect(judge(policy, sampleRevision({ requests }))).toMatchObject([
      { basis: 'REQUEST', requestId: 'r-1', type: 'odd' },
      { basis: 'REQUEST', requestId: 'r-3', type: 'odd' },
      { basis: 'REQUEST', requestId: 'r-2', type: 'unnamed-request' },
    ])
    expect(judge(policy, sampleRevision())).toEqual([])
  })
})

describe('evidence of a very long value', () => {
  const findingFor = (end: string) => {
    const order = { ...sampleOrder(), channel: `web${'y'.repeat(5_000)}${end}` }
    return judge(samplePolicy('order.channel != "web"'), sampleRevision({}, order))[0]
  }

  test('shows its beginning, and has the digest of all of it', () => {
    expect(findingFor('a')?.evidence[0]?.value).toMatch(/^weby+…$/)
    expect(findingFor('a')?.evidence[0]?.value).toHaveLength(501)
    expect(findingFor('a')?.evidence).toEqual(findingFor('b')?.evidence)
    expect(findingFor('a')?.evidenceDigest).not.toBe(findingFor('b')?.evidenceDigest)
  })

  test('is as bounded as the number of rules that have no answer', () => {
    const conditions = Array.from({ length: 30 }, (_, i) => `number(facts.limit) > ${i}.0`)
    const [finding] = judge(
      samplePolicy(...conditions),
      sampleRevision({ facts: { limit: 'z'.repeat(900) } }),
    )
    expect(finding?.evidence).toHaveLength(20)
    expect(finding?.problem).toMatch(/ 10 more have none either\.$/)
  })
})

describe('the evidence digest', () => {
  const policy = samplePolicy('lines.total > 20 && order.channel == "web"')
  const digestOf = (...args: Parameters<typeof sampleRevision>) =>
    judge(policy, sampleRevision(...args))[0]?.evidenceDigest

  test('stays when something else changes', () => {
    const other = sampleOrder()
    other.shipping.city = 'Leeds'
    expect(digestOf({ revision: 7, at: 99 }, other)).toBe(digestOf())
  })

  test('changes with a value that the rule read', () => {
    const more = sampleOrder(3)
    expect(digestOf({}, more)).toBeDefined()
    expect(digestOf({}, more)).not.toBe(digestOf())
  })
})

describe('a rule without an answer', () => {
  const byPeople = 'lines.total / number(facts.people) > 5'

  test('gives one finding for the order owner that names the rule and the problem', () => {
    const findings = judge(
      samplePolicy(byPeople, 'lines.total > 20', 'number(order.id) > 5'),
      sampleRevision(),
    )
    expect(findings.map(({ type }) => type)).toEqual(['odd-2', 'cannot-classify'])
    expect(findings[1]).toMatchObject({
      basis: 'STANDING',
      evidence: [
        { expression: byPeople, value: 'lines.total / number(facts.people) divides by zero' },
        { expression: 'number(order.id) > 5', value: 'order.id is "SO-1", which is no number' },
      ],
      problem:
        'The rule of "Odd order" (odd) has no answer: lines.total / number(facts.people) divides by zero. ' +
        'The rule of "Odd order" (odd-3) has no answer: order.id is "SO-1", which is no number.',
    })
  })

  test('does not end by itself when the rule has one chance only', () => {
    const changes = [
      { path: 'currency', from: 'GBP', to: 'EUR', origin: 'UPSTREAM' as const, by: 'crm', why: '' },
    ]
    const policy = samplePolicy('changed("currency") && number(order.id) > 5')
    expect(judge(policy, sampleRevision({ changes }))).toMatchObject([
      { type: 'cannot-classify', basis: 'MOMENTARY' },
    ])
  })

  test('has the same digest as long as the problem is the same', () => {
    const [one] = judge(samplePolicy(byPeople), sampleRevision())
    const [other] = judge(samplePolicy(byPeople), sampleRevision({ revision: 2 }))
    expect(one?.evidenceDigest).toBe(other?.evidenceDigest)
  })
})

describe('for any order', () => {
  const sample = readFileSync(
    new URL('../../../infra/samples/wholesaler.policy.yaml', import.meta.url),
    'utf8',
  )
  const wholesaler = parsePolicy(sample)
  if ('errors' in wholesaler) throw new Error(JSON.stringify(wholesaler.errors))
  const everything = samplePolicy(
    'lines.total * lines.total / lines.minQuantity > number(facts.limit)',
    'order.payment.amount - order.declaredTotal != 0 && has(order.payment.amount)',
    'number(order.customer.id) > 5 || changed("lines.*.quantity")',
    'request.text.contains(order.id) || size(request.by) > 3',
    'order.placedAt > timestamp("2030-01-01T00:00:00Z") ? "" in lines.skus : stages.shipping == "done"',
  )
  const revisions = fc
    .record({
      order: arbitraryOrder,
      facts: fc.dictionary(fc.string(), fc.string()),
      cancelled: fc.boolean(),
      changes: fc.array(
        fc.record({
          path: fc.string(),
          from: fc.string(),
          to: fc.string(),
          origin: fc.constantFrom('UPSTREAM' as const, 'CORRECTION' as const),
          by: fc.string(),
          why: fc.string(),
        }),
      ),
      requests: fc.array(
        fc
          .record({ requestId: fc.string({ minLength: 1 }), kind: fc.string(), text: fc.string() })
          .map(sampleRequest),
      ),
    })
    .map(({ order, ...own }) => sampleRevision(own, order))

  test('judging raises nothing, and judging again says the same', () => {
    fc.assert(
      fc.property(revisions, (revision) => {
        for (const policy of [wholesaler.policy, everything]) {
          const findings = judge(policy, revision)
          expect(judge(policy, structuredClone(revision))).toEqual(findings)
          const keys = findings.filter(({ requestId }) => requestId === '').map(({ type }) => type)
          expect(new Set(keys).size).toBe(keys.length)
        }
      }),
    )
  })

  test('rules of a sound sample always have an answer', () => {
    fc.assert(
      fc.property(revisions, (revision) => {
        expect(judge(wholesaler.policy, revision).filter(({ problem }) => problem !== '')).toEqual([])
      }),
    )
  })
})
