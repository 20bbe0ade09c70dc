import { randomUUID } from 'node:crypto'
import { partitionOf } from '@holdpoint/chassis'
import type { CaseEvent, Decision } from '@holdpoint/schemas'
import { sampleCommand } from '@holdpoint/schemas/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../harness/index.ts'
import { Company, newOrderId, placed, storyEvent } from './company.ts'
import type { CaseView, Person } from './person.ts'
import { spoiledBytes } from './spoiled-bytes.ts'

const lanes = 4
const held = { invoicing: 'PROCEED', shipping: 'HOLD' }
const limitRule = `
  over-limit:
    name: Over the customer's limit
    kind: approval
    rule: The order is worth more than the limit that the shop keeps for this customer.
    when: has(facts.limit) && lines.total > number(facts.limit)
    owner: finance
    answer-within: 4 hours
    holds: [invoicing]
    actions: [approve, reject, stop]
    customer: order-check
`

let company: Company
beforeAll(async () => {
  company = await Company.open((sample) => sample.replace('\nexceptions:\n', `\nexceptions:\n${limitRule}`))
})
afterAll(() => company?.close())

/** What intake said of the order's records that it refused, once it has said so often. */
const refusals = (orderId: string, atLeast = 1) => company.values('orders.inbound.v1.dlq', orderId, atLeast)

const publish = (key: Buffer | null, value: Buffer | null, partition?: number) =>
  company.upstream.sendBytes('orders.inbound.v1', [
    { key, value, ...(partition === undefined ? {} : { partition }) },
  ])

const sendEvent = async (orderId: string, change: Parameters<typeof placed>[1] = {}, key = orderId) =>
  company.upstream.send('orders.inbound.v1', [{ key, value: placed(orderId, change) }])

describe('order events that cannot be read', () => {
  const kinds = Object.keys(spoiledBytes({ encode: () => Buffer.alloc(64, 1) } as never, placed('SO-1')))

  test.each(kinds)('%s: kept with its bytes, while its order and its lane go on', async (kind) => {
    const orderId = newOrderId()
    await company.kafka.codec.register(['orders.inbound.v1'])
    const bytes = spoiledBytes(company.kafka.codec, placed(orderId))[kind] as Buffer
    await publish(Buffer.from(orderId), bytes)
    await sendEvent(orderId)
    const [letter] = await refusals(orderId)
    expect(letter).toMatchObject({
      code: 'UNDECODABLE',
      topic: 'orders.inbound.v1',
      service: 'intake',
      value: bytes,
    })
    expect(letter?.partition).toBe(partitionOf(Buffer.from(orderId), lanes))
    expect(letter?.problems[0]?.message).toMatch(/\w+/)
    await company.decided(orderId, held)
  })
})

describe('order events under a wrong key', () => {
  test('no key: kept, and the lane goes on', async () => {
    const [orderId, eventId] = [newOrderId(), randomUUID()]
    const partition = partitionOf(Buffer.from(orderId), lanes)
    const bytes = company.kafka.codec.encode('orders.inbound.v1', placed(orderId, { eventId }))
    await publish(null, bytes, partition)
    await sendEvent(orderId)
    await company.decided(orderId, held)
    const letter = await until('the dead letter', () =>
      company.seen('orders.inbound.v1.dlq', '').find(({ value }) => value?.value?.equals(bytes)),
    )
    expect(letter.value).toMatchObject({ code: 'INVALID', key: null, partition })
    expect(await company.values('orders.revisions.v1', orderId)).toHaveLength(1)
  })

  test("another order's key: kept, and neither order is touched", async () => {
    const [orderId, other] = [newOrderId(), newOrderId()]
    await sendEvent(orderId, {}, other)
    expect((await refusals(other))[0]).toMatchObject({ code: 'INVALID' })
    expect(company.seen('orders.revisions.v1', orderId)).toEqual([])
    expect(company.seen('orders.revisions.v1', other)).toEqual([])
  })

  test('no value: kept, because an order is never deleted', async () => {
    const orderId = newOrderId()
    await publish(Buffer.from(orderId), null)
    expect((await refusals(orderId))[0]).toMatchObject({ code: 'INVALID', value: null })
  })
})

describe('order events that say something else than before', () => {
  test('the same event twice is one revision and one decision', async () => {
    const orderId = newOrderId()
    const event = { eventId: randomUUID(), facts: { a: '1' } }
    await sendEvent(orderId, event)
    await sendEvent(orderId, event)
    await sendEvent(orderId, { eventId: randomUUID(), kind: 'CHANGED', facts: { last: 'yes' } })
    const revisions = await company.values('orders.revisions.v1', orderId, 2)
    expect(revisions.map(({ revision }) => revision)).toEqual([1, 2])
    expect(revisions[1]?.facts).toEqual({ a: '1', last: 'yes' })
    expect(company.seen('orders.inbound.v1.dlq', orderId)).toEqual([])
  })

  test('the same id with other content is a conflict', async () => {
    const orderId = newOrderId()
    const eventId = randomUUID()
    await sendEvent(orderId, { eventId })
    await sendEvent(orderId, { eventId, facts: { a: '2' } })
    expect((await refusals(orderId))[0]).toMatchObject({ code: 'CONFLICT' })
    expect(company.seen('orders.revisions.v1', orderId)).toHaveLength(1)
  })

  test('an older sequence is stale', async () => {
    const orderId = newOrderId()
    await sendEvent(orderId, { eventId: randomUUID(), sequence: 7 })
    await sendEvent(orderId, { eventId: randomUUID(), sequence: 6, kind: 'CHANGED' })
    expect((await refusals(orderId))[0]).toMatchObject({ code: 'STALE' })
  })

  test('an instant that is ten years off is invalid, and the problem names it', async () => {
    const orderId = newOrderId()
    await sendEvent(orderId, { occurredAt: Date.UTC(2040, 0, 1) })
    const [letter] = await refusals(orderId)
    expect(letter).toMatchObject({ code: 'INVALID' })
    expect(letter?.problems.map(({ path }) => path)).toContain('occurredAt')
  })

  test('a request for an order that nobody placed is invalid', async () => {
    const orderId = newOrderId()
    expect(await company.send(orderId, storyEvent('2-ask-terms.json'))).toBe(202)
    expect((await refusals(orderId))[0]).toMatchObject({ code: 'INVALID' })
  })
})

describe('decisions of people that may not be', () => {
  let sam: Person
  let wanda: Person
  beforeAll(async () => {
    sam = await company.as('sam')
    wanda = await company.as('wanda')
  })

  async function addressCase(): Promise<CaseView & { orderId: string; decision: Decision }> {
    const orderId = newOrderId()
    await sendEvent(orderId)
    const decision = await company.decided(orderId, held)
    return { ...(await sam.openCase(orderId, 'address-country')), orderId, decision }
  }

  test('by the wrong role', async () => {
    const { caseId } = await addressCase()
    expect(await wanda.act(caseId, 'approve')).toMatchObject({ status: 409, code: 'NOT_OWNER' })
  })

  test('without a reason', async () => {
    const { caseId } = await addressCase()
    expect(await sam.act(caseId, 'approve', { reason: ' ' })).toMatchObject({
      status: 409,
      code: 'REASON_MISSING',
    })
  })

  test('with an action that the type does not have', async () => {
    const { caseId } = await addressCase()
    expect(await sam.act(caseId, 'reject')).toMatchObject({ status: 409, code: 'ACTION_NOT_ALLOWED' })
  })

  test('on an order that has changed since', async () => {
    const { caseId, orderId, decision } = await addressCase()
    const phone = { ...decision.order, salesperson: 'simon' }
    await sendEvent(orderId, { eventId: randomUUID(), kind: 'CHANGED', order: phone })
    await until('the change is decided on', () => company.decisions(orderId).at(-1)?.revision === 2)
    expect(await sam.act(caseId, 'approve', { digest: decision.digest })).toMatchObject({
      status: 409,
      code: 'STALE_VIEW',
    })
  })

  test('on a case that is closed, or that there is none of', async () => {
    const { caseId } = await addressCase()
    expect(await sam.act(caseId, 'approve')).toMatchObject({ status: 200 })
    expect(await sam.act(caseId, 'stop')).toMatchObject({ status: 409, code: 'CASE_CLOSED' })
    expect(await sam.act('C-0000000000', 'stop', { digest: 'any' })).toMatchObject({ status: 404 })
  })

  test('of a field that may not be corrected, or to a value that cannot be', async () => {
    const { caseId } = await addressCase()
    const correct = (path: string, expected: string, value: string) =>
      sam.act(caseId, 'correct', { corrections: [{ path, expected, value }] })
    expect(await correct('billing.terms', 'NET30', 'NET90')).toMatchObject({ code: 'FIELD_NOT_CORRECTABLE' })
    expect(await correct('shipping.splitDeliveries', 'false', 'maybe')).toMatchObject({
      status: 422,
      code: 'VALUE_UNFIT',
    })
    expect(await correct('shipping.country', 'FR', 'GB')).toMatchObject({ code: 'VALUE_CHANGED' })
  })

  test('the same command twice is carried out once and answered alike', async () => {
    const { caseId, orderId, decision } = await addressCase()
    const once = { key: randomUUID(), digest: decision.digest }
    const first = await sam.act(caseId, 'approve', once)
    const second = await sam.act(caseId, 'approve', once)
    expect([first.status, second.status]).toEqual([200, 200])
    const closed = (await company.values('cases.events.v1', orderId)).filter(({ type }) => type === 'CLOSED')
    expect(closed).toHaveLength(1)
  })

  test('a command that did not come through the desk is judged all the same', async () => {
    const { caseId, orderId, decision } = await addressCase()
    const command = sampleCommand({
      commandId: randomUUID(),
      orderId,
      caseId,
      action: 'APPROVE',
      actor: { subject: 'mallory', name: 'Mallory', roles: ['visitor'] },
      reason: 'Because.',
      digest: decision.digest,
      channel: 'api',
      at: Date.now(),
    })
    await company.upstream.send('desk.commands.v1', [
      { key: orderId, value: command },
      { key: orderId, value: { ...command, commandId: randomUUID(), caseId: 'C-0000000000' } },
      { key: orderId, value: command },
    ])
    const codes = await until('three refusals', () => {
      const events = company
        .seen('cases.events.v1', orderId)
        .flatMap(({ value }) => (value as CaseEvent)?.refused ?? [])
      return events.length >= 3 ? events.map(({ code }) => code) : undefined
    })
    expect(codes).toEqual(['NOT_OWNER', 'UNKNOWN_CASE', 'DUPLICATE_COMMAND'])
  })

  test('bytes that are no command are kept, and the next command is carried out', async () => {
    const { caseId, orderId } = await addressCase()
    const value = Buffer.from('approve everything')
    await company.upstream.sendBytes('desk.commands.v1', [{ key: Buffer.from(orderId), value }])
    expect((await company.values('router.dlq.v1', orderId))[0]).toMatchObject({ code: 'UNDECODABLE', value })
    expect(await sam.act(caseId, 'approve')).toMatchObject({ status: 200 })
  })
})

describe('a policy', () => {
  test('with a rule that fails on an order holds that order for the order manager', async () => {
    const orderId = newOrderId()
    const order = placed(orderId).order
    if (order) order.shipping.country = 'GB'
    await sendEvent(orderId, { order, facts: { limit: '5,000' } })
    await company.decided(orderId, { invoicing: 'HOLD', shipping: 'HOLD' })
    const [opened] = await company.values('cases.events.v1', orderId)
    expect(opened).toMatchObject({
      type: 'OPENED',
      reason: expect.stringContaining('5,000'),
      opened: { type: 'cannot-classify', owner: 'order-manager' },
    })
  })

  test('with a typo in an expression is not published, and the answer says where', async () => {
    const olga = await company.as('olga')
    const { text } = await olga.get<{ text: string }>('/policy')
    const broken = text.replace('lines.total > 5000', 'lines.totl > 5000')
    const line = broken.slice(0, broken.indexOf('lines.totl')).split('\n').length
    const publishing = olga.post('/policy', { text: broken, reason: 'A typo' })
    await expect(publishing).rejects.toThrow('422')
    await expect(olga.post('/policy', { text: broken, reason: 'A typo' })).rejects.toThrow(`"line":${line}`)
  })
})
