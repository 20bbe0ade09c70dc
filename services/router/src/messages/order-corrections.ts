import type { Outgoing } from '@holdpoint/chassis'
import type { CaseOutcome, OrderCorrection, RouterState, Settlement } from '@holdpoint/schemas'
import type { DomainEvent } from '../record/event.ts'
import { caseOf } from '../record/state.ts'

/** What the events authorise intake to do to the order. `state`: the record after them. */
export function orderCorrections(
  state: RouterState,
  events: readonly DomainEvent[],
): Outgoing<'orders.corrections.v1'>[] {
  return events.flatMap((event) => {
    const authorised = authorisedBy(event)
    if (!authorised) return []
    const { orderId, caseId, actor, reason, digest, at } = event
    const { outcome, corrections, correctionId } = authorised
    const requestId = caseOf(state, caseId)?.requestId ?? ''
    const settlement = requestId === '' ? 'NONE' : settlementOf(outcome)
    const value: OrderCorrection = {
      correctionId,
      orderId,
      caseId,
      requestId,
      settlement,
      corrections,
      by: actor,
      reason,
      digest,
      at,
    }
    return [{ topic: 'orders.corrections.v1', key: orderId, value }]
  })
}

function authorisedBy(event: DomainEvent) {
  if (event.type === 'CORRECTED') return { ...event.corrected, outcome: 'CORRECTED' as const }
  if (event.type === 'CLOSED' && event.closed.correctionId !== '') return event.closed
  return undefined
}

/** A request that was answered by putting the fields right was granted, in other words than its own. */
function settlementOf(outcome: CaseOutcome): Settlement {
  return outcome === 'APPROVED' || outcome === 'CORRECTED' ? 'APPROVED' : 'REJECTED'
}
