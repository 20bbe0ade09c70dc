import { chance, drawn } from './chance.ts'
import { approve, type Deed, type Desktop, reject } from './deed.ts'

/** The share of wishes that people say no to. */
const refusedWishes = 0.25
const refusedDiscounts = 0.08

/** What is said yes or no to, by exception type of the sample policy: what people say follows from the order. */
export const approvals: Readonly<Record<string, (desktop: Desktop) => Deed>> = {
  'billing-terms': wish(
    [
      'Agreed this once; the contract stays as it is.',
      'For this order only, as sales asks.',
      'Yes: what they have open with us allows it.',
    ],
    [
      'No: the contract says what it says, and we have no reason to lend them money.',
      'Not this time: they may have it with the next contract.',
    ],
  ),
  'shipping-address': wish(
    [
      'The carrier goes there, and the name on the door is theirs.',
      'They wrote it themselves, and nothing has left yet.',
    ],
    ['No: the address is not the one of the shop, and nobody there could tell us why.'],
  ),
  'discount-small-order': discount,
  'discount-large-order': discount,
  'large-order': ({ order, case: { caseId } }) =>
    approve(
      order.payment.status === 'authorised'
        ? drawn(['The payment is authorised.', 'More than usual, and the payment is authorised.'], caseId)
        : 'More than usual; sales knows of it.',
    ),
  abroad: ({ order, case: { caseId } }) =>
    approve(
      drawn(
        [
          `Customs papers for ${order.shipping.country} are made out.`,
          `The papers for ${order.shipping.country} go with the parcel.`,
        ],
        caseId,
      ),
    ),
  cancelled: ({ order, case: { caseId } }) => {
    const isCredit = order.lines.some(({ quantity }) => String(quantity).startsWith('-'))
    if (isCredit) return approve('The credit note agrees with what came back.')
    return approve(drawn(['Cancelled in time.', 'Cancelled; nothing is kept for our trouble.'], caseId))
  },
  'hand-discount': ({ case: { caseId } }) =>
    approve(drawn(['The shop had been promised it.', 'A small one, and sales stands by it.'], caseId)),
  'manual-line': ({ case: { caseId } }) =>
    approve(drawn(['Carriage, as agreed with the shop.', 'An adjustment of the last delivery.'], caseId)),
  'too-late': () => approve('Whoever does it has been told.'),
  'negative-quantity': () => approve('Counted again: it is as the warehouse says.'),
}

function wish(yes: [string, ...string[]], no: [string, ...string[]]): (desktop: Desktop) => Deed {
  return ({ case: { caseId, mayDo } }) =>
    mayDo.includes('REJECT') && chance(`wish ${caseId}`) < refusedWishes
      ? reject(drawn(no, caseId))
      : approve(drawn(yes, caseId))
}

function discount({ order, case: { caseId, mayDo } }: Desktop): Deed {
  const percents = order.lines.map(({ discountPercent }) => Number(discountPercent ?? 0))
  const most = Math.max(...percents)
  const lines = percents.filter((percent) => percent === most).length
  const what = `${most} % on ${lines === 1 ? 'one line' : `${lines} lines`} of ${percents.length}`
  return mayDo.includes('REJECT') && chance(`discount ${caseId}`) < refusedDiscounts
    ? reject(`${what} is more than we give.`)
    : approve(drawn([`${what}: we can live with it.`, `${what}, to keep the shop.`], caseId))
}
