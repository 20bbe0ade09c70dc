import type { AppliedCorrection, Order, OrderCorrection, Override } from '@holdpoint/schemas'
import { readField, writeField } from '@holdpoint/schemas'
import { jsonBytes, limits } from './limits.ts'

/** An order with the corrections that hold on it, and those that no longer do. */
export interface Overlaid {
  order: Order
  applied: AppliedCorrection[]
  overridden: Override[]
}

/**
 * Lays the corrections that hold over a new upstream snapshot. A correction holds while upstream still says of that
 * field what it said when it was corrected. One that upstream has come to agree with ends quietly; any other change
 * of the field, the loss of its line included, ends it as overridden.
 */
export function overlay(snapshot: Order, corrections: readonly AppliedCorrection[]): Overlaid {
  const overlaid: Overlaid = { order: snapshot, applied: [], overridden: [] }
  for (const correction of corrections) {
    const upstream = readField(snapshot, correction.path)
    if (upstream === correction.value) continue
    const order = upstream === correction.upstream ? written(overlaid.order, correction) : undefined
    if (order) {
      overlaid.order = order
      overlaid.applied.push(correction)
    } else overlaid.overridden.push(override(correction, upstream, correction.correctionId))
  }
  return overlaid
}

/**
 * Applies one authorised correction whole or not at all: half an address would be worse than the old one. When a
 * field is no longer what the person saw, or more corrections would be in force than an order's record can hold, all
 * its fields are reported as overridden and the order stays as it is.
 */
export function correct(
  order: Order,
  applied: readonly AppliedCorrection[],
  correction: OrderCorrection,
): Overlaid {
  const unchanged = { order, applied: [...applied], overridden: notApplied(order, correction) }
  let corrected = order
  let next = [...applied]
  for (const { path, expected, value } of correction.corrections) {
    const seen = readField(order, path)
    const result = written(corrected, { path, value })
    const wanted = result && readField(result, path)
    if (!result || seen === undefined || wanted === undefined || (seen !== expected && seen !== wanted))
      return unchanged
    const upstream = next.find((one) => one.path === path)?.upstream ?? seen
    next = next.filter((one) => one.path !== path)
    if (wanted !== upstream) {
      const { correctionId, by, reason } = correction
      next.push({ correctionId, path, value: wanted, upstream, by: by.subject, why: reason })
    }
    corrected = result
  }
  if (jsonBytes(next) > limits.appliedBytes) return unchanged
  return { order: corrected, applied: next, overridden: [] }
}

function notApplied(order: Order, { correctionId, corrections }: OrderCorrection): Override[] {
  return corrections.map((one) => override(one, readField(order, one.path), correctionId))
}

function override(
  { path, value }: { path: string; value: string },
  upstream: string | undefined,
  correctionId: string,
): Override {
  return { path, corrected: value, upstream: upstream ?? '', correctionId }
}

function written(order: Order, { path, value }: { path: string; value: string }): Order | undefined {
  const result = writeField(order, path, value)
  return 'order' in result ? result.order : undefined
}
