import { readField } from '@holdpoint/schemas'
import type { Setting } from '../arguments.ts'
import type { Correction, OrderView } from '../desk/answers.ts'
import type { Desk } from '../desk/desk.ts'
import { Misuse } from '../failures.ts'

/** The settings with the values that they replace, as the order has them now. */
export async function correctionsOf(
  desk: Desk,
  orderId: string,
  set: readonly Setting[],
): Promise<Correction[]> {
  const { order } = await desk.get<OrderView>(`/orders/${encodeURIComponent(orderId)}`)
  return set.map(({ path, value }) => {
    const expected = order && readField(orderInMemory(order), path)
    if (expected === undefined || expected === null)
      throw new Misuse(
        `The order ${orderId} has no field ${path}. 'holdpoint orders show ${orderId} --json' lists them.`,
      )
    return { path, expected, value }
  })
}

/** The API gives instants as ISO 8601 text. */
const orderInMemory = (order: Record<string, unknown>) =>
  ({ ...order, placedAt: Date.parse(String(order.placedAt)) }) as unknown as Parameters<typeof readField>[0]
