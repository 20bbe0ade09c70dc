/** Every line of the wholesaler's policy with an order that it catches, and one that is nearly the same and goes through. */
import { readFileSync } from 'node:fs'
import {
  fieldMatches,
  type Order,
  orderDigest,
  orderFields,
  type Revision,
  writeField,
} from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { describe, expect, test } from 'vitest'
import { isBuiltIn } from '../built-in-types.ts'
import { judge } from '../judge.ts'
import { parsePolicy } from '../parse-policy.ts'
import { sampleRequest, sampleRevision } from '../testing/sample-revision.ts'

const file = new URL('../../../../infra/samples/wholesaler.policy.yaml', import.meta.url)
const policy = wholesaler()

function wholesaler() {
  const read = parsePolicy(readFileSync(file, 'utf8'))
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1))
  return read.policy
}

/** What is different from an order to which nothing applies. */
interface Odd {
  /** Fields by path. */
  set?: Readonly<Record<string, string>>
  facts?: Readonly<Record<string, string>>
  stages?: Revision['stages']
  changed?: readonly string[]
  request?: string
  /** Days between the order and the request. */
  requestedAfterDays?: number
  cancelled?: true
}

const asked = (request: string): Odd => ({ request })
const set = (fields: Record<string, string>): Odd => ({ set: fields })
/** 13 lines at 2.55 come to 33.15; a price of 100 makes a large order of them. */
const large = { 'lines.1.unitPrice': '900', 'lines.2.unitPrice': '2.55' }

const cases: Record<string, { caught: Odd; nearly: Odd }> = {
  'billing-terms': { caught: asked('billing-terms'), nearly: asked('billing-contact') },
  'billing-schedule': { caught: asked('billing-schedule'), nearly: asked('billing-contact') },
  'shipping-address': { caught: asked('shipping-address'), nearly: asked('shipping-note') },
  rush: { caught: asked('rush'), nearly: asked('delivery-note') },
  'split-delivery': { caught: asked('split-delivery'), nearly: asked('delivery-note') },
  'refund-late': {
    caught: { request: 'refund', requestedAfterDays: 31 },
    nearly: { request: 'refund', requestedAfterDays: 30 },
  },
  'discount-small-order': {
    caught: set({ 'lines.1.discountPercent': '20.5' }),
    nearly: set({ 'lines.1.discountPercent': '20' }),
  },
  'discount-large-order': {
    caught: set({ 'lines.1.unitPrice': '400', 'lines.1.discountPercent': '10.5' }),
    nearly: set({ 'lines.1.unitPrice': '400', 'lines.1.discountPercent': '10' }),
  },
  'discount-key-account': {
    caught: set({
      'customer.segment': 'key-account',
      contractNumber: 'C-7',
      'lines.1.discountPercent': '31',
    }),
    nearly: set({
      'customer.segment': 'key-account',
      contractNumber: 'C-7',
      'lines.1.discountPercent': '30',
    }),
  },
  'low-margin': { caught: { facts: { marginPercent: '14.9' } }, nearly: { facts: { marginPercent: '15' } } },
  'discount-region': {
    caught: set({ 'shipping.region': 'Jersey', 'lines.1.discountPercent': '5' }),
    nearly: set({ 'shipping.region': 'Yorkshire', 'lines.1.discountPercent': '5' }),
  },
  'address-country': {
    caught: set({ 'shipping.country': 'US' }),
    nearly: set({ 'shipping.country': 'US', 'payment.country': '' }),
  },
  'address-mismatch': {
    caught: set({ 'shipping.postalCode': '' }),
    nearly: set({ 'shipping.postalCode': '', 'shipping.street': '', 'billing.street': '' }),
  },
  'tax-record': {
    caught: { facts: { taxRecordPostalCode: 'YO21 3PX' } },
    nearly: { facts: { taxRecordPostalCode: 'YO21 3PU' } },
  },
  'missing-purchase-order': {
    caught: set({ 'billing.purchaseOrder': '' }),
    nearly: set({ 'billing.purchaseOrder': '', 'payment.method': 'card' }),
  },
  'missing-tax-id': {
    caught: set({ 'customer.country': 'IE' }),
    nearly: set({ 'customer.country': 'IE', 'customer.taxId': 'IE6388047V' }),
  },
  'missing-delivery-method': {
    caught: set({ 'shipping.method': '' }),
    nearly: set({ 'shipping.method': '', 'shipping.street': '' }),
  },
  'missing-contract': {
    caught: set({ 'customer.segment': 'key-account' }),
    nearly: set({ 'customer.segment': 'key-account', contractNumber: 'C-7' }),
  },
  'missing-product-code': { caught: set({ 'lines.1.sku': '' }), nearly: set({ 'lines.1.sku': 'X' }) },
  'changed-after-invoice': {
    caught: { changed: ['lines.1.quantity'], stages: { invoicing: 'STARTED' } },
    nearly: { changed: ['lines.1.quantity'], stages: { shipping: 'STARTED' } },
  },
  'no-customer': { caught: set({ 'customer.id': '' }), nearly: set({ 'customer.name': '' }) },
  abroad: {
    caught: set({ 'customer.country': 'FR' }),
    nearly: set({ 'customer.country': 'United Kingdom' }),
  },
  'large-order': {
    caught: set(large),
    nearly: set({ ...large, 'lines.1.unitPrice': '830.3583', 'lines.2.unitPrice': '2.55' }),
  },
  'hand-discount': { caught: set({ 'lines.2.sku': 'D' }), nearly: set({ 'lines.2.sku': 'DOT' }) },
  'manual-line': { caught: set({ 'lines.2.sku': 'M' }), nearly: set({ 'lines.2.sku': 'MX' }) },
  'zero-price': {
    caught: set({ 'lines.1.unitPrice': '0' }),
    nearly: set({ 'lines.1.unitPrice': '0.0001' }),
  },
  'negative-quantity': {
    caught: set({ 'lines.1.quantity': '-1' }),
    nearly: set({ 'lines.1.quantity': '0' }),
  },
  'missing-description': {
    caught: set({ 'lines.1.description': '' }),
    nearly: set({ 'lines.1.description': '?' }),
  },
  cancelled: { caught: { cancelled: true }, nearly: {} },
}

function revisionWith(odd: Odd): Revision {
  const order = Object.entries(odd.set ?? {}).reduce(withField, sampleOrder())
  const at = order.placedAt + (odd.requestedAfterDays ?? 0) * 86_400_000
  const requests = odd.request ? [{ ...sampleRequest({ kind: odd.request }), openedAt: at }] : []
  const changes = (odd.changed ?? []).map((path) => ({
    path,
    from: '1',
    to: '2',
    origin: 'UPSTREAM' as const,
    by: 'webshop',
    why: '',
  }))
  const own = { facts: { ...odd.facts }, stages: odd.stages ?? {}, cancelled: odd.cancelled === true }
  return sampleRevision({ ...own, requests, changes, digest: orderDigest(order) }, order)
}

function withField(order: Order, [path, value]: [string, string]): Order {
  const written = writeField(order, path, value)
  if ('problem' in written) throw new Error(written.problem)
  return written.order
}

const found = (odd: Odd) => judge(policy, revisionWith(odd)).map(({ type }) => type)

test('every exception type has its two orders here', () => {
  const types = [...policy.types.keys()].filter((type) => !isBuiltIn(type))
  expect(Object.keys(cases).sort()).toEqual(types.sort())
})

test('nothing applies to the order that the others are made of', () => {
  expect(found({})).toEqual([])
})

describe.each(Object.entries(cases))('%s', (type, { caught, nearly }) => {
  test('is found', () => {
    expect(found(caught)).toContain(type)
  })

  test('is not found in what is nearly the same', () => {
    expect(found(nearly)).not.toContain(type)
  })
})

const ofCorrections = Object.entries(cases).filter(([type]) => policy.types.get(type)?.kind === 'CORRECTION')

test.each(ofCorrections)('%s is not cured by emptying what the case may correct', (type, { caught }) => {
  const patterns = policy.types.get(type)?.mayCorrect.fields ?? []
  const { order } = revisionWith(caught)
  const paths = textPathsOf(order).filter((path) => patterns.some((pattern) => fieldMatches(pattern, path)))
  const emptied = Object.fromEntries(paths.map((path) => [path, '']))
  for (const fields of [...paths.map((path) => ({ [path]: '' })), emptied])
    expect([fields, found({ ...caught, set: { ...caught.set, ...fields } })]).toEqual([
      fields,
      expect.arrayContaining([type]),
    ])
})

function textPathsOf({ lines }: Order): string[] {
  const texts = orderFields().filter(({ type, path }) => type === 'text' && path !== 'lines.*.lineId')
  return texts.flatMap(({ path }) =>
    path.startsWith('lines.*.') ? lines.map(({ lineId }) => path.replace('*', lineId)) : [path],
  )
}
