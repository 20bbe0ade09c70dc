import {
  type CaseState,
  type Correction,
  type Order,
  type PathValue,
  type RouterState,
  readField,
  writeField,
} from '@holdpoint/schemas'
import { requestOf } from '../record/facts.ts'

/** What approving the case would set: what its request proposes, and what was proposed since, which goes before. */
export function proposalsOf(
  state: RouterState,
  { requestId, proposal }: Pick<CaseState, 'requestId' | 'proposal'>,
): readonly PathValue[] {
  const asked = requestOf(state, { requestId })?.proposes ?? []
  const since = proposal?.corrections ?? []
  return [...asked.filter(({ path }) => !since.some((one) => one.path === path)), ...since]
}

/** The fields as intake will set them, in canonical form, without those that are right already. */
export function effectiveCorrections(order: Order, fields: readonly PathValue[]): Correction[] {
  return fields.flatMap(({ path, value }) => {
    const expected = readField(order, path)
    const written = writeField(order, path, value)
    if (expected === undefined || 'problem' in written) return []
    const canonical = readField(written.order, path) ?? value
    return canonical === expected ? [] : [{ path, expected, value: canonical }]
  })
}
