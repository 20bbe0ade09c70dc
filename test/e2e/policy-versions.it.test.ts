import { setTimeout } from 'node:timers/promises'
import type { Findings } from '@holdpoint/schemas'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../harness/index.ts'
import { Company, newOrderId, placed } from './company.ts'

const limit = 'when: lines.total > 5000'

let company: Company
beforeAll(async () => {
  company = await Company.open()
})
afterAll(() => company?.close())

test('a policy that is published while an order changes judges from one revision to the next', async () => {
  const orderId = newOrderId()
  let sent = 0
  const change = async () => {
    const { order, ...event } = placed(orderId)
    if (!order) throw new Error('The sample event has no order.')
    sent++
    await company.upstream.send('orders.inbound.v1', [
      {
        key: orderId,
        value: {
          ...event,
          eventId: `${orderId}-${sent}`,
          sequence: sent,
          kind: sent === 1 ? 'PLACED' : 'CHANGED',
          order: { ...order, salesperson: `clerk ${sent}` },
        },
      },
    ])
  }

  // The order is worth 542.52: only the second policy thinks that this is much.
  const first = await changesUntil((all) => all.length >= 20)
  const version = await company.publishPolicy((text) => text.replace(limit, 'when: lines.total > 500'))
  const before = first.at(-1)?.policyVersion
  if (before === undefined) throw new Error('Nothing was judged.')
  expect(version).toBeGreaterThan(before)
  const all = await changesUntil(
    (judged) => judged.filter(({ policyVersion }) => policyVersion === version).length >= 20,
  )

  // Each revision once, by one version, and the versions never go back.
  expect(all.map(({ revision }) => revision)).toEqual(all.map((_, index) => index + 1))
  const versions = all.map(({ policyVersion }) => policyVersion)
  expect(versions).toEqual(versions.toSorted((one, other) => one - other))
  expect(new Set(versions)).toEqual(new Set([before, version]))
  for (const { policyVersion, findings } of all)
    expect(findings.map(({ type }) => type)).toEqual(
      policyVersion === version ? ['address-country', 'large-order'] : ['address-country'],
    )

  // The open case keeps the policy that opened it, the new one has the new policy, and so have the decisions.
  const opened = await until('both cases', () => {
    const events = company.seen('cases.events.v1', orderId).flatMap(({ value }) => value ?? [])
    const both = events.filter(({ type }) => type === 'OPENED')
    return both.length === 2 ? both : undefined
  })
  expect(opened.map(({ policyVersion }) => policyVersion)).toEqual([before, version])
  const last = await company.decided(orderId, { invoicing: 'HOLD', shipping: 'HOLD' })
  expect(last.policyVersion).toBe(version)

  async function changesUntil(enough: (judged: Findings[]) => boolean): Promise<Findings[]> {
    for (;;) {
      const judged = company.seen('cases.findings.v1', orderId).flatMap(({ value }) => value ?? [])
      if (enough(judged)) return judged
      await change()
      await setTimeout(20)
    }
  }
})
