import type { Command, Correction, Order, RouterState } from '@holdpoint/schemas'
import { writeField } from '@holdpoint/schemas'
import { type Refusal, refuse } from '../record/refusal.ts'

/**
 * Bytes, as JSON, of what may be under way to intake for one order. Intake answers every correction with one revision,
 * which repeats who and why with each field and has to fit into a record.
 */
const mostUnderWay = 60_000
/** Bytes, as JSON, up to which corrections may make an order grow. */
const mostOrder = 300_000

/** Whether these corrections, and the order that they make, fit into the messages that carry them. */
export function checkRoom(
  { cases }: RouterState,
  { actor, reason }: Pick<Command, 'actor' | 'reason'>,
  corrections: readonly Correction[],
  order: Order,
): Refusal | undefined {
  const changes = corrections.map((one) => ({ ...one, by: actor.subject, why: reason }))
  const underWay = cases.flatMap((one) => one.corrections)
  if (underWay.length > 0 && bytesOf([...underWay, ...changes]) > mostUnderWay)
    return refuse(
      'VALUE_CHANGED',
      'Other fields were put right a moment ago: look at the order again, then do these.',
    )
  if (bytesOf(changes) > mostUnderWay)
    return refuse(
      'FIELD_NOT_CORRECTABLE',
      `${corrections.length} fields are too much at once: do fewer, or say why in fewer words.`,
    )
  return checkGrowth(order, corrections)
}

function checkGrowth(order: Order, corrections: readonly Correction[]): Refusal | undefined {
  const size = bytesOf(corrections.reduce(set, order))
  if (size <= mostOrder || size <= bytesOf(order)) return undefined
  return refuse('FIELD_NOT_CORRECTABLE', 'The order would become too large to be sent: use shorter texts.')
}

function set(order: Order, { path, value }: Correction): Order {
  const written = writeField(order, path, value)
  return 'order' in written ? written.order : order
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
