import { memoryTable } from '@holdpoint/chassis'
import type { PolicyVersion } from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'
import { olga, start } from './given.ts'
import { NotYetArrived } from './input.ts'
import { policiesOf } from './policies.ts'

const text = `title: Order exceptions
order-owner: order-manager
stages: [invoicing, shipping]
roles:
  finance: { backup: order-manager }
  order-manager: { backup: controller }
  controller: { backup: order-manager }
exceptions:
  large-order:
    name: Large order
    kind: approval
    rule: The order is worth more than 5,000.
    when: lines.total > 5000.0
    owner: finance
    answer-within: 2 hours
    holds: [invoicing]
    actions: [approve, reject, stop]
    customer: large-order-review
messages:
  large-order-review:
    en: { subject: "Your order {{ order.id }}", body: "We are looking at it." }
`

const published = memoryTable<'policy.versions.v1'>

function version(number: number, own: Partial<PolicyVersion> = {}): PolicyVersion {
  const about = { title: '', digest: '', changes: [], by: olga, reason: '', at: start }
  return { version: number, text, ...about, ...own }
}

describe('the policies', () => {
  test('are read once from the published text', () => {
    const policies = policiesOf(published([['1', version(1)]]))
    expect(policies.policy(1).stages).toEqual(['invoicing', 'shipping'])
    expect(policies.policy(1)).toBe(policies.policy(1))
  })

  test('that have not arrived are missing until they do', () => {
    const table = published()
    const policies = policiesOf(table)
    expect(() => policies.policy(1)).toThrow(NotYetArrived)
    table.set('1', version(1))
    expect(policies.policy(1).title).toBe('Order exceptions')
  })

  test('that cannot be read are a fault, not something to wait for', () => {
    const policies = policiesOf(published([['1', version(1, { text: 'title: [' })]]))
    expect(() => policies.policy(1)).toThrow('version 1')
    expect(() => policies.policy(1)).not.toThrow(NotYetArrived)
  })
})
