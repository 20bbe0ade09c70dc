import type { Faker } from '@faker-js/faker'

/** What an order is, and what is odd about it. */
export interface Oddities {
  /** Goods that come back, stock that is written off, or an order like most. */
  sort: 'credit-note' | 'write-off' | 'ordinary'
  noCustomer: boolean
  abroad: boolean
  large: boolean
  handDiscount: boolean
  manualLine: boolean
  zeroPrice: boolean
  noDescription: boolean
  /** The address says another country than the payment. */
  wrongCountry: boolean
  highDiscount: boolean
  noPurchaseOrder: boolean
  /** A key account that does not name its contract. */
  noContract: boolean
  asksForTerms: boolean
  asksForAddress: boolean
  changedLater: boolean
  cancelledLater: boolean
}

/** How often orders are odd. */
export type Mix = keyof typeof shares
export const mixes = ['tidy', 'real'] as const satisfies Mix[]

/**
 * Parts of a thousand. Those of the first group are the shares in a year of a real gift wholesaler (Online Retail,
 * https://doi.org/10.24432/C5BW33): 25,900 invoices, of which 3,836 are credit notes, 3,710 without a customer (1,336
 * of them stock that is written off), 2,406 abroad, 517 with a line and 65 with a discount by hand, 185 over 5,000.
 * The others are what wholesalers meet besides, as often as makes a lively desk.
 */
const real = {
  creditNote: 148,
  writeOff: 52,
  noCustomer: 114,
  abroad: 98,
  large: 9,
  handDiscountOnCreditNote: 17,
  manualLine: 21,
  zeroPrice: 30,
  noDescription: 10,
  noDescriptionOnWriteOff: 600,
  wrongCountry: 10,
  highDiscount: 12,
  noPurchaseOrder: 25,
  asksForTerms: 15,
  asksForAddress: 15,
  changedLater: 40,
  cancelledLater: 20,
  /** Of the orders of key accounts. */
  noContract: 1000,
}

/** A company whose data is in order: by the rules of the sample policy, four orders of five go straight through. */
const tidy: typeof real = {
  creditNote: 25,
  writeOff: 8,
  noCustomer: 15,
  abroad: 30,
  large: 12,
  handDiscountOnCreditNote: 150,
  manualLine: 10,
  zeroPrice: 8,
  noDescription: 5,
  noDescriptionOnWriteOff: 300,
  wrongCountry: 15,
  highDiscount: 15,
  noPurchaseOrder: 15,
  asksForTerms: 15,
  asksForAddress: 12,
  changedLater: 40,
  cancelledLater: 8,
  noContract: 40,
}

const shares = { tidy, real }

/** Draws in a fixed order, so that one draw more or less in one order changes no other order. */
export function drawOddities(faker: Faker, mix: Mix): Oddities {
  const perMille = shares[mix]
  const chance = (part: keyof typeof perMille) => faker.number.int(999) < perMille[part]
  const creditNote = chance('creditNote')
  const writeOff =
    !creditNote && faker.number.int(999) < (perMille.writeOff * 1000) / (1000 - perMille.creditNote)
  const ordinary = !creditNote && !writeOff
  return {
    sort: creditNote ? 'credit-note' : writeOff ? 'write-off' : 'ordinary',
    noCustomer: writeOff || (ordinary && chance('noCustomer')),
    abroad: !writeOff && chance('abroad'),
    large: ordinary && chance('large'),
    handDiscount: creditNote && chance('handDiscountOnCreditNote'),
    manualLine: !writeOff && chance('manualLine'),
    zeroPrice: ordinary && chance('zeroPrice'),
    noDescription: chance(writeOff ? 'noDescriptionOnWriteOff' : 'noDescription'),
    wrongCountry: ordinary && chance('wrongCountry'),
    highDiscount: ordinary && chance('highDiscount'),
    noPurchaseOrder: ordinary && chance('noPurchaseOrder'),
    asksForTerms: ordinary && chance('asksForTerms'),
    asksForAddress: ordinary && chance('asksForAddress'),
    changedLater: ordinary && chance('changedLater'),
    cancelledLater: ordinary && chance('cancelledLater'),
    noContract: chance('noContract'),
  }
}
