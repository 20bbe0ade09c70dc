import { expect, test } from 'vitest'
import type { ExceptionType, Policy } from './policy.ts'
import { kindMeant } from './request-kinds.ts'

const rule = (when: string) => ({ basis: 'REQUEST', when }) as ExceptionType
const policy = {
  types: new Map([
    ['terms', rule('request.kind == "billing-terms" && lines.total > 5')],
    ['late', rule('request.kind in ["refund", "return"] && !(request.kind != "credit")')],
    ['address', { ...rule('order.channel == "billing"'), basis: 'STANDING' } as ExceptionType],
  ]),
  requests: new Map([['gift-wrap', 'REFUSE']]),
} as unknown as Policy

test.each([
  ['Billing_Terms', 'billing-terms'],
  ['billing terms', 'billing-terms'],
  ['biling-term', 'billing-terms'],
  ['REFUND', 'refund'],
  ['refnud', 'refund'],
  ['credits', 'credit'],
  ['giftwrap', 'gift-wrap'],
  ['crane', undefined],
  ['billing-terms', undefined],
  ['', undefined],
])('of the kind "%s" somebody may have meant %s', (kind, meant) =>
  expect(kindMeant(policy, kind)).toBe(meant),
)
