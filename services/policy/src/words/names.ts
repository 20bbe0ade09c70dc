import { orderFields } from '@holdpoint/schemas'

/** What a value is called: alone (`the shipping country`), or as something that an order has (`a purchase order`). */
const called: Readonly<Record<string, string>> = {
  'order.id': 'the order number',
  'order.placedAt': 'the time at which the order was placed',
  'order.declaredTotal': 'the total that the order states',
  'order.salesperson': 'the salesperson',
  'order.channel': 'the sales channel',
  'order.contractNumber': 'the contract number',
  'order.currency': 'the currency',
  'order.customer.id': 'the customer number',
  'order.customer.name': "the customer's name",
  'order.customer.email': "the customer's e-mail address",
  'order.customer.phone': "the customer's telephone number",
  'order.customer.country': "the customer's country",
  'order.customer.language': "the customer's language",
  'order.customer.taxId': "the customer's tax id",
  'order.customer.segment': "the customer's segment",
  'order.billing.terms': 'the payment terms',
  'order.billing.schedule': 'the billing schedule',
  'order.billing.purchaseOrder': 'the purchase order number',
  'order.shipping.method': 'the delivery method',
  'order.shipping.requestedDate': 'the delivery date asked for',
  'order.shipping.splitDeliveries': 'the order may leave in several deliveries',
  'order.payment.status': 'the state of the payment',
  'order.payment.method': 'the way of payment',
  'order.payment.amount': 'the amount paid',
  'lines.total': 'the total of the lines',
  'lines.count': 'the number of lines',
  'lines.minQuantity': 'the lowest quantity of a line',
  'lines.minUnitPrice': 'the lowest price of a line',
  'lines.maxDiscountPercent': 'the highest discount of a line in percent',
  'lines.skus': 'the product codes',
  'lines.descriptions': 'the descriptions of the lines',
  'request.kind': 'what is asked for',
  'request.text': 'the text of the request',
  'request.by': 'who asks',
  'request.role': 'the role of who asks',
  'changes.count': 'the number of changed fields',
  'changes.paths': 'the changed fields',
  'event.kind': 'what happened',
  'event.source': 'the system that sent it',
  'event.occurredAt': 'the time at which it happened',
  'request.openedAt': 'the time of the request',
  cancelled: 'the order is cancelled',
}

/** A value as people call it. */
export function nameOf(expression: string): string {
  const known = called[expression]
  if (known) return known
  const [, stage] = /^stages(?:\.(\w+)|\["(.+)"\])$/.exec(expression)?.filter(Boolean) ?? []
  if (stage) return stage
  const [, fact] = /^facts(?:\.(\w+)|\["(.+)"\])$/.exec(expression)?.filter(Boolean) ?? []
  if (fact) return `the fact "${fact}"`
  return expression.startsWith('order.') ? `the ${split(expression.slice('order.'.length))}` : expression
}

/** What a field pattern of changed("…") is called: `shipping.*`, `lines`, `billing.terms`. */
export function nameOfPattern(pattern: string): string {
  if (pattern === 'lines') return 'a line'
  if (pattern.startsWith('facts.')) return pattern === 'facts.*' ? 'a fact' : nameOf(pattern)
  if (pattern.startsWith('lines.')) return `the ${split(pattern.slice('lines.*.'.length))} of a line`
  if (pattern.endsWith('.*')) return `something about ${split(pattern.slice(0, -2))}`
  return orderFields().some(({ path }) => path === pattern) ? nameOf(`order.${pattern}`) : pattern
}

/** `shipping.postalCode` → `shipping postal code`. */
const split = (path: string): string =>
  path
    .replace(/([A-Z])/g, ' $1')
    .replaceAll('.', ' ')
    .toLowerCase()
