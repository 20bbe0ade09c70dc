import { builtInTypesOf, type ExceptionType, type Policy } from '@holdpoint/policy'

/** One type of every sort, for tests: on a request, standing, momentary, and what no rule could judge. */
export function samplePolicy(): Policy {
  const types = [
    exceptionType('billing-terms', {
      name: 'Billing terms outside the contract',
      basis: 'REQUEST',
      reviewers: ['sales'],
      holds: ['invoicing'],
      actions: ['APPROVE', 'REJECT', 'ASK', 'STOP'],
      customer: 'terms-under-review',
    }),
    exceptionType('shipping-address', {
      name: 'Shipping address cannot be delivered to',
      kind: 'CORRECTION',
      owner: 'support',
      backup: 'order-manager',
      holds: ['shipping'],
      actions: ['CORRECT', 'ASK', 'STOP'],
      mayCorrect: { fields: ['shipping.*', 'lines.*.quantity'], until: 'shipping' },
      customer: 'address-check',
    }),
    exceptionType('large-order', {
      name: 'Large order',
      kind: 'APPROVAL',
      holds: ['invoicing', 'shipping'],
      actions: ['APPROVE', 'REJECT', 'ASK', 'STOP'],
    }),
    exceptionType('late-change', {
      name: 'Changed late',
      basis: 'MOMENTARY',
      holds: ['shipping'],
      stops: ['shipping'],
      actions: ['APPROVE', 'REJECT', 'CORRECT', 'ASK', 'STOP'],
      mayCorrect: { fields: ['shipping.*'], until: 'shipping' },
    }),
    exceptionType('terms-review', {
      name: 'Terms that the controller looks at too',
      basis: 'REQUEST',
      owner: 'controller',
      backup: 'order-manager',
      holds: ['invoicing'],
      actions: ['APPROVE', 'REJECT', 'ASK', 'STOP'],
    }),
  ]
  const base = {
    orderOwner: 'order-manager',
    stages: ['invoicing', 'shipping'],
    roles: new Map([
      ['order-manager', { calendar: '', backup: 'controller' }],
      ['sales', { calendar: '', backup: '' }],
    ]),
  }
  return {
    ...base,
    title: 'Order exceptions',
    calendars: {},
    company: { name: 'Harbour Gifts', email: 'orders@harbour-gifts.example', phone: '' },
    alwaysTold: ['escalated'],
    customerSilence: null,
    requests: new Map([['refund', 'ACCEPT'] as const, ['gift-wrap', 'REFUSE'] as const]),
    types: new Map([...types, ...builtInTypesOf(base)].map((type) => [type.type, type])),
    messages: new Map([
      ['terms-under-review', texts('We are looking at the payment terms of {{ order.id }}.')],
      ['address-check', texts('We are checking the address of {{ order.id }}.')],
    ]),
  }
}

export function exceptionType(type: string, own: Partial<ExceptionType> & { name: string }): ExceptionType {
  return {
    type,
    kind: 'EXCEPTION',
    rule: `${own.name}.`,
    when: 'true',
    basis: 'STANDING',
    owner: 'finance',
    backup: 'controller',
    ladder: [{ to: own.backup ?? 'controller', after: null }],
    reviewers: [],
    requestedBy: [],
    answerWithin: { kind: 'elapsed', count: 2, unit: 'hour' },
    remindAtPercent: null,
    holds: [],
    stops: [],
    actions: [],
    mayCorrect: { fields: [], until: '' },
    fourEyes: false,
    approvals: 1,
    clearance: false,
    customer: '',
    ...own,
  }
}

function texts(about: string) {
  const none = { asks: '', approved: '', rejected: '', corrected: '', stopped: '', settled: '' }
  return new Map([
    ['en', { subject: 'About your order {{ order.id }}', about, ...none }],
    ['de', { subject: 'Zu Ihrer Bestellung {{ order.id }}', about: `[de] ${about}`, ...none }],
  ])
}
