import { contentOf, fold } from '@holdpoint/intake/core'
import { revisionsOf } from '@holdpoint/policy'
import type { IntakeState, Order, OrderEvent, Revision } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import fc, { type Arbitrary } from 'fast-check'
import { expect, test } from 'vitest'

const placedAt = sampleOrder().placedAt

/** Few values, so that what an event says has often been said before. */
const order: Arbitrary<Order> = fc
  .record({
    lines: fc.integer({ min: 0, max: 3 }),
    quantity: fc.constantFrom('6', '7'),
    city: fc.constantFrom('Whitby', 'York'),
    declaredTotal: fc.constantFrom(null, '12.5'),
  })
  .map(({ lines, quantity, city, declaredTotal }) => {
    const { shipping, ...rest } = sampleOrder(lines)
    return {
      ...rest,
      lines: rest.lines.map((line) => ({ ...line, quantity })),
      shipping: { ...shipping, city },
      declaredTotal,
    }
  })

const request = fc.record({
  named: fc.boolean(),
  kind: fc.constantFrom('billing-terms', 'refund'),
  text: fc.constantFrom('', 'Please give them 60 days.'),
  proposes: fc.array(fc.constant({ path: 'billing.terms', value: 'NET60' }), { maxLength: 1 }),
})

const drawn = fc.record({
  orderId: fc.constantFrom('SO-1', 'SO-2'),
  source: fc.constantFrom('shop', 'erp'),
  later: fc.integer({ min: 0, max: 60_000 }),
  kind: fc.constantFrom('PLACED', 'CHANGED', 'CANCELLED', 'REQUESTED', 'STAGE_STARTED', 'STAGE_DONE'),
  order,
  brings: fc.boolean(),
  request,
  stage: fc.constantFrom('invoicing', 'shipping'),
  facts: fc
    .uniqueArray(fc.tuple(fc.constantFrom('gift', 'wrap', 'note'), fc.constantFrom('', 'yes')), {
      selector: ([name]) => name,
    })
    .map((facts) => Object.fromEntries(facts)),
})

/** Sound events of two orders, one after the other; some come before the first snapshot of their order. */
const life: Arbitrary<OrderEvent[]> = fc.array(drawn, { maxLength: 20, size: 'max' }).map((all) => {
  let occurredAt = placedAt
  return all.map((one, index) => {
    occurredAt += one.later
    return eventOf(one, `e-${index}`, occurredAt)
  })
})

type Drawn = typeof drawn extends Arbitrary<infer One> ? One : never

function eventOf(one: Drawn, eventId: string, occurredAt: number): OrderEvent {
  const { orderId, source, kind, facts } = one
  const { named, ...asked } = one.request
  const hasOrder = kind === 'PLACED' || kind === 'CHANGED' || (kind === 'CANCELLED' && one.brings)
  const requestId = named ? `R-${eventId}` : ''
  return {
    eventId,
    source,
    orderId,
    occurredAt,
    sequence: null,
    kind,
    order: hasOrder ? one.order : null,
    request: kind === 'REQUESTED' ? { ...asked, requestId, by: 'sally', role: 'sales' } : null,
    stage: kind === 'STAGE_STARTED' || kind === 'STAGE_DONE' ? one.stage : '',
    facts,
  }
}

/** What intake makes of the events, each taken when it happened. It refuses those of an order that nobody placed. */
function revisionsOfIntake(events: readonly OrderEvent[]): Revision[] {
  const states = new Map<string, IntakeState>()
  return events.flatMap((event) => {
    const { orderId, occurredAt } = event
    const before = states.get(orderId)
    const folded = fold(before, { kind: 'event', event, content: contentOf(event) }, occurredAt)
    expect(folded.kind).toBe(before || event.order ? 'revised' : 'refused')
    if (folded.kind !== 'revised') return []
    states.set(orderId, folded.state)
    return [folded.revision]
  })
}

test('a trial judges the revisions that intake would make of the same events', () => {
  fc.assert(
    fc.property(life, (events) => {
      const wanted = revisionsOfIntake(events).map((revision) => ({ ...revision, digest: '' }))
      expect([...revisionsOf(events)]).toEqual(wanted)
    }),
  )
})
