import type { SeenRecord } from '../recording/recording.ts'
import { entryOf, type Invariant, type Messages, messageOf, placeOf } from './invariant.ts'

interface Order {
  last: number
  partition: number
}

/** Numbers of an order on one topic rise by one, from 1, in one partition. */
function sequenceLaw<T extends keyof Messages>(
  topic: T,
  law: string,
  numberOf: (message: Messages[T]) => { orderId: string; number: number },
): Invariant {
  const orders = new Map<string, Order>()
  const faults: string[] = []
  return {
    name: topic,
    law,
    take(record: SeenRecord) {
      const message = messageOf(topic, record)
      if (!message) return
      const { orderId, number } = numberOf(message)
      const order = entryOf(orders, orderId, () => ({ last: 0, partition: record.partition }))
      if (number !== order.last + 1)
        faults.push(`${placeOf(record)}: order ${orderId} goes from ${order.last} to ${number}.`)
      if (record.partition !== order.partition)
        faults.push(`${placeOf(record)}: order ${orderId} changed its partition.`)
      order.last = Math.max(order.last, number)
    },
    close(tell) {
      for (const fault of faults) tell(fault)
      return { orders: orders.size }
    },
  }
}

export const revisionsLaw = () =>
  sequenceLaw(
    'orders.revisions.v1',
    'Revisions of an order are numbered without gaps or repeats.',
    (message) => ({
      orderId: message.orderId,
      number: message.revision,
    }),
  )

export const decisionsLaw = () =>
  sequenceLaw(
    'orders.decisions.v1',
    'Decisions of an order are numbered without gaps or repeats.',
    (message) => ({
      orderId: message.orderId,
      number: message.sequence,
    }),
  )

export const eventsLaw = () =>
  sequenceLaw(
    'cases.events.v1',
    'Case events of an order are numbered without gaps or repeats.',
    (message) => ({
      orderId: message.orderId,
      number: message.sequence,
    }),
  )

/** The policy judges each revision once, in its order. */
export const findingsLaw = () =>
  sequenceLaw('cases.findings.v1', 'Every revision is judged once, in its order.', (message) => ({
    orderId: message.orderId,
    number: message.revision,
  }))
