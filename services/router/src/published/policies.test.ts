import { memoryTable } from '@holdpoint/chassis/testing'
import type { PolicyVersion, RosterVersion } from '@holdpoint/schemas'
import { describe, expect, test } from 'vitest'
import { NeverPublished, NotYetArrived, UnreadableVersion } from '../record/input.ts'
import { olga, start } from '../testing/given.ts'
import { policiesOf } from './policies.ts'
import { rostersOf } from './rosters.ts'

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
    const policies = policiesOf(published([['1', version(1)]]), () => {})
    expect(policies.policy(1).stages).toEqual(['invoicing', 'shipping'])
    expect(policies.policy(1)).toBe(policies.policy(1))
  })

  test('that have not arrived are missing until they do', () => {
    const table = published()
    const policies = policiesOf(table, () => {})
    expect(() => policies.policy(1)).toThrow(NotYetArrived)
    table.set('1', version(1))
    expect(policies.policy(1).title).toBe('Order exceptions')
  })

  test('that cannot be read are a fault, not something to wait for, and never the latest', () => {
    const reports: number[] = []
    const table = published([
      ['1', version(1)],
      ['2', version(2, { text: 'title: [' })],
    ])
    const policies = policiesOf(table, (one) => reports.push(one.version))
    expect(() => policies.policy(2)).toThrow(UnreadableVersion)
    expect(policies.latestPolicy()).toBe(1)
    expect(reports).toEqual([2])
  })

  test.each([2_147_483_647, 0, -1])('never have the number %d', (number) => {
    const policies = policiesOf(published([['1', version(1)]]), () => {})
    expect(() => policies.policy(number)).toThrow(NeverPublished)
  })

  test('are waited for without an end only while there is none at all', () => {
    const missing = (table: ReturnType<typeof published>) => {
      try {
        return policiesOf(table, () => {}).policy(2)
      } catch (error) {
        return (error as NotYetArrived).nothingYet
      }
    }
    expect(missing(published())).toBe(true)
    expect(missing(published([['1', version(1)]]))).toBe(false)
  })
})

describe('the roster', () => {
  const roster = (number: number, text: string): [string, RosterVersion] => [
    String(number),
    { version: number, text, digest: '', changes: [], by: olga, reason: '', at: start },
  ]
  const people = JSON.stringify({ people: [{ subject: 'olga', name: 'Olga', roles: ['order-manager'] }] })

  test('that can be read stays in force while a later one cannot', () => {
    const table = memoryTable<'duty.roster.v1'>([roster(1, people), roster(2, 'people: [')])
    const reports: number[] = []
    const { roster: at } = rostersOf(table, (one) => reports.push(one.version))
    expect(at(2)?.version).toBe(1)
    table.set(...roster(3, people))
    expect(at(3)?.version).toBe(3)
    expect(reports).toEqual([2])
  })

  test('that a command names is waited for when it may come, and refused when it cannot', () => {
    const { roster: at } = rostersOf(memoryTable<'duty.roster.v1'>(), () => {})
    expect(at(0)).toBeUndefined()
    expect(() => at(1)).toThrow(NotYetArrived)
    expect(() => at(2_147_483_647)).toThrow(NeverPublished)
  })
})
