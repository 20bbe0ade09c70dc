import type { IntakeState, OrderCorrection, OrderEvent, Request, Revision } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { contentOf } from '../content.ts'
import type { Input } from '../evolve.ts'
import { type Folded, fold } from '../fold.ts'

export const ORDER = 'SO-1041'
export const NOW = sampleOrder().placedAt + 60_000

/** An order event for tests; `change` what the test is about. */
export function sampleEvent(change: Partial<OrderEvent> = {}): OrderEvent {
  const kind = change.kind ?? 'PLACED'
  const carriesOrder = kind === 'PLACED' || kind === 'CHANGED'
  return {
    eventId: 'e-1',
    source: 'shop',
    orderId: ORDER,
    occurredAt: NOW,
    sequence: null,
    kind,
    order: carriesOrder ? sampleOrder() : null,
    request: kind === 'REQUESTED' ? sampleRequest() : null,
    stage: kind === 'STAGE_STARTED' || kind === 'STAGE_DONE' ? 'shipping' : '',
    facts: {},
    ...change,
  }
}

export function sampleRequest(change: Partial<Request> = {}): Request {
  return {
    requestId: 'R-1',
    kind: 'billing-terms',
    text: 'Please give them 60 days.',
    by: 'sally',
    role: 'sales',
    proposes: [{ path: 'billing.terms', value: 'NET60' }],
    ...change,
  }
}

/** A correction that changes the sample order's city, for tests. */
export function sampleCorrection(change: Partial<OrderCorrection> = {}): OrderCorrection {
  const { correctionId = 'C-1:1' } = change
  return {
    correctionId,
    orderId: ORDER,
    caseId: correctionId.split(':')[0] ?? '',
    requestId: '',
    settlement: 'NONE',
    corrections: [{ path: 'shipping.city', expected: 'Whitby', value: 'York' }],
    by: { subject: 'sam', name: 'Sam Okafor', roles: ['support'] },
    reason: 'The customer rang.',
    digest: '',
    at: NOW,
    ...change,
  }
}

export const event = (change: Partial<OrderEvent> = {}): Input => {
  const value = sampleEvent(change)
  return { kind: 'event', event: value, content: contentOf(value) }
}

export const correction = (change: Partial<OrderCorrection> = {}): Input => ({
  kind: 'correction',
  correction: sampleCorrection(change),
})

/** Folds inputs one after the other, as a lane does. */
export function foldAll(inputs: readonly Input[], from?: IntakeState) {
  let state = from
  const folded: Folded[] = []
  for (const input of inputs) {
    const result = fold(state, input, NOW)
    folded.push(result)
    if (result.kind === 'revised') state = result.state
  }
  const revisions = folded.flatMap((one): Revision[] => (one.kind === 'revised' ? [one.revision] : []))
  return { state, folded, revisions, last: folded.at(-1) as Folded }
}
