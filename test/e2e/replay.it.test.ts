import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../harness/index.ts'
import { Company, newOrderId, placed } from './company.ts'
import type { Person } from './person.ts'

const reason = 'The key was wrong, the event is not'

let company: Company
let olga: Person
beforeAll(async () => {
  company = await Company.open()
  olga = await company.as('olga')
})
afterAll(() => company?.close())

interface Letter {
  offset: number
  partition: number
  attempt: number
  replay: { reason: string; by: { subject: string }; refusedAgain: { offset: number } | null } | null
}

const placeOf = ({ partition, offset }: { partition: number; offset: number }) =>
  `/dead-letters/orders.inbound.v1/${partition}/${offset}`

/** The dead letter at that place, once the desk shows one that fits. */
const shown = (path: string, fits: (letter: Letter) => boolean) =>
  until(`${path} at the desk`, async () => {
    const letter = await olga.get<Letter>(path).catch(() => undefined)
    return letter && fits(letter) ? letter : undefined
  })

test('an event that was refused for its key is replayed into the lane of its order, with who and why', async () => {
  const [orderId, other] = [newOrderId(), newOrderId()]
  await company.upstream.send('orders.inbound.v1', [{ key: other, value: placed(orderId) }])
  const [refused] = await company.values('orders.inbound.v1.dlq', other)
  const path = placeOf(refused as { partition: number; offset: number })
  await shown(path, ({ attempt }) => attempt === 0)
  await olga.post(`${path}/replay`, { reason })
  await company.values('orders.decisions.v1', orderId)
  expect(await shown(path, ({ replay }) => replay !== null)).toMatchObject({
    replay: { reason, by: { subject: 'olga' }, refusedAgain: null },
  })
  await expect(olga.post(`${path}/replay`, { reason })).rejects.toThrow('REPLAYED_BEFORE')
  const entries = []
  // What others have written into that topic need not be an entry.
  for await (const record of company.kafka.readAll(['audit.entries.v1']))
    if (record.key === orderId && record.value?.topic === 'desk.replays.v1') entries.push(record.value)
  expect(entries).toMatchObject([{ orderId, who: 'olga', why: expect.stringMatching(/^sealed\.1\./) }])
})

test('what is refused again is a dead letter again, that names its replay', async () => {
  const orderId = newOrderId()
  const bytes = Buffer.from('no event of anybody')
  await company.upstream.sendBytes('orders.inbound.v1', [{ key: Buffer.from(orderId), value: bytes }])
  const [refused] = await company.values('orders.inbound.v1.dlq', orderId)
  const path = placeOf(refused as { partition: number; offset: number })
  await shown(path, () => true)
  await olga.post(`${path}/replay`, { reason })
  const [, again] = await company.values('orders.inbound.v1.dlq', orderId, 2)
  const { code, topic, partition, offset } = refused as NonNullable<typeof refused>
  expect(again).toMatchObject({ code, topic, partition, offset, value: bytes, attempt: 1 })
  expect((await shown(path, ({ replay }) => !!replay?.refusedAgain)).replay).toMatchObject({ reason })
})
