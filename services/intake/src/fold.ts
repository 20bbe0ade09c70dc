import type { DeadLetterCode, Problem } from '@holdpoint/chassis'
import type { Instant, IntakeState, Order, Revision } from '@holdpoint/schemas'
import { bounded } from './bounded.ts'
import { decide } from './decide.ts'
import { evolve, type Input, initialState } from './evolve.ts'
import { jsonBytes, limits } from './limits.ts'
import { revisionOf } from './revise.ts'

/** What one input makes of an order: exactly one revision, or nothing because it is known, or a refusal. */
export type Folded =
  | { kind: 'revised'; state: IntakeState; revision: Revision }
  | { kind: 'dropped' }
  | { kind: 'refused'; code: DeadLetterCode; problems: Problem[] }

/** Folds an input into the order record. `now` in milliseconds. */
export function fold(before: IntakeState | undefined, input: Input, now: Instant): Folded {
  const decision = decide(before, input, now)
  if (decision.kind === 'refuse')
    return { kind: 'refused', code: decision.code, problems: bounded(decision.problems) }
  if (decision.kind === 'drop') return { kind: 'dropped' }
  const { state, overridden } = evolve(before ?? initialState(orderIdOf(input)), input, now)
  if (!placed(state)) return refused('orderId', 'has no snapshot yet: send PLACED first.')
  const revision = revisionOf(before, state, overridden, input, now)
  return tooMuchAtOnce(revision) ?? { kind: 'revised', state, revision }
}

function orderIdOf(input: Input): string {
  return input.kind === 'event' ? input.event.orderId : input.correction.orderId
}

function placed(state: IntakeState): state is IntakeState & { order: Order } {
  return state.order !== null
}

function tooMuchAtOnce({ changes }: Revision): Folded | undefined {
  if (changes.length === 0 || jsonBytes(changes) <= limits.changesBytes) return undefined
  return refused('order', `changes ${changes.length} fields at once: send the change in smaller steps.`)
}

function refused(path: string, message: string): Folded {
  return { kind: 'refused', code: 'INVALID', problems: [{ path, message }] }
}
