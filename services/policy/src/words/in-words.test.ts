import { expect, test } from 'vitest'
import { treeOf } from '../condition/condition.ts'
import { inWords } from './in-words.ts'

test.each([
  ['lines.total > 5000', 'the total of the lines is more than 5,000'],
  ['5000.5 < lines.total', 'the total of the lines is more than 5,000.5'],
  [
    'lines.maxDiscountPercent > 20 && !cancelled',
    'the highest discount of a line in percent is more than 20 and not: the order is cancelled',
  ],
  ['has(order.billing.purchaseOrder)', 'the purchase order number is there'],
  [
    'order.payment.method == "invoice" && !has(order.billing.purchaseOrder)',
    'the way of payment is "invoice" and the purchase order number is missing',
  ],
  ['order.customer.id == ""', 'the customer number is missing'],
  ['order.shipping.country != order.payment.country', 'the shipping country is not the payment country'],
  ['!(order.customer.country in ["GB", "IE"])', 'the customer\'s country is none of "GB", "IE"'],
  ['order.channel in ["web"]', 'the sales channel is "web"'],
  ['"D" in lines.skus', 'a line has the product code "D"'],
  ['!("" in lines.descriptions)', 'no line has an empty description'],
  [
    'changed("lines.*.quantity") && stages.invoicing != "waiting"',
    'the quantity of a line changed and invoicing is not "waiting"',
  ],
  ['!changed("shipping.*")', 'something about shipping did not change'],
  ['changed("lines")', 'a line changed'],
  ['changed("billing.terms")', 'the payment terms changed'],
  ['request.kind == "billing-terms"', 'what is asked for is "billing-terms"'],
  [
    'number(facts["credit limit"]) < lines.total',
    'the fact "credit limit" is less than the total of the lines',
  ],
  [
    'order.placedAt < timestamp("2026-01-01T00:00:00Z")',
    'the time at which the order was placed is before 2026-01-01T00:00:00Z',
  ],
  ['order.customer.email.endsWith(".example")', 'the customer\'s e-mail address ends with ".example"'],
  ['!order.customer.name.contains("test")', 'the customer\'s name does not contain "test"'],
  ['lines.total * 0.2 > 100', '(the total of the lines times 0.2) is more than 100'],
  ['size(order.billing.postalCode) < 5', 'the length of the billing postal code is less than 5'],
  [
    'cancelled && (lines.total > 5 || lines.count == 0)',
    'the order is cancelled and (the total of the lines is more than 5 or the number of lines is 0)',
  ],
  ['!(cancelled && lines.total > 5)', 'not: the order is cancelled or the total of the lines is at most 5'],
  [
    'cancelled || lines.total > 5 || lines.count == 0',
    'the order is cancelled, the total of the lines is more than 5, or the number of lines is 0',
  ],
  ['lines.total == -5', 'the total of the lines is -5'],
  ['order.shipping.splitDeliveries == false', 'not: the order may leave in several deliveries'],
])('%s', (source, words) => {
  expect(inWords(treeOf(source))).toBe(words)
})
