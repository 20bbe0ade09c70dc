import type { Correction, OrderView } from '@holdpoint/desk-contract'
import { readField, valueProblems } from '@holdpoint/schemas'
import type { Setting } from '../arguments.ts'
import type { Desk } from '../desk/desk.ts'
import { deskPath } from '../desk/path.ts'
import { Misuse } from '../failures.ts'

/**
 * The settings with the values that they replace, as the order has them now. One field that there is not is told with
 * everything else that is wrong with the settings; values alone are the desk's to judge.
 */
export async function correctionsOf(
  desk: Desk,
  orderId: string,
  set: readonly Setting[],
): Promise<Correction[]> {
  const view = await desk.get<OrderView>(deskPath('orders', orderId))
  if (!view.order) throw new Misuse(`The order ${orderId} has no fields: nobody has placed it yet.`)
  const order = orderInMemory(view.order)
  const problems = valueProblems(order, set)
  if (problems.some(({ part }) => part === 'path'))
    throw new Misuse(
      `The order ${orderId} cannot be set so:\n${problems.map(({ message }) => `  ${message}\n`).join('')}` +
        `'holdpoint orders show ${orderId} --json' lists its fields.`,
    )
  return set.map(({ path, value }) => ({ path, expected: readField(order, path) ?? '', value }))
}

/** The API gives instants as ISO 8601 text. */
const orderInMemory = (order: Record<string, unknown>) =>
  ({ ...order, placedAt: Date.parse(String(order.placedAt)) }) as unknown as Parameters<typeof readField>[0]
