import { readdirSync, readFileSync } from 'node:fs'
import { fromJson, type OrderEvent, type Revision } from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { judge } from '../judge.ts'
import { languages } from '../letters/languages/index.ts'
import { parsePolicy } from '../parse-policy.ts'
import { sampleRevision } from '../testing/sample-revision.ts'

const samples = new URL('../../../../infra/samples/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, samples), 'utf8')

function policyOf(name: string) {
  const parsed = parsePolicy(read(name))
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors, null, 1))
  return parsed.policy
}

const wholesaler = policyOf('wholesaler.policy.yaml')
const retail = policyOf('retail.policy.yaml')

describe('the sample policies', () => {
  test('the wholesaler has every type of the gift shop, word for word', () => {
    for (const [type, one] of retail.types) expect(wholesaler.types.get(type)).toEqual(one)
  })

  test('every type tells the customer something, in each language of letters', () => {
    for (const policy of [wholesaler, retail])
      for (const texts of policy.messages.values()) expect([...texts.keys()]).toEqual([...languages.keys()])
  })

  test('every message is used', () => {
    for (const { types, messages } of [wholesaler, retail]) {
      const used = new Set([...types.values()].map(({ customer }) => customer))
      expect([...messages.keys()].filter((message) => !used.has(message))).toEqual([])
    }
  })
})

describe('the sample roster', () => {
  const { people } = parse(read('roster.yaml')) as { people: { subject: string; roles: string[] }[] }

  test('has somebody for every role of the policies, and nobody twice', () => {
    const roles = new Set(people.flatMap((person) => person.roles))
    for (const { owner, backup, reviewers } of wholesaler.types.values())
      for (const role of [owner, backup, ...reviewers]) expect(roles).toContain(role)
    expect(new Set(people.map(({ subject }) => subject)).size).toBe(people.length)
  })
})

describe('the story', () => {
  const events = readdirSync(new URL('story', samples))
    .sort()
    .map((name) => eventOf(name))

  test('has events that the schema takes, all of one order', () => {
    expect(events.map(({ kind }) => kind)).toEqual(['PLACED', 'REQUESTED'])
    expect(new Set(events.map(({ orderId }) => orderId)).size).toBe(1)
  })

  test('begins with an address that support has to correct', () => {
    expect(judge(wholesaler, placed())).toMatchObject([
      {
        type: 'address-country',
        evidence: [
          { expression: 'order.shipping.country', value: 'US' },
          { expression: 'order.payment.country', value: 'GB' },
        ],
      },
    ])
  })

  test('goes on with terms that finance has to decide on', () => {
    const request = events[1]?.request
    const revision = { ...placed(), requests: request ? [{ request, openedAt: 0, revision: 2 }] : [] }
    expect(judge(wholesaler, revision)).toMatchObject([
      { type: 'billing-terms', basis: 'REQUEST', requestId: 'terms-1042' },
      { type: 'address-country' },
    ])
  })

  test('has no case left once both are settled', () => {
    const revision = placed()
    const order = structuredClone(revision.order)
    order.shipping.country = 'GB'
    order.billing.terms = 'NET60'
    expect(judge(wholesaler, { ...revision, order })).toEqual([])
  })

  function placed(): Revision {
    const order = events[0]?.order
    if (!order) throw new Error('The story does not begin with an order.')
    return sampleRevision({}, order)
  }

  function eventOf(name: string): OrderEvent {
    const read = fromJson(
      'orders.inbound.v1',
      JSON.parse(readFileSync(new URL(`story/${name}`, samples), 'utf8')),
    )
    if ('problems' in read) throw new Error(`${name}: ${JSON.stringify(read.problems)}`)
    return read.value
  }
})
