import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Order } from './generated/types.ts'
import { messageReader, messageWriter, ownSchema } from './message-bytes.ts'
import { arbitraryOrder } from './testing/arbitrary-order.ts'
import { sampleOrder } from './testing/sample-order.ts'

const topic = 'orders.inbound.v1'
const writer = messageWriter(topic, 7)
const reader = messageReader(topic, ownSchema(topic))
const event = (order: Order) => ({
  eventId: 'e-1',
  source: 'shop',
  orderId: 'o-1',
  occurredAt: 1_772_443_800_000,
  sequence: null,
  kind: 'PLACED',
  order,
  request: null,
  stage: '',
  facts: {},
})
const read = (bytes: Buffer) => reader.read(bytes) as ReturnType<typeof event>

test('an order that was read is written with the bytes that it was read from', () =>
  fc.assert(
    fc.property(arbitraryOrder, (order) => {
      const bytes = writer.write(event(order))
      const again = writer.write({ ...read(bytes), eventId: 'e-1' })
      expect(again.equals(bytes)).toBe(true)
    }),
  ))

test('it goes into other messages behind whatever stands before it there', () => {
  const { order } = read(writer.write(event(sampleOrder())))
  const longer = writer.write({ ...event(order), eventId: 'e'.repeat(500) })
  expect(read(longer)).toEqual({ ...event(sampleOrder()), eventId: 'e'.repeat(500) })
})

test('one that is longer than the buffer for encoding is written whole', () => {
  const notes = 'n'.repeat(300_000)
  const large = { ...sampleOrder(), salesperson: notes }
  const { order } = read(writer.write(event(large)))
  expect(read(writer.write(event(order))).order).toEqual(large)
})

test('a changed copy is encoded as it is', () => {
  const { order } = read(writer.write(event(sampleOrder())))
  const changed = { ...order, channel: 'phone' }
  expect(read(writer.write(event(changed))).order).toEqual({ ...sampleOrder(), channel: 'phone' })
})
