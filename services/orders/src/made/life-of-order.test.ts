import { fromJson, type OrderEvent, toJson } from '@holdpoint/schemas'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Fakers, loadFakers } from './customers.ts'
import { isMadeUp, type Life, lifeOfOrder, shopSource } from './life-of-order.ts'

const series = { seed: 7, day: Date.parse('2026-03-02T00:00:00Z') }
const orders = 2_000
let fakers: Fakers
let lives: Life[]

beforeAll(async () => {
  fakers = await loadFakers()
  lives = Array.from({ length: orders }, (_, index) => lifeOfOrder(fakers, series, index))
}, 30_000)

const firstOrder = ({ first }: Life) => first.order as NonNullable<OrderEvent['order']>
const share = (is: (life: Life) => boolean) => lives.filter(is).length / orders

test('the same seed and day give the same orders, whichever were made before', () => {
  expect(lifeOfOrder(fakers, series, 17)).toEqual(lives[17])
  expect(lifeOfOrder(fakers, { ...series, seed: 8 }, 17)).not.toEqual(lives[17])
})

test('an order is known by its letter as made up, and no order of anybody else is', () => {
  const { orderId } = lifeOfOrder(fakers, { ...series, letter: 'H' }, 17)
  expect(isMadeUp(orderId, 'H')).toBe(true)
  expect([orderId, 'SO-1042', 'H-1', 'H7-260302-00018-a'].map((id) => isMadeUp(id, 'W'))).not.toContain(true)
  expect(['SO-1042', 'H-1', 'H7-260302-00018-a', `X${orderId}`].map((id) => isMadeUp(id, 'H'))).not.toContain(
    true,
  )
})

test('every event is a valid one, and its id is its own', () => {
  const events = lives.flatMap(({ first, later }) => [first, ...later])
  for (const event of events) {
    const json = JSON.parse(JSON.stringify(toJson('orders.inbound.v1', event)))
    expect(fromJson('orders.inbound.v1', json)).toEqual({ value: event })
  }
  expect(new Set(events.map(({ eventId, source }) => `${source} ${eventId}`)).size).toBe(events.length)
})

test('everything about an order happened in order, before its day', () => {
  for (const { first, later } of lives) {
    const instants = [first, ...later].map(({ occurredAt }) => occurredAt)
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
    expect(Math.max(...instants)).toBeLessThan(series.day)
  }
})

describe('of a real mix the odd cases come as often as in the real data', () => {
  const line = (life: Life) => firstOrder(life).lines
  test.each<[string, number, (life: Life) => boolean]>([
    ['credit notes', 3836 / 25900, ({ first }) => first.kind === 'CANCELLED'],
    ['no customer', 3710 / 25900, (life) => firstOrder(life).customer.id === ''],
    ['abroad', 2406 / 25900, (life) => firstOrder(life).customer.country !== 'GB'],
    ['lines by hand', 517 / 25900, (life) => line(life).some(({ sku }) => sku === 'M')],
    [
      'written off',
      1336 / 25900,
      (life) => life.first.kind === 'PLACED' && line(life).some((l) => l.quantity.startsWith('-')),
    ],
    ['zero prices', 2155 / 25900, (life) => line(life).some((l) => l.unitPrice === '0')],
  ])('%s', (_, wanted, is) => {
    expect(share(is)).toBeGreaterThan(0.7 * wanted)
    expect(share(is)).toBeLessThan(1.4 * wanted)
  })
})

test('most orders have nothing later; some are asked about, changed or cancelled', () => {
  const later = lives.flatMap((life) => life.later)
  const kinds = new Set(later.map(({ kind, request }) => request?.kind ?? kind))
  expect(kinds).toEqual(new Set(['billing-terms', 'shipping-address', 'CHANGED', 'CANCELLED']))
  expect(share((life) => life.later.length > 0)).toBeLessThan(0.15)
  expect(lives.every(({ first }) => first.source === shopSource)).toBe(true)
})
