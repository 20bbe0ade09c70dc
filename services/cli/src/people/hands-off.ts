import type { CaseDetail, CaseEvent, OrderView } from '@holdpoint/desk-contract'
import { isMadeUp } from '@holdpoint/orders/made/life-of-order'

/** A case with what happened to it, as the desk shows it. */
export interface ShownCase {
  case: CaseDetail
  events: CaseEvent[]
}

/** The ids of the commands of the sample people begin so: by that they know a case that somebody else has touched. */
export const commandMark = 'sample-people-'

/** Why the sample people leave a case to whoever tries the product; undefined when it is theirs. */
export function whyHandsOff(
  { case: one, events }: ShownCase,
  order: Pick<OrderView, 'orderId' | 'revisions'>,
  letter: string,
): string | undefined {
  if (!isMadeUp(order.orderId, letter)) return 'somebody sent the order'
  if (one.raisedBy !== '') return 'somebody raised it'
  if (events.some(({ commandId }) => commandId !== '' && !commandId.startsWith(commandMark)))
    return 'somebody has done something about it'
  if (order.revisions.some(({ cause }) => isForeign(cause, order.orderId)))
    return 'somebody has sent something about the order'
  return undefined
}

/** What is made up about an order has its id in front; corrections come from a case, and no event brought them. */
const isForeign = ({ kind, eventId }: OrderView['revisions'][number]['cause'], orderId: string): boolean =>
  kind !== 'UNKNOWN' && !eventId.startsWith(`${orderId}-`)
