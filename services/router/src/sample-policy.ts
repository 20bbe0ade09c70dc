import type { ExceptionType, Policy } from '@holdpoint/policy'

/** One type of every sort, for tests: on a request, standing, momentary, and what no rule could judge. */
export function samplePolicy(): Policy {
  const types = [
    exceptionType('billing-terms', {
      name: 'Billing terms outside the contract',
      basis: 'REQUEST',
      reviewers: ['sales'],
      holds: ['invoicing'],
      actions: ['APPROVE', 'REJECT', 'STOP'],
      customer: 'terms-under-review',
    }),
    exceptionType('shipping-address', {
      name: 'Shipping address cannot be delivered to',
      kind: 'CORRECTION',
      owner: 'support',
      backup: 'order-manager',
      holds: ['shipping'],
      actions: ['CORRECT', 'STOP'],
      mayCorrect: { fields: ['shipping.*', 'lines.*.quantity'], until: 'shipping' },
      customer: 'address-check',
    }),
    exceptionType('large-order', {
      name: 'Large order',
      kind: 'APPROVAL',
      holds: ['invoicing', 'shipping'],
      actions: ['APPROVE', 'REJECT', 'STOP'],
    }),
    exceptionType('late-change', {
      name: 'Changed late',
      basis: 'MOMENTARY',
      holds: ['shipping'],
      actions: ['APPROVE', 'REJECT', 'CORRECT', 'STOP'],
      mayCorrect: { fields: ['shipping.*'], until: 'shipping' },
    }),
    exceptionType('terms-review', {
      name: 'Terms that the controller looks at too',
      basis: 'REQUEST',
      owner: 'controller',
      backup: 'order-manager',
      holds: ['invoicing'],
      actions: ['APPROVE', 'REJECT', 'STOP'],
    }),
    exceptionType('cannot-classify', {
      name: 'Cannot be classified',
      owner: 'order-manager',
      backup: 'controller',
      holds: ['invoicing', 'shipping'],
      actions: ['APPROVE', 'REJECT', 'STOP'],
    }),
  ]
  return {
    title: 'Order exceptions',
    orderOwner: 'order-manager',
    stages: ['invoicing', 'shipping'],
    calendars: {},
    roles: new Map(),
    types: new Map(types.map((type) => [type.type, type])),
    messages: new Map([
      ['terms-under-review', texts('We are looking at the payment terms of {{ order.id }}.')],
      ['address-check', texts('We are checking the address of {{ order.id }}.')],
    ]),
  }
}

function exceptionType(type: string, own: Partial<ExceptionType> & { name: string }): ExceptionType {
  return {
    type,
    kind: 'EXCEPTION',
    rule: `${own.name}.`,
    when: 'true',
    basis: 'STANDING',
    owner: 'finance',
    backup: 'controller',
    ladder: [],
    reviewers: [],
    requestedBy: [],
    answerWithin: { kind: 'elapsed', count: 2, unit: 'hour' },
    remindAtPercent: null,
    holds: [],
    actions: [],
    mayCorrect: { fields: [], until: '' },
    fourEyes: false,
    clearance: false,
    customer: '',
    ...own,
  }
}

function texts(body: string) {
  return new Map([
    ['en', { subject: 'About your order {{ order.id }}', body }],
    ['de', { subject: 'Zu Ihrer Bestellung {{ order.id }}', body }],
  ])
}
