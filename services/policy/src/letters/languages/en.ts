import type { Phrases } from '../phrases.ts'

const nouns: Readonly<Record<string, string>> = { invoicing: 'the invoice', shipping: 'the delivery' }
const lists = new Intl.ListFormat('en-GB', { type: 'conjunction' })
const noun = (stage: string): string => nouns[stage] ?? `the step “${stage}”`
const subject = (stages: readonly string[]): string => {
  const text = lists.format(stages.map(noun))
  return text.charAt(0).toUpperCase() + text.slice(1)
}
const s = (stages: readonly string[], one: string, many: string): string => (stages.length === 1 ? one : many)

export const english: Phrases = {
  locale: 'en-GB',
  greeting: (name) => (name === '' ? 'Hello,' : `Dear ${name},`),
  capitalAfterGreeting: true,
  subject: {
    held: (orderId) => `Your order ${orderId} waits for a moment`,
    question: (orderId) => `A question about your order ${orderId}`,
    unanswered: (orderId) => `We go on with your order ${orderId}`,
    silence: (orderId) => `Your order ${orderId} is still with us`,
    ended: (orderId) => `News of your order ${orderId}`,
    goesOn: (orderId) => `Your order ${orderId} goes on`,
    isStopped: (orderId) => `Your order ${orderId} has been stopped`,
    isCancelled: (orderId) => `Your order ${orderId} is cancelled`,
  },
  about: {
    held: (orderId) =>
      `before your order ${orderId} goes on, one of us looks at something that we have noticed.`,
    unanswered: (orderId) =>
      `we asked you something about your order ${orderId}, and the time for an answer is over. We go on without it; if you still want to tell us, reply to this mail.`,
    silence: (orderId) => `we are still looking at your order ${orderId}. It has not been forgotten.`,
  },
  again: 'We wrote to you that this was over. We look at it once more.',
  tookLonger: (when) => `You were to hear from us by ${when}. It takes longer than we thought; we are sorry.`,
  ending: {
    approved: 'We have looked at your order, and all is well.',
    rejected: 'We have looked at what was asked for, and it cannot be done like that.',
    corrected: 'We have put right what was wrong with your order.',
    stopped: 'We have looked at your order, and cannot carry it out.',
    settled: 'What we wanted to look at has settled itself.',
  },
  granted: 'We have looked at what was asked for, and it is agreed.',
  changed: 'This is what your order says now:',
  question: 'before your order can go on, we have to ask you something:',
  openQuestion: 'We still wait for your answer to this:',
  questionOver: 'What we asked you needs no answer any more.',
  answerBy: (when) => `Please answer by ${when}.`,
  answerLink: 'Answer here',
  answerByMail: 'You can simply reply to this mail.',
  wanted: 'To go on, we need something from you:',
  hearFrom: (when) => `You hear from us by ${when} at the latest.`,
  nothingToDo: 'There is nothing that you have to do.',
  stages: {
    waits: (stages) => `${subject(stages)} ${s(stages, 'waits', 'wait')} meanwhile.`,
    goesOn: (stages) => `${subject(stages)} ${s(stages, 'goes', 'go')} on as planned.`,
    isStopped: (stages) => `${subject(stages)} will not take place.`,
    hadBegun: (stages) => `${subject(stages)} had already begun.`,
    allGoesOn: () => 'Your order goes on now.',
    allIsStopped: 'Your order has been stopped and does not go on.',
    isCancelled: 'Your order is cancelled and does not go on.',
  },
  fields: {
    'customer.name': 'Name',
    'customer.email': 'E-mail',
    'customer.phone': 'Telephone',
    'customer.country': 'Country',
    'customer.taxId': 'Tax id',
    'billing.name': 'Invoice to',
    'billing.contact': 'Contact for the invoice',
    'billing.street': 'Street of the invoice',
    'billing.city': 'Town of the invoice',
    'billing.region': 'Region of the invoice',
    'billing.postalCode': 'Postcode of the invoice',
    'billing.country': 'Country of the invoice',
    'billing.terms': 'Payment terms',
    'billing.schedule': 'Billing schedule',
    'billing.purchaseOrder': 'Purchase order number',
    'shipping.name': 'Deliver to',
    'shipping.street': 'Street of delivery',
    'shipping.city': 'Town of delivery',
    'shipping.region': 'Region of delivery',
    'shipping.postalCode': 'Postcode of delivery',
    'shipping.country': 'Country of delivery',
    'shipping.method': 'Delivery method',
    'shipping.requestedDate': 'Wanted on',
    'shipping.splitDeliveries': 'In several deliveries',
    'payment.amount': 'Amount paid',
    contractNumber: 'Contract number',
    sku: 'product',
    description: 'description',
    quantity: 'quantity',
    unitPrice: 'price',
    discountPercent: 'discount in per cent',
  },
  terms: {
    net: (days) => `${days} ${days === 1 ? 'day' : 'days'} net`,
    discount: (percent, within, days) => `${percent}% discount within ${within} days, else ${days} days net`,
    inAdvance: 'payment in advance',
    onDelivery: 'cash on delivery',
    onReceipt: 'payable on receipt of the invoice',
  },
  codes: {
    'billing.schedule': {
      once: 'one invoice',
      weekly: 'every week',
      monthly: 'every month',
      quarterly: 'every quarter',
      yearly: 'every year',
    },
    'shipping.method': {
      standard: 'standard delivery',
      express: 'express delivery',
      overnight: 'by the next day',
      courier: 'by courier',
      pickup: 'you collect it',
    },
  },
  line: (number, field) => `Line ${number}, ${field}`,
  yes: 'yes',
  no: 'no',
  empty: 'none',
}
