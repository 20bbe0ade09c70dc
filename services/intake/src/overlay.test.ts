import { orderDigest } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { expect, test } from 'vitest'
import { correction, event, foldAll } from './testing/sample-inputs.ts'

const inCity = (city: string) => ({ ...sampleOrder(), shipping: { ...sampleOrder().shipping, city } })

test('a correction is applied once', () => {
  const { last, state } = foldAll([event(), correction(), correction()])
  expect(last).toEqual({ kind: 'dropped' })
  expect(state).toMatchObject({ revision: 2, order: { shipping: { city: 'York' } } })
})

test('a correction outlives a snapshot that leaves its field as it was', () => {
  const order = { ...sampleOrder(), salesperson: 'olga' }
  const { revisions } = foldAll([event(), correction(), event({ eventId: 'e-2', kind: 'CHANGED', order })])
  expect(revisions[2]).toMatchObject({
    order: { shipping: { city: 'York' }, salesperson: 'olga' },
    overridden: [],
    changes: [{ path: 'salesperson', origin: 'UPSTREAM' }],
  })
  expect(revisions[2]?.digest).toBe(orderDigest(revisions[2]?.order ?? order))
})

test('a snapshot that changes the corrected field overrides the correction and says so', () => {
  const leeds = event({ eventId: 'e-2', kind: 'CHANGED', order: inCity('Leeds') })
  const back = event({ eventId: 'e-3', kind: 'CHANGED', order: inCity('Whitby') })
  const { revisions } = foldAll([event(), correction(), leeds, back])
  expect(revisions[2]).toMatchObject({
    order: { shipping: { city: 'Leeds' } },
    overridden: [{ path: 'shipping.city', corrected: 'York', upstream: 'Leeds', correctionId: 'C-1:1' }],
  })
  expect(revisions[3]).toMatchObject({ order: { shipping: { city: 'Whitby' } }, overridden: [] })
})

test('upstream that comes to agree ends the correction quietly', () => {
  const york = event({ eventId: 'e-2', kind: 'CHANGED', order: inCity('York') })
  const { revisions, state } = foldAll([event(), correction(), york])
  expect(revisions[2]).toMatchObject({ order: { shipping: { city: 'York' } }, overridden: [], changes: [] })
  expect(state?.applied).toEqual([])
})

test('a line that upstream takes out overrides the corrections of that line', () => {
  const quantity = correction({ corrections: [{ path: 'lines.2.quantity', expected: '7', value: '8' }] })
  const order = sampleOrder(1)
  const { revisions } = foldAll([event(), quantity, event({ eventId: 'e-2', kind: 'CHANGED', order })])
  expect(revisions[1]?.order.lines[1]?.quantity).toBe('8')
  expect(revisions[2]).toMatchObject({
    order: { lines: [{ lineId: '1' }] },
    overridden: [{ path: 'lines.2.quantity', corrected: '8', upstream: '' }],
  })
})

test('a second correction of a field still knows what upstream had', () => {
  const second = correction({
    correctionId: 'C-2:1',
    corrections: [{ path: 'shipping.city', expected: 'York', value: 'Hull' }],
  })
  const same = event({ eventId: 'e-2', kind: 'CHANGED' })
  const { state } = foldAll([event(), correction(), second, same])
  expect(state).toMatchObject({
    order: { shipping: { city: 'Hull' } },
    applied: [{ correctionId: 'C-2:1', value: 'Hull', upstream: 'Whitby' }],
  })
})

test('a correction back to what upstream has leaves nothing to outlive', () => {
  const back = correction({
    correctionId: 'C-2:1',
    corrections: [{ path: 'shipping.city', expected: 'York', value: 'Whitby' }],
  })
  expect(foldAll([event(), correction(), back]).state).toMatchObject({ order: sampleOrder(), applied: [] })
})

test('a correction whose field has another value now is not applied at all, settles, and says so', () => {
  const both = correction({
    requestId: 'R-1',
    settlement: 'APPROVED',
    corrections: [
      { path: 'shipping.street', expected: '12 Harbour Lane', value: '14 Harbour Lane' },
      { path: 'shipping.city', expected: 'Whitby', value: 'York' },
    ],
  })
  const asked = event({ eventId: 'e-3', kind: 'REQUESTED' })
  const leeds = event({ eventId: 'e-2', kind: 'CHANGED', order: inCity('Leeds') })
  const { revisions, state } = foldAll([event(), asked, leeds, both])
  expect(revisions[3]).toMatchObject({
    order: inCity('Leeds'),
    requests: [],
    changes: [],
    overridden: [
      { path: 'shipping.street', corrected: '14 Harbour Lane', upstream: '12 Harbour Lane' },
      { path: 'shipping.city', corrected: 'York', upstream: 'Leeds', correctionId: 'C-1:1' },
    ],
  })
  expect(state).toMatchObject({ applied: [], settled: ['C-1:1'] })
})

test('a value that the field cannot hold is not applied and says so', () => {
  const { last } = foldAll([
    event(),
    correction({ corrections: [{ path: 'lines.1.quantity', expected: '6', value: 'many' }] }),
  ])
  expect(last).toMatchObject({
    kind: 'revised',
    revision: { overridden: [{ corrected: 'many', upstream: '6' }] },
  })
})

test('values are compared in their canonical form', () => {
  const { state } = foldAll([
    event(),
    correction({ corrections: [{ path: 'lines.1.quantity', expected: '6', value: '8.50' }] }),
  ])
  expect(state).toMatchObject({ order: { lines: [{ quantity: '8.5' }, {}] }, applied: [{ value: '8.5' }] })
})
