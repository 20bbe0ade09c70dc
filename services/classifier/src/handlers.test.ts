import { memoryLanes, memoryTable } from '@holdpoint/chassis/testing'
import type { Unreadable } from '@holdpoint/policy/published'
import { orderDigest, type PolicyVersion, type Revision } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { expect, test } from 'vitest'
import { classifier } from './handlers.ts'

const policyText = (limit: number) => `
title: Large orders
order-owner: order-manager
stages: [invoicing]
roles: { order-manager: { backup: finance }, finance: { backup: order-manager } }
exceptions:
  large:
    name: Large order
    kind: approval
    rule: The order is worth more than ${limit}.
    when: lines.total > ${limit}
    owner: finance
    answer-within: 2 hours
    holds: [invoicing]
    customer: checked
messages: { checked: { en: { subject: Your order, body: We look at it. } } }
`

function published(version: number, text: string): [string, PolicyVersion] {
  const by = { subject: 'olga', name: 'Olga', roles: [] }
  return [String(version), { version, title: '', text, digest: '', changes: [], by, reason: '', at: 0 }]
}

/** An order of 33.15 in all. */
function revision(orderId: string, number = 1): Revision {
  const order = sampleOrder()
  return {
    orderId,
    revision: number,
    digest: orderDigest(order),
    order,
    changes: [],
    stages: { invoicing: 'STARTED' },
    requests: [],
    facts: {},
    cancelled: false,
    overridden: [],
    cause: { kind: 'PLACED', source: 'webshop', eventId: 'e-1', occurredAt: 0 },
    at: 0,
  }
}

function world(...versions: [string, PolicyVersion][]) {
  const table = memoryTable<'policy.versions.v1'>(versions)
  const reports: Unreadable[] = []
  const lanes = memoryLanes(classifier(table, (unreadable) => reports.push(unreadable)))
  const findings = () => lanes.published('cases.findings.v1').map(({ value }) => value)
  return { table, lanes, reports, findings }
}

test('every revision gets one set of findings, also when no rule matches', async () => {
  const { lanes, findings } = world(published(1, policyText(1_000)))
  lanes.put('orders.revisions.v1', 'o-1', revision('o-1', 1))
  lanes.put('orders.revisions.v1', 'o-1', revision('o-1', 2))
  expect(await lanes.run()).toEqual([])
  expect(findings()).toMatchObject([
    { orderId: 'o-1', revision: 1, policyVersion: 1, findings: [], at: lanes.clock },
    { orderId: 'o-1', revision: 2, policyVersion: 1, findings: [] },
  ])
})

test('findings carry the revision that they judge', async () => {
  const { lanes, findings } = world(published(1, policyText(20)))
  const judged = revision('o-1')
  lanes.put('orders.revisions.v1', 'o-1', judged)
  await lanes.run()
  const { digest, order, changes, stages, requests, cancelled, overridden } = judged
  const [first] = findings()
  expect(first).toMatchObject({ digest, order, changes, stages, requests, cancelled, overridden })
  expect(first?.findings).toMatchObject([
    { type: 'large', basis: 'STANDING', evidence: [{ expression: 'lines.total', value: '33.15' }] },
  ])
})

test('nothing is judged before a policy is published', async () => {
  const { lanes, table, findings } = world()
  lanes.put('orders.revisions.v1', 'o-1', revision('o-1'))
  expect(await lanes.run()).toEqual(['no policy is published yet: holdpoint policy publish FILE'])
  expect(findings()).toEqual([])
  table.set(...published(1, policyText(20)))
  expect(await lanes.run()).toEqual([])
  expect(findings()).toMatchObject([{ policyVersion: 1, findings: [{ type: 'large' }] }])
})

test('the newest version judges from one revision to the next, whatever the order of arrival', async () => {
  const { lanes, table, findings } = world(published(10, policyText(20)), published(9, policyText(1_000)))
  lanes.put('orders.revisions.v1', 'o-1', revision('o-1', 1))
  await lanes.run()
  table.set(...published(11, policyText(1_000)))
  lanes.put('orders.revisions.v1', 'o-1', revision('o-1', 2))
  await lanes.run()
  expect(findings().map((one) => [one?.policyVersion, one?.findings.length])).toEqual([
    [10, 1],
    [11, 0],
  ])
})

test('a version that cannot be read is reported once, and the last good one stays', async () => {
  const broken = published(3, policyText(20).replace('lines.total', 'lines.totl'))
  const { lanes, table, reports, findings } = world(published(1, policyText(1_000)), broken)
  table.set(...published(2, policyText(20)))
  lanes.put('orders.revisions.v1', 'o-1', revision('o-1'))
  await lanes.run()
  expect(findings()).toMatchObject([{ policyVersion: 2, findings: [{ type: 'large' }] }])
  expect(reports).toEqual([{ version: 3, problem: '11:17 lines has nothing named totl' }])
})

test('a record that is no revision of its key is a dead letter and stops nothing', async () => {
  const { lanes, findings } = world(published(1, policyText(20)))
  lanes.put('orders.revisions.v1', 'o-1', revision('other'))
  lanes.put('orders.revisions.v1', 'o-1', null)
  lanes.putBytes('orders.revisions.v1', Buffer.from('o-1'), Buffer.from([0, 1, 2]))
  lanes.put('orders.revisions.v1', 'o-1', revision('o-1'))
  expect(await lanes.run()).toEqual([])
  expect(findings()).toHaveLength(1)
  expect(lanes.deadLetters().map(({ code, offset }) => [code, offset])).toEqual([
    ['INVALID', 0],
    ['INVALID', 1],
    ['UNDECODABLE', 2],
  ])
})

test('a rule without an answer becomes a finding for the order owner', async () => {
  const failing = policyText(20).replace('lines.total > 20', 'lines.total / number(facts.people) > 20')
  const { lanes, findings } = world(published(1, failing))
  lanes.put('orders.revisions.v1', 'o-1', revision('o-1'))
  await lanes.run()
  expect(findings()).toMatchObject([{ findings: [{ type: 'cannot-classify', basis: 'STANDING' }] }])
})
