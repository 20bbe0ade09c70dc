import { memoryLanes } from '@holdpoint/chassis/testing'
import type { Findings } from '@holdpoint/schemas'
import { orderDigest } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { describe, expect, test } from 'vitest'
import { type Published, routerService } from './handlers.ts'
import { NotYetArrived } from './record/input.ts'
import { commandOf, finding, fiona, orderId } from './testing/given.ts'
import { samplePolicy } from './testing/sample-policy.ts'

const policy = samplePolicy()

/** Policies to which a version may be added later; no roster is published. */
function policies(...versions: number[]): Published & { versions: number[] } {
  return {
    versions,
    policy(version) {
      if (!versions.includes(version)) throw new NotYetArrived('policy.versions.v1', version)
      return policy
    },
    latestPolicy: () => Math.max(0, ...versions),
    roster: () => undefined,
  }
}

function findings(own: Partial<Findings> = {}): Findings {
  const order = sampleOrder()
  return {
    orderId,
    revision: 1,
    digest: orderDigest(order),
    policyVersion: 1,
    order,
    changes: [],
    stages: {},
    requests: [],
    cancelled: false,
    overridden: [],
    findings: [],
    at: 0,
    ...own,
  }
}

describe('the lane of an order', () => {
  test('keeps its state between records, and over a restart', async () => {
    const lanes = memoryLanes(routerService(policies(1)))
    lanes.put('cases.findings.v1', orderId, findings({ findings: [finding('large-order')] }))
    await lanes.run()
    lanes.restart()
    const caseId = lanes.state<'router.state.v1'>(orderId)?.cases[0]?.caseId ?? ''
    const { digest } = findings()
    lanes.put('desk.commands.v1', orderId, commandOf(fiona, 'APPROVE', { caseId, digest }))
    await lanes.run()
    expect(lanes.published('orders.decisions.v1').map(({ value }) => value?.sequence)).toEqual([1, 2])
    expect(lanes.published('cases.events.v1').map(({ value }) => value?.type)).toEqual(['OPENED', 'CLOSED'])
    expect(lanes.published('timers.schedule.v1').map(({ value }) => value?.version)).toEqual([1, undefined])
  })

  test('waits for a policy version that has not arrived, and takes the same record then', async () => {
    const table = policies()
    const lanes = memoryLanes(routerService(table))
    lanes.put('cases.findings.v1', orderId, findings())
    expect(await lanes.run()).toEqual([
      expect.stringContaining('Version 1 has not arrived from policy.versions.v1'),
    ])
    expect(lanes.published('orders.decisions.v1')).toEqual([])
    table.versions.push(1)
    await lanes.run()
    expect(lanes.published('orders.decisions.v1')).toHaveLength(1)
  })

  test('gives up on a policy version that does not come, with the reason', async () => {
    const lanes = memoryLanes(routerService(policies(1)))
    lanes.put('cases.findings.v1', orderId, findings({ policyVersion: 2 }))
    expect(await lanes.run()).toEqual(['Version 2 has not arrived from policy.versions.v1 yet.'])
    lanes.clock += 90_000
    expect(await lanes.run()).toEqual([])
    expect(lanes.deadLetters()).toMatchObject([{ code: 'INVALID', topic: 'cases.findings.v1' }])
  })

  test('handles every input that it subscribes to', async () => {
    const lanes = memoryLanes(routerService(policies(1)))
    lanes.put('cases.findings.v1', orderId, findings({ findings: [finding('shipping-address')] }))
    await lanes.run()
    const { cases, notices } = lanes.state<'router.state.v1'>(orderId) ?? { cases: [], notices: [] }
    const [caseId, noticeId] = [cases[0]?.caseId ?? '', notices[0]?.noticeId ?? '']
    lanes.put('notices.outcomes.v1', orderId, {
      noticeId,
      orderId,
      attempt: 1,
      status: 'SENT',
      permanent: false,
      messageId: '',
      detail: '',
      at: 0,
    })
    lanes.put('timers.fired.v1', orderId, {
      timerId: `${caseId}:deadline`,
      orderId,
      caseId,
      kind: 'DEADLINE',
      version: 1,
      dueAt: cases[0]?.clock.deadline ?? 0,
      firedAt: cases[0]?.clock.deadline ?? 0,
    })
    lanes.clock = cases[0]?.clock.deadline ?? 0
    await lanes.run()
    const types = lanes.published('cases.events.v1').map(({ value }) => value?.type)
    expect(types.slice(0, 2)).toEqual(['OPENED', 'NOTICE_REQUESTED'])
    expect(types.slice(2).sort()).toEqual(['ESCALATED', 'NOTICE_SENT'])
    expect(lanes.deadLetters()).toEqual([])
  })
})

describe('a record that cannot be routed', () => {
  test.each([
    ['without a value', orderId, null],
    ['under another key than its order', 'SO-2', findings()],
    ['without an order', '', findings({ orderId: '' })],
  ])('%s becomes a dead letter, and the next one is handled', async (_, key, value) => {
    const lanes = memoryLanes(routerService(policies(1)), { partitions: 1 })
    lanes.put('cases.findings.v1', key, value)
    lanes.put('cases.findings.v1', 'SO-3', findings({ orderId: 'SO-3' }))
    await lanes.run()
    expect(lanes.deadLetters()).toMatchObject([{ code: 'INVALID', offset: 0, service: 'router' }])
    expect(lanes.published('orders.decisions.v1').map(({ key }) => key)).toEqual(['SO-3'])
  })
})

test('an order of the largest size with hundreds of cases never outgrows its topics', async () => {
  const lanes = memoryLanes(routerService(policies(1)), { partitions: 1 })
  const [line] = sampleOrder().lines
  if (!line) throw new Error('The sample order has lines.')
  const lines = Array.from({ length: 240 }, (_, i) => ({
    ...line,
    lineId: `${i}`,
    description: 'x'.repeat(960),
  }))
  const order = { ...sampleOrder(), lines }
  const digest = orderDigest(order)
  for (let revision = 1; revision <= 150; revision++) {
    const found = [finding('late-change', `${revision}${'y'.repeat(5_000)}`)]
    lanes.put('cases.findings.v1', orderId, findings({ revision, order, digest, findings: found }))
    await lanes.run()
    const action = revision % 2 === 0 ? 'REJECT' : 'APPROVE'
    const caseId = lanes.state<'router.state.v1'>(orderId)?.cases.at(-1)?.caseId ?? ''
    const reason = 'z'.repeat(4_000)
    lanes.put(
      'desk.commands.v1',
      orderId,
      commandOf(fiona, action, { commandId: `c-${revision}`, caseId, digest, reason }),
    )
    await lanes.run()
  }
  expect(lanes.deadLetters()).toEqual([])
  expect(lanes.state<'router.state.v1'>(orderId)).toMatchObject({ revision: 150 })
})
