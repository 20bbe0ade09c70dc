import { describe, expect, it } from 'vitest'
import { formProblem, formProblems } from './field-forms.ts'
import { sampleOrder } from './testing/sample-order.ts'

describe('a field with a form of its own', () => {
  it.each([
    ['shipping.requestedDate', '2026-02-30', 'no 30 February 2026'],
    ['shipping.requestedDate', '2.3.2026', 'write a date such as'],
    ['shipping.requestedDate', 'soon', 'no date'],
    ['customer.email', 'notanemail', 'orders@example.com'],
    ['customer.email', '@example.com', 'no e-mail address'],
    ['customer.email', 'orders@', 'no e-mail address'],
    ['customer.email', 'or ders@example.com', 'no e-mail address'],
    ['customer.email', 'a@example.com, b@example.com', 'no e-mail address'],
    ['customer.email', 'a@b@example.com', 'no e-mail address'],
    ['currency', 'XXQ', 'ISO 4217'],
    ['currency', 'gbp', 'ISO 4217'],
    ['currency', 'euro', 'ISO 4217'],
  ])('%s does not take %j', (path, text, says) => {
    expect(formProblem(path, text)).toContain(`"${text}", which is no`)
    expect(formProblem(path, text)).toContain(says)
  })

  it.each([
    ['shipping.requestedDate', '2028-02-29'],
    ['customer.email', 'orders@harbourlane.example'],
    ['customer.email', 'bestellung@blumen-müller.example'],
    ['currency', 'GBP'],
    ['currency', 'JPY'],
    ['shipping.city', '2026-02-30'],
    ['lines.1.sku', 'notanemail'],
  ])('%s takes %j', (path, text) => expect(formProblem(path, text)).toBeUndefined())

  it('may stay empty, as nothing is known', () => {
    const { customer, shipping, ...order } = sampleOrder()
    const none = {
      ...order,
      currency: '',
      customer: { ...customer, email: '' },
      shipping: { ...shipping, requestedDate: '' },
    }
    expect(formProblems(none)).toEqual([])
  })

  it('is told by its path, every one that keeps an order out', () => {
    const { customer, shipping, ...order } = sampleOrder()
    const wrong = {
      ...order,
      currency: 'XXQ',
      customer: { ...customer, email: 'notanemail' },
      shipping: { ...shipping, requestedDate: '2026-02-30' },
    }
    expect(formProblems(wrong).map(({ path }) => path)).toEqual(['currency', 'shipping.requestedDate'])
    expect(formProblems(sampleOrder())).toEqual([])
  })
})
