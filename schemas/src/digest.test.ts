import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, orderDigest, sha256 } from './digest.ts'
import { arbitraryOrder } from './testing/arbitrary-order.ts'
import { sampleOrder } from './testing/sample-order.ts'

test('SHA-256 is that of FIPS 180-4', () =>
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'))

test('names stand in the order of their UTF-16 units, as in RFC 8785, 3.2.3', () => {
  const json = canonicalJson({
    '\u20ac': 1,
    '\r': 2,
    '\ufb33': 3,
    '1': 4,
    '\ud83d\ude00': 5,
    '\u0080': 6,
    ö: 7,
  })
  expect(Object.values(JSON.parse(json))).toHaveLength(7)
  expect(json).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
})

test('absent values are left out, so that a new field changes no digest', () => {
  const order = sampleOrder()
  const withNewField = { ...order, newText: '', newAmount: null }
  expect(orderDigest(withNewField)).toBe(orderDigest(order))
})

test('the digest of an order is that of its canonical JSON', () =>
  fc.assert(
    fc.property(arbitraryOrder, (order) => {
      expect(orderDigest(order)).toBe(sha256(canonicalJson(order)))
    }),
  ))

test('the digest of an order never changes from one release to the next', () =>
  expect(orderDigest(sampleOrder(1))).toBe(
    '4498b223227227453554bf0242b6cea275162448ce97ba70cd10b2d2380fd65c',
  ))

test('the order of members does not matter', () =>
  fc.assert(
    fc.property(arbitraryOrder, (order) => {
      const turned = Object.fromEntries(Object.entries(order).reverse()) as typeof order
      expect(orderDigest(turned)).toBe(orderDigest(order))
    }),
  ))
