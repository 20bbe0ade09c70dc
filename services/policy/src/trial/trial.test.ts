import type { OrderEvent } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { describe, expect, test } from 'vitest'
import { samplePolicy, sampleRevision } from '../testing/sample-revision.ts'
import { revisionMaker, revisionsOf } from './revisions-of.ts'
import { newTrial, tryOn } from './trial.ts'

function event(own: Partial<OrderEvent> = {}): OrderEvent {
  return {
    eventId: 'e-1',
    source: 'shop',
    orderId: 'SO-1',
    occurredAt: 1,
    sequence: null,
    kind: 'PLACED',
    order: null,
    request: null,
    stage: '',
    facts: {},
    ...own,
  }
}

const order = sampleOrder()
const placed = event({ order })
const request = { requestId: '', kind: 'rush', text: 'please', by: 'sally', role: 'sales', proposes: [] }

describe('revisions of events', () => {
  test('a first snapshot has nothing before it', () => {
    expect([...revisionsOf([placed])]).toEqual([
      sampleRevision({ digest: '', at: 1, cause: { ...causeOf(placed) } }, order),
    ])
  })

  test('an event before the first snapshot makes none, and leaves no trace', () => {
    const asked = event({ kind: 'REQUESTED', eventId: 'e-0', request })
    const started = event({ kind: 'STAGE_STARTED', stage: 'shipping' })
    expect([...revisionsOf([asked, started, placed])]).toEqual([...revisionsOf([placed])])
  })

  test('each tells what it changed', () => {
    const next = revisionMaker()
    next(placed)
    const moved = { ...order, shipping: { ...order.shipping, city: 'York' } }
    const changed = next(event({ kind: 'CHANGED', source: 'erp', order: moved, facts: { gift: 'yes' } }))
    const origin = { origin: 'UPSTREAM', by: 'erp', why: '' }
    expect(changed?.changes).toEqual([
      { path: 'shipping.city', from: order.shipping.city, to: 'York', ...origin },
      { path: 'facts.gift', from: '', to: 'yes', ...origin },
    ])
    expect(next(event({ facts: { gift: 'yes' } }))?.changes).toEqual([])
  })

  test('a stage that is done stays done, a cancelled order stays cancelled, orders are apart', () => {
    const next = revisionMaker()
    next(placed)
    next(event({ kind: 'STAGE_DONE', stage: 'shipping' }))
    next(event({ kind: 'CANCELLED' }))
    expect(next(event({ kind: 'STAGE_STARTED', stage: 'shipping' }))).toMatchObject({
      revision: 4,
      stages: { shipping: 'DONE' },
      cancelled: true,
    })
    expect(next(event({ orderId: 'SO-2', order }))).toMatchObject({
      revision: 1,
      stages: {},
      cancelled: false,
    })
  })
})

describe('two policies on the same revisions', () => {
  const before = samplePolicy('lines.total > 50', 'order.channel == "fax"')
  const after = samplePolicy('lines.total > 30')
  const small = sampleRevision({ orderId: 'SO-S' })
  const none = sampleRevision({ orderId: 'SO-N' }, sampleOrder(0))
  const fax = sampleRevision({ orderId: 'SO-F' }, { ...sampleOrder(0), channel: 'fax' })

  const tried = (revisions: readonly ReturnType<typeof sampleRevision>[]) => {
    const trial = newTrial(before, after)
    for (const revision of revisions) tryOn(trial, before, after, revision)
    return trial
  }

  test('what is caught newly, what no longer, with examples', () => {
    const { revisions, types } = tried([small, none, fax])
    expect(revisions).toBe(3)
    expect(types.get('odd')).toMatchObject({
      before: 0,
      after: 1,
      newlyCaught: 1,
      examples: { newlyCaught: [{ orderId: 'SO-S', revision: 1 }], noLongerCaught: [] },
    })
    expect(types.get('odd-2')).toMatchObject({ before: 1, after: 0, noLongerCaught: 1 })
  })

  test('without a policy in force everything is caught newly', () => {
    const trial = newTrial(undefined, after)
    tryOn(trial, undefined, after, small)
    expect(trial.types.get('odd')).toMatchObject({ before: 0, newlyCaught: 1 })
  })

  test('a rule without an answer shows as what could not be classified', () => {
    const failing = samplePolicy('number(order.channel) > 1')
    const trial = newTrial(failing, failing)
    tryOn(trial, failing, failing, small)
    expect(trial.types.get('cannot-classify')).toMatchObject({ before: 1, after: 1, newlyCaught: 0 })
  })

  test('few examples are kept of many', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ ...small, orderId: `SO-${i}` }))
    expect(tried(many).types.get('odd')).toMatchObject({ newlyCaught: 12 })
    expect(tried(many).types.get('odd')?.examples.newlyCaught).toHaveLength(5)
  })
})

function causeOf({ kind, source, eventId, occurredAt }: OrderEvent) {
  return { kind, source, eventId, occurredAt }
}
