import { type CaseEvent, type Invariant, messageOf } from './invariant.ts'

/** An order as far as its stops go. */
interface Stops {
  /** By case: the stages that it may stop, as it was opened. */
  mayStop: Map<string, readonly string[]>
  /** Cases that stop the order. */
  stopping: Set<string>
  /** Open cases that say that the order is stopped. */
  told: Set<string>
}

/**
 * What is stopped is stopped as far as the type says, and a stopped order is before the order owner until its source has
 * cancelled it. Records that are older than these rules say nothing of what a case may stop.
 */
export function stopsLaw(): Invariant {
  const orders = new Map<string, Stops>()
  const cancelled = new Set<string>()
  const faults: string[] = []
  let stops = 0
  return {
    name: 'stops',
    law: 'A stop stops every stage that the type says, and a stopped order has one open case until nothing stops it.',
    take(record) {
      const revision = messageOf('orders.revisions.v1', record)
      if (revision?.cancelled) cancelled.add(revision.orderId)
      const event = messageOf('cases.events.v1', record)
      if (!event) return
      const order = orders.get(event.orderId) ?? { mayStop: new Map(), stopping: new Set(), told: new Set() }
      orders.set(event.orderId, order)
      if ((event.closed?.stops ?? []).length > 0) stops++
      const fault = tellStop(order, event)
      if (fault) faults.push(`Case ${event.caseId} ${fault}.`)
    },
    close(tell) {
      for (const fault of faults) tell(fault)
      for (const [orderId, { stopping, told }] of orders) {
        if (told.size > 1) tell(`Order ${orderId} is told to be stopped by ${told.size} cases.`)
        if (stopping.size > 0 && told.size === 0 && !cancelled.has(orderId))
          tell(`Order ${orderId} is stopped, and nobody has it.`)
        if (stopping.size === 0 && told.size > 0)
          tell(`Order ${orderId} is told to be stopped, and nothing stops it.`)
      }
      return { orders: orders.size, stops }
    },
  }
}

/** Takes down what an event does to the stops of its order; says what is wrong with it. */
function tellStop(order: Stops, event: CaseEvent): string | undefined {
  const { caseId, opened, closed, type } = event
  if (opened?.mayStop) order.mayStop.set(caseId, opened.mayStop)
  const own = order.mayStop.get(caseId)
  if (opened?.type === 'stopped') order.told.add(caseId)
  if (type === 'STOP_LIFTED' || type === 'REOPENED') order.stopping.delete(caseId)
  if (!closed) return undefined
  order.told.delete(caseId)
  const stops = closed.stops ?? []
  if (!own || stops.length === 0) return undefined
  order.stopping.add(caseId)
  const left = own.filter((stage) => !stops.includes(stage))
  return left.length > 0 ? `stops ${stops.join(', ')} and not ${left.join(', ')}` : undefined
}
