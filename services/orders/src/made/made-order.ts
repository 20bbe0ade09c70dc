import type { Faker } from '@faker-js/faker'
import type { Instant, Line, Order } from '@holdpoint/schemas'
import { type Customer, type Fakers, foreignCountry, madeCustomer } from './customers.ts'
import type { Oddities } from './oddities.ts'
import { wares } from './wares.ts'

/** So many shops buy. */
const customers = 900
const writeOffNotes = ['damaged in the warehouse', 'counted wrong', 'thrown away', 'water damage', 'samples']

/** The order of a shop, with its oddities. */
export function madeOrder(fakers: Fakers, odd: Oddities, placedAt: Instant): Order {
  const faker = fakers.GB
  const country = odd.abroad ? foreignCountry(faker) : 'GB'
  const buyer = faker.number.int({ min: 1, max: customers })
  const lines = odd.sort === 'write-off' ? [writtenOff(faker, odd)] : madeLines(faker, odd)
  const sentTo = odd.wrongCountry ? (country === 'US' ? 'GB' : 'US') : country
  const purchaseOrder = `PO-${faker.number.int({ min: 10_000, max: 99_999 })}`
  const salesperson = faker.helpers.arrayElement(['sally', 'tom', 'priya'])
  // Another seed from here on: draws for a customer are the customer's own.
  const shop = odd.noCustomer ? nobody(country) : madeCustomer(fakers, country, buyer)
  const byInvoice = shop.paysByInvoice || odd.noPurchaseOrder
  return {
    customer: shop.customer,
    currency: 'GBP',
    lines,
    declaredTotal: null,
    billing: { ...shop.billing, purchaseOrder: byInvoice && !odd.noPurchaseOrder ? purchaseOrder : '' },
    shipping: { ...shop.shipping, country: sentTo },
    payment: {
      status: 'authorised',
      method: byInvoice ? 'invoice' : 'card',
      country: odd.noCustomer ? '' : country,
      amount: null,
    },
    salesperson,
    channel: odd.noCustomer ? 'counter' : 'web',
    contractNumber: odd.noContract ? '' : contractOf(shop),
    placedAt,
  }
}

/** Only key accounts have contracts. */
const contractOf = ({ customer }: Customer): string =>
  customer.segment === 'key-account' ? `K-${customer.id}` : ''

function madeLines(faker: Faker, odd: Oddities): Line[] {
  const many = odd.large ? { min: 20, max: 30 } : { min: 1, max: 14 }
  const chosen = faker.helpers.arrayElements(wares, many)
  const sign = odd.sort === 'credit-note' ? '-' : ''
  const lines: Omit<Line, 'lineId'>[] = chosen.map(({ sku, description, price }) => ({
    sku,
    description,
    quantity: `${sign}${faker.helpers.arrayElement(odd.large ? [48, 72, 96] : [1, 2, 3, 4, 6, 6, 12, 12, 24])}`,
    unitPrice: price,
    discountPercent: faker.number.int(99) < 6 ? '5' : null,
  }))
  const [first] = lines
  if (first && odd.zeroPrice) first.unitPrice = '0'
  if (first && odd.noDescription) first.description = ''
  if (first && odd.highDiscount) first.discountPercent = '25'
  if (odd.manualLine) lines.push(byHand('M', 'Manual', `${sign}1`, faker.number.int({ min: 5, max: 180 })))
  if (odd.handDiscount) lines.push(byHand('D', 'Discount', '-1', faker.number.int({ min: 5, max: 60 })))
  return lines.map((line, index) => ({ lineId: String(index + 1), ...line }))
}

const byHand = (sku: string, description: string, quantity: string, price: number): Omit<Line, 'lineId'> => ({
  sku,
  description,
  quantity,
  unitPrice: String(price),
  discountPercent: null,
})

function writtenOff(faker: Faker, { noDescription }: Oddities): Line {
  const { sku } = faker.helpers.arrayElement(wares)
  const note = faker.helpers.arrayElement(writeOffNotes)
  const quantity = `-${faker.number.int({ min: 1, max: 60 })}`
  return { lineId: '1', ...byHand(sku, noDescription ? '' : note, quantity, 0) }
}

function nobody(country: string): Customer {
  const nowhere = { name: '', street: '', city: '', region: '', postalCode: '', country }
  return {
    customer: { id: '', name: '', email: '', phone: '', country, language: '', taxId: '', segment: '' },
    billing: { ...nowhere, contact: '', terms: '', schedule: '', purchaseOrder: '' },
    shipping: { ...nowhere, method: '', requestedDate: '', splitDeliveries: false },
    paysByInvoice: false,
  }
}
