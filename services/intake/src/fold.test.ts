import { orderDigest } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { describe, expect, test } from 'vitest'
import { fold } from './fold.ts'
import { correction, event, foldAll, NOW, ORDER, sampleRequest } from './testing/sample-inputs.ts'

const inCity = (city: string) => ({ ...sampleOrder(), shipping: { ...sampleOrder().shipping, city } })
const refused = (code: string, path: string) => ({
  kind: 'refused',
  code,
  problems: expect.arrayContaining([expect.objectContaining({ path })]),
})

test('a placed order becomes revision 1 with its digest and no changes', () => {
  const { revisions } = foldAll([event()])
  expect(revisions).toMatchObject([
    {
      orderId: ORDER,
      revision: 1,
      digest: orderDigest(sampleOrder()),
      order: sampleOrder(),
      changes: [],
      cause: { kind: 'PLACED', source: 'shop', eventId: 'e-1', occurredAt: NOW },
      at: NOW,
    },
  ])
})

test('a change says what changed, by whom and from where', () => {
  const { revisions } = foldAll([event(), event({ eventId: 'e-2', kind: 'CHANGED', order: inCity('Leeds') })])
  expect(revisions[1]).toMatchObject({
    revision: 2,
    changes: [
      { path: 'shipping.city', from: 'Whitby', to: 'Leeds', origin: 'UPSTREAM', by: 'shop', why: '' },
    ],
  })
})

test('an identical snapshot under a new id is taken: it makes a revision without changes', () => {
  const { revisions } = foldAll([event(), event({ eventId: 'e-2', kind: 'CHANGED' })])
  expect(revisions[1]).toMatchObject({ revision: 2, changes: [], digest: revisions[0]?.digest })
})

test('the same event again is dropped', () => {
  expect(foldAll([event(), event()]).last).toEqual({ kind: 'dropped' })
})

test('the same id from another source is another event', () => {
  expect(foldAll([event(), event({ source: 'erp', kind: 'CHANGED' })]).last.kind).toBe('revised')
})

test('the same id with other content is a conflict', () => {
  const { last } = foldAll([event(), event({ order: inCity('Leeds') })])
  expect(last).toEqual(refused('CONFLICT', 'eventId'))
})

test('the same id with an empty fact more is other content', () => {
  expect(foldAll([event(), event({ facts: { gift: '' } })]).last).toEqual(refused('CONFLICT', 'eventId'))
})

test('a lower sequence of the same source is stale, that of another source is not', () => {
  const first = event({ sequence: 5 })
  const lower = { eventId: 'e-2', kind: 'CHANGED', sequence: 4 } as const
  expect(foldAll([first, event(lower)]).last).toEqual(refused('STALE', 'sequence'))
  expect(foldAll([first, event({ ...lower, source: 'erp' })]).last.kind).toBe('revised')
  expect(foldAll([first, event({ ...lower, sequence: null })]).last.kind).toBe('revised')
  expect(foldAll([first, event({ ...lower, sequence: 5 })]).last.kind).toBe('revised')
})

test('a refused event leaves no trace: its id may be sent again', () => {
  const { last } = foldAll([
    event({ sequence: 5 }),
    event({ eventId: 'e-2', kind: 'CHANGED', sequence: 4 }),
    event({ eventId: 'e-2', kind: 'CHANGED', sequence: 6 }),
  ])
  expect(last.kind).toBe('revised')
})

test('facts keep the latest value of each name, and a new value is a change', () => {
  const { state, revisions } = foldAll([
    event({ facts: { gift: 'yes', wrap: 'red' } }),
    event({ eventId: 'e-2', kind: 'CHANGED', facts: { wrap: 'blue' } }),
  ])
  expect(state?.facts).toEqual({ gift: 'yes', wrap: 'blue' })
  expect(revisions[1]?.changes).toMatchObject([{ path: 'facts.wrap', from: 'red', to: 'blue' }])
})

describe('an order that is not known', () => {
  test.each(['REQUESTED', 'STAGE_STARTED', 'STAGE_DONE', 'CANCELLED'] as const)('%s is refused', (kind) => {
    expect(foldAll([event({ kind })]).last).toEqual(refused('INVALID', 'orderId'))
  })

  test('CANCELLED with a snapshot is a credit note: revision 1, cancelled', () => {
    const { revisions } = foldAll([event({ kind: 'CANCELLED', order: sampleOrder() })])
    expect(revisions).toMatchObject([{ revision: 1, cancelled: true }])
  })

  test('CHANGED may come first', () => {
    expect(foldAll([event({ kind: 'CHANGED' })]).revisions).toHaveLength(1)
  })

  test('a correction is refused', () => {
    expect(foldAll([correction()]).last).toEqual(refused('INVALID', 'orderId'))
  })
})

test('CANCELLED keeps the snapshot, and what comes later does not undo it', () => {
  const { state } = foldAll([
    event(),
    event({ eventId: 'e-2', kind: 'CANCELLED' }),
    event({ eventId: 'e-3', kind: 'CHANGED' }),
  ])
  expect(state).toMatchObject({ cancelled: true, order: sampleOrder() })
})

test('a stage goes from started to done and never back', () => {
  const report = (eventId: string, kind: 'STAGE_STARTED' | 'STAGE_DONE') => event({ eventId, kind })
  const { revisions } = foldAll([
    event(),
    report('e-2', 'STAGE_STARTED'),
    report('e-3', 'STAGE_DONE'),
    report('e-4', 'STAGE_STARTED'),
  ])
  expect(revisions.map((one) => one.stages)).toEqual([
    {},
    { shipping: 'STARTED' },
    { shipping: 'DONE' },
    { shipping: 'DONE' },
  ])
})

describe('requests', () => {
  const asked = (change = {}) => event({ eventId: 'e-2', kind: 'REQUESTED', request: sampleRequest(change) })

  test('a request stays open in the order record and leaves the order as it is', () => {
    const { revisions, state } = foldAll([event(), asked()])
    expect(state?.requests).toEqual([{ request: sampleRequest(), openedAt: NOW, revision: 2 }])
    expect(revisions[1]).toMatchObject({
      digest: revisions[0]?.digest,
      changes: [],
      requests: state?.requests,
    })
  })

  test('a request without an id gets that of its event', () => {
    const { state } = foldAll([event(), asked({ requestId: '' })])
    expect(state?.requests[0]?.request.requestId).toBe('e-2')
  })

  test('an id that is open already is refused', () => {
    const again = event({ eventId: 'e-3', kind: 'REQUESTED' })
    expect(foldAll([event(), asked(), again]).last).toEqual(refused('INVALID', 'request.requestId'))
  })

  test('every proposal that cannot be carried out is named', () => {
    const { last } = foldAll([
      event(),
      asked({
        proposes: [
          { path: 'billing.terms', value: 'NET60' },
          { path: 'billing.trems', value: 'NET60' },
          { path: 'lines.1.quantity', value: 'many' },
          { path: 'lines.9.quantity', value: '1' },
          { path: 'shipping.city', value: 'Leeds\u001b' },
          { path: 'billing.terms', value: 'NET90' },
        ],
      }),
    ])
    expect(last).toMatchObject({
      code: 'INVALID',
      problems: [
        { path: 'request.proposes.1.path' },
        { path: 'request.proposes.2.value' },
        { path: 'request.proposes.3.path' },
        { path: 'request.proposes.4.value' },
        { path: 'request.proposes.5.path' },
      ],
    })
  })

  test('a request that proposes hundreds of changes is refused', () => {
    const proposes = Array.from({ length: 501 }, () => ({ path: 'billing.terms', value: 'NET60' }))
    expect(foldAll([event(), asked({ proposes })]).last).toEqual(refused('INVALID', 'request.proposes'))
  })

  test('approval applies the proposal and settles the request in one revision', () => {
    const approval = correction({
      requestId: 'R-1',
      settlement: 'APPROVED',
      corrections: [{ path: 'billing.terms', expected: 'NET30', value: 'NET60' }],
    })
    const { revisions } = foldAll([event(), asked(), approval])
    expect(revisions[2]).toMatchObject({
      requests: [],
      order: { billing: { terms: 'NET60' } },
      changes: [{ path: 'billing.terms', origin: 'CORRECTION', by: 'sam', why: 'The customer rang.' }],
      cause: { source: 'correction', eventId: 'C-1:1' },
    })
  })

  test('rejection settles the request in a revision that changes nothing else', () => {
    const { revisions } = foldAll([
      event(),
      asked(),
      correction({ requestId: 'R-1', settlement: 'REJECTED', corrections: [] }),
    ])
    expect(revisions[2]).toMatchObject({
      revision: 3,
      requests: [],
      changes: [],
      digest: revisions[0]?.digest,
    })
  })

  test('open requests of one order are bounded', () => {
    const long = (n: number) =>
      event({
        eventId: `e-${n}`,
        kind: 'REQUESTED',
        request: sampleRequest({ requestId: `R-${n}`, text: 'x'.repeat(30_000) }),
      })
    const { last } = foldAll([event(), long(2), long(3), long(4), long(5)])
    expect(last).toEqual(refused('INVALID', 'request'))
  })

  test('so many requests of one order may wait, and the next one when one of them is decided', () => {
    const many = Array.from({ length: 50 }, (_, i) =>
      event({ eventId: `r-${i}`, kind: 'REQUESTED', request: sampleRequest({ requestId: `R-${i}` }) }),
    )
    const { state, last } = foldAll([event({ eventId: 'first' }), ...many, asked()])
    expect(last).toEqual(refused('INVALID', 'request'))
    const rejection = correction({ requestId: 'R-7', settlement: 'REJECTED', corrections: [] })
    expect(foldAll([rejection, asked({ requestId: 'R-50' })], state).last.kind).toBe('revised')
  })
})

test('a correction too many is a revision that does not apply it', () => {
  const lines = sampleOrder(60).lines
  const corrections = lines.map(({ lineId }, i) =>
    correction({
      correctionId: `C-${i}:1`,
      corrections: [
        {
          path: `lines.${lineId}.description`,
          expected: lines[i]?.description ?? '',
          value: 'x'.repeat(2_000),
        },
      ],
      reason: 'y'.repeat(4_000),
    }),
  )
  const { revisions } = foldAll([event({ order: { ...sampleOrder(), lines } }), ...corrections])
  expect(revisions).toHaveLength(61)
  expect(revisions.at(1)?.overridden).toEqual([])
  expect(revisions.at(-1)).toMatchObject({ changes: [], overridden: [{ correctionId: 'C-59:1' }] })
})

test('a change of thousands of fields with long texts is refused: no record may outgrow its topic', () => {
  const long = (text: string) => ({
    ...sampleOrder(),
    lines: sampleOrder(1_500).lines.map((line) => ({
      ...line,
      description: text.repeat(70),
      sku: text.repeat(70),
    })),
  })
  const { last } = foldAll([
    event({ order: long('a') }),
    event({ eventId: 'e-2', kind: 'CHANGED', order: long('b') }),
  ])
  expect(last).toEqual(refused('INVALID', 'order'))
})

test('an event that lies ten years before its order is refused; one that lies after it is not', () => {
  const early = event({ eventId: 'e-2', kind: 'STAGE_DONE', occurredAt: NOW - 3_660 * 86_400_000 })
  expect(foldAll([event(), early]).last).toEqual(refused('INVALID', 'occurredAt'))
  const then = NOW - 5_000 * 86_400_000
  const imported = event({ occurredAt: then, order: { ...sampleOrder(), placedAt: then } })
  const cancelled = event({ eventId: 'e-2', kind: 'CANCELLED', order: null, occurredAt: NOW })
  expect(foldAll([imported, cancelled]).last).toMatchObject({ kind: 'revised' })
})

test('one order has a bounded number of sources and stages', () => {
  const report = (n: number, change: object) => event({ eventId: `e-${n}`, kind: 'STAGE_DONE', ...change })
  const numbers = Array.from({ length: 101 }, (_, n) => n)
  const sources = numbers.map((n) => report(n, { source: `system-${n}`, sequence: 1 }))
  const stages = numbers.map((n) => report(n, { stage: `stage-${n}` }))
  expect(foldAll([event(), ...sources]).last).toEqual(refused('INVALID', 'source'))
  expect(foldAll([event(), ...stages]).last).toEqual(refused('INVALID', 'stage'))
})

test('a refusal stays small whatever the event is made of', () => {
  const facts = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, n) => [`${n}${'x'.repeat(1_000)}`, 'x\0']),
  )
  const result = fold(undefined, event({ facts }), NOW)
  expect(result).toMatchObject({ kind: 'refused', problems: { length: 51 } })
  expect(JSON.stringify(result).length).toBeLessThan(50_000)
})
