import { describe, expect, test } from 'vitest'
import { askedTerms, finding, fiona, given, sam, termsFinding } from '../testing/given.ts'

const address = () => given().revised({ findings: [finding('shipping-address')] })
const quantity = (value: string) => ({ path: 'lines.1.quantity', expected: '6', value })
const city = { path: 'shipping.city', expected: 'Whitby', value: 'Leeds' }

/** Sales proposes these values for one order. */
function proposed(...proposes: { path: string; value: string }[]) {
  const open = askedTerms()
  const requests = [{ ...open, request: { ...open.request, proposes } }]
  return given().revised({ requests, findings: [termsFinding()] })
}

describe('a value in another form than the order keeps it', () => {
  test('is sent to intake as the order will keep it, and the order goes on when it is there', () => {
    const order = address().corrects(sam, 'shipping-address', [quantity('8.50')])
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { corrections: [{ path: 'lines.1.quantity', expected: '6', value: '8.5' }] } },
    ])
    expect(order.verdicts).toEqual({ invoicing: 'PROCEED', shipping: 'HOLD' })
    order.revised({ set: { 'lines.1.quantity': '8.50' }, correctedBy: 'sam' })
    expect(order.verdicts).toEqual({ invoicing: 'PROCEED', shipping: 'PROCEED' })
  })

  test('is no correction when the order has that value already', () => {
    expect(address().corrects(sam, 'shipping-address', [quantity('6.0')]).refusal).toBe('ACTION_NOT_ALLOWED')
  })

  test('is sent to intake in the same way when a request proposes it', () => {
    const order = proposed({ path: 'lines.1.unitPrice', value: '2.40' }).acts(
      fiona,
      'APPROVE',
      'billing-terms',
    )
    expect(order.published('orders.corrections.v1')).toMatchObject([
      { value: { corrections: [{ path: 'lines.1.unitPrice', expected: '2.55', value: '2.4' }] } },
    ])
  })
})

describe('a value that cannot be set', () => {
  test.each([
    ['with a NUL', { ...city, value: 'Le\0eds' }],
    ['with a control character', { ...city, value: 'Leeds\u001b[2J' }],
    ['with half a surrogate pair', { ...city, value: 'Leeds \ud83d' }],
    ['that is too long', { ...city, value: 'x'.repeat(2_001) }],
    ['of another type', quantity('eight')],
  ])('is refused as a correction: %s', (_, field) => {
    const order = address().corrects(sam, 'shipping-address', [field])
    expect(order.refusal).toBe('FIELD_NOT_CORRECTABLE')
    expect(order.published('orders.corrections.v1')).toEqual([])
  })

  test.each([
    [{ path: 'billing.terms', value: 'NET60\0' }],
    [{ path: 'lines.1.quantity', value: 'eight' }],
    [{ path: 'shipping.city', value: 'x'.repeat(2_001) }],
    [
      { path: 'billing.terms', value: 'NET60' },
      { path: 'billing.terms', value: 'NET90' },
    ],
  ])('is refused as a proposal: %j', (...proposes) => {
    const order = proposed(...proposes).acts(fiona, 'APPROVE', 'billing-terms')
    expect(order.last.events).toMatchObject([
      {
        type: 'REFUSED',
        refused: { code: 'FIELD_NOT_CORRECTABLE', message: expect.stringContaining('reject it') },
      },
    ])
    expect(order.acts(fiona, 'REJECT', 'billing-terms').refusal).toBeUndefined()
  })
})

describe('what is under way to intake', () => {
  const lines = (from: number, to: number, value: string) =>
    Array.from({ length: to - from }, (_, i) => ({ path: `lines.${from + i}.description`, value }))

  test('is refused when one revision could not carry it', () => {
    const order = proposed({ path: 'billing.schedule', value: 'monthly' })
    const reason = 'Because. '.repeat(400)
    const many = manyLines(lines(0, 40, 'Heart'))
    expect(many.acts(fiona, 'APPROVE', 'billing-terms', { reason }).refusal).toBe('FIELD_NOT_CORRECTABLE')
    expect(many.acts(fiona, 'APPROVE', 'billing-terms').refusal).toBeUndefined()
    expect(order.acts(fiona, 'APPROVE', 'billing-terms', { reason }).refusal).toBeUndefined()
  })

  test('is refused when the order could not be sent any more', () => {
    const grown = manyLines([{ path: 'billing.schedule', value: 'x'.repeat(2_000) }], 'x'.repeat(960), 280)
    expect(grown.acts(fiona, 'APPROVE', 'billing-terms').refusal).toBe('FIELD_NOT_CORRECTABLE')
  })

  /** An order of many lines and a request about it. */
  function manyLines(proposes: { path: string; value: string }[], description = 'X', count = 40) {
    const order = given().revised()
    const first = order.state.order?.lines[0]
    if (!first || !order.state.order) throw new Error('The sample order has lines.')
    const many = Array.from({ length: count }, (_, i) => ({ ...first, lineId: String(i), description }))
    const open = askedTerms()
    return order.revised({
      order: { ...order.state.order, lines: many },
      requests: [{ ...open, request: { ...open.request, proposes } }],
      findings: [termsFinding()],
    })
  }
})

test('a refusal does not repeat a long value', () => {
  const order = address().corrects(sam, 'shipping-address', [{ ...city, expected: 'x'.repeat(9_000) }])
  expect(order.refusal).toBe('VALUE_CHANGED')
  expect(order.state.commands[0]?.message.length).toBeLessThan(600)
})
