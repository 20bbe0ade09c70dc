/** All that upstream systems say about one made-up order. */
import type { Faker } from '@faker-js/faker'
import type { Instant, Order, OrderEvent, Request } from '@holdpoint/schemas'
import type { Fakers } from './customers.ts'
import { madeOrder } from './made-order.ts'
import { drawOddities, type Mix, type Oddities } from './oddities.ts'

/** Which orders: the same gives the same. */
export interface Series {
  seed: number
  /** Midnight UTC; the orders were placed in the days before. */
  day: Instant
  /** As in a real year when not said. */
  mix?: Mix
  /** The letter that the order ids begin with; W when not said. */
  letter?: string
}

export interface Life {
  orderId: string
  /** What makes the order known. */
  first: OrderEvent
  /** What comes later, in order. */
  later: OrderEvent[]
}

const minute = 60_000
const hour = 60 * minute
export const shopSource = 'webshop'

const termsWishes = [
  'They open a second shop in spring and ask for 60 days this once.',
  'Their new owner pays at the end of each quarter.',
  'The buyer asks for 60 days because the season starts late this year.',
  'A long-standing customer; cash is short until Easter.',
]
const addressWishes = [
  'Their shop is being painted, please send it to the stockroom.',
  'The goods should go to the fair, not to the shop.',
  'They moved last week and forgot to tell us.',
]

/** Starts with the letter that tells made-up orders from others. */
export const seriesPrefix = ({ seed, day, letter = 'W' }: Series): string =>
  `${letter}${seed}-${new Date(day).toISOString().slice(2, 10).replaceAll('-', '')}-`

/** Whether the order is one of any series of made-up orders with this letter, whatever its seed and day. */
export const isMadeUp = (orderId: string, letter: string): boolean =>
  new RegExp(`^${letter}\\d+-\\d{6}-\\d{5,}$`).test(orderId)

export function lifeOfOrder(fakers: Fakers, series: Series, index: number): Life {
  const faker = fakers.GB
  faker.seed([series.seed, index])
  const odd = drawOddities(faker, series.mix ?? 'real')
  const placedAt = series.day - faker.number.int({ min: 12 * 60, max: 72 * 60 }) * minute
  const wishes = {
    terms: faker.helpers.arrayElement(termsWishes),
    address: faker.helpers.arrayElement(addressWishes),
  }
  const moved = addressOf(faker)
  const order = madeOrder(fakers, odd, placedAt)
  const orderId = `${seriesPrefix(series)}${String(index + 1).padStart(5, '0')}`
  const first = event(orderId, odd.sort === 'credit-note' ? 'CANCELLED' : 'PLACED', placedAt, { order })
  return { orderId, first, later: laterEvents(orderId, order, odd, wishes, moved) }
}

function laterEvents(
  orderId: string,
  order: Order,
  odd: Oddities,
  wishes: { terms: string; address: string },
  moved: Pick<Order['shipping'], 'street' | 'city' | 'postalCode'>,
): OrderEvent[] {
  const events: OrderEvent[] = []
  const add = (kind: OrderEvent['kind'], hours: number, part: Partial<OrderEvent>) =>
    events.push(event(orderId, kind, order.placedAt + hours * hour, part))
  if (odd.asksForTerms)
    add('REQUESTED', 1, { source: 'crm', request: termsRequest(orderId, order, wishes.terms) })
  if (odd.asksForAddress)
    add('REQUESTED', 2, { source: 'crm', request: addressRequest(orderId, moved, wishes.address) })
  if (odd.changedLater) add('CHANGED', 3, { order: withMore(order) })
  if (odd.cancelledLater) add('CANCELLED', 4, {})
  return events.map((each, index) => ({ ...each, eventId: `${each.eventId}-${index + 1}` }))
}

/** The customer wants twice as much of the first line. */
function withMore(order: Order): Order {
  const [first, ...others] = order.lines
  return first
    ? { ...order, lines: [{ ...first, quantity: String(2 * Number(first.quantity)) }, ...others] }
    : order
}

const termsRequest = (orderId: string, { salesperson }: Order, text: string): Request => ({
  requestId: `${orderId}-terms`,
  kind: 'billing-terms',
  text,
  by: salesperson,
  role: 'sales',
  proposes: [{ path: 'billing.terms', value: 'NET60' }],
})

const addressRequest = (orderId: string, moved: Record<string, string>, text: string): Request => ({
  requestId: `${orderId}-address`,
  kind: 'shipping-address',
  text,
  by: 'customer',
  role: 'customer',
  proposes: Object.entries(moved).map(([name, value]) => ({ path: `shipping.${name}`, value })),
})

const addressOf = (faker: Faker) => ({
  street: faker.location.streetAddress(),
  city: faker.location.city(),
  postalCode: faker.location.zipCode(),
})

export function event(
  orderId: string,
  kind: OrderEvent['kind'],
  occurredAt: Instant,
  part: Partial<OrderEvent>,
): OrderEvent {
  return {
    eventId: `${orderId}-${kind.toLowerCase().replace('_', '-')}`,
    source: shopSource,
    orderId,
    occurredAt,
    sequence: null,
    kind,
    order: null,
    request: null,
    stage: '',
    facts: {},
    ...part,
  }
}
