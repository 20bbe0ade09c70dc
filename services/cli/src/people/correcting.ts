import type { Correction } from '@holdpoint/desk-contract'
import { wares } from '@holdpoint/orders/made/wares'
import { chance, drawn } from './chance.ts'
import { approve, type Deed, type Desktop, wasAsked } from './deed.ts'

/** Data that is put right, by exception type of the sample policy; undefined where the order does not say how. */
export const corrections: Readonly<Record<string, (desktop: Desktop) => Deed | undefined>> = {
  'address-country'({ order: { billing, shipping } }) {
    const sameStreet = billing.street === shipping.street && billing.city === shipping.city
    if (!sameStreet || billing.country === shipping.country) return undefined
    return correct(
      `The invoice goes to the same street, in ${billing.country}.`,
      put('shipping.country', shipping.country, billing.country),
    )
  },
  'address-mismatch'({ order: { billing, shipping } }) {
    if (billing.street !== shipping.street || !billing.postalCode) return undefined
    return correct('As on the invoice.', put('shipping.postalCode', shipping.postalCode, billing.postalCode))
  },
  'missing-purchase-order': (desktop) =>
    ask(desktop, 'Which purchase order number shall the invoice name?') ??
    correct(
      wasAsked(desktop) ? 'The number that they gave us.' : 'It stood on their order sheet.',
      put('billing.purchaseOrder', '', purchaseOrderOf(desktop)),
    ),
  'missing-tax-id': (desktop) =>
    ask(desktop, 'Which tax id shall the invoice name?') ??
    correct(
      wasAsked(desktop) ? 'The id that they gave us.' : 'As on their last invoice.',
      put('customer.taxId', '', taxIdOf(desktop)),
    ),
  'missing-contract': ({ order: { customer } }) =>
    correct('The contract of this shop.', put('contractNumber', '', `K-${customer.id}`)),
  'no-customer': ({ order }) =>
    approve(
      order.lines.some(({ quantity }) => String(quantity).startsWith('-'))
        ? 'Stock that is written off: nobody is invoiced.'
        : 'Sold over the counter: the receipt is the invoice.',
    ),
  'zero-price'({ order, case: { caseId } }) {
    const reason = order.customer.id === '' ? 'Written off, so it costs nothing.' : 'A sample, given away.'
    const priced = lineOfCatalogue(order.lines.find(({ unitPrice }) => Number(unitPrice) === 0))
    if (!priced || order.customer.id === '' || chance(`price ${caseId}`) < 0.5) return approve(reason)
    const { line, ware } = priced
    return correct(
      'The price of the catalogue.',
      put(`lines.${line.lineId}.unitPrice`, String(line.unitPrice), ware.price),
    )
  },
  'missing-description'({ order }) {
    const described = lineOfCatalogue(order.lines.find(({ description }) => description === ''))
    if (!described) return approve('The product code says what it is.')
    const { line, ware } = described
    return correct('As in the catalogue.', put(`lines.${line.lineId}.description`, '', ware.description))
  },
}

/** What a customer answers who was asked. */
export function answerTo(desktop: Desktop): string {
  switch (desktop.case.type) {
    case 'missing-purchase-order':
      return `Our number is ${purchaseOrderOf(desktop)}.`
    case 'missing-tax-id':
      return `It is ${taxIdOf(desktop)}.`
    default:
      return 'Yes, that is what we want.'
  }
}

/** Half of the customers who can be written to are asked, once. */
function ask(desktop: Desktop, question: string): Deed | undefined {
  const { caseId, mayDo } = desktop.case
  const asks = mayDo.includes('ASK') && desktop.order.customer.email !== '' && chance(`asks ${caseId}`) < 0.5
  return asks && !wasAsked(desktop) ? { action: 'ask', to: 'customer', reason: question } : undefined
}

const correct = (reason: string, ...fields: Correction[]): Deed => ({
  action: 'correct',
  reason,
  corrections: fields,
})

const put = (path: string, expected: string, value: string): Correction => ({ path, expected, value })

function lineOfCatalogue(line: Desktop['order']['lines'][number] | undefined) {
  const ware = wares.find(({ sku }) => sku === line?.sku)
  return line && ware ? { line, ware } : undefined
}

const purchaseOrderOf = ({ case: { caseId } }: Desktop): string =>
  `PO-${10_000 + Math.floor(90_000 * chance(`purchase order ${caseId}`))}`

/** In the form of the country. */
function taxIdOf({ order: { customer } }: Desktop): string {
  const digits = String(Math.floor(1e9 * chance(`tax id ${customer.id}`))).padStart(9, '0')
  return customer.country === 'IE'
    ? `IE${digits.slice(2)}${drawn(['FA', 'TB', 'WH'], digits)}`
    : `DE${digits}`
}
