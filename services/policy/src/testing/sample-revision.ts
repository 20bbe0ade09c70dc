import { type Order, orderDigest, type Request, type Revision } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { parsePolicy } from '../parse-policy.ts'
import type { Policy } from '../policy.ts'

/** A first revision of an order, for tests. */
export function sampleRevision(own: Partial<Revision> = {}, order: Order = sampleOrder()): Revision {
  return {
    orderId: 'SO-1',
    revision: 1,
    digest: orderDigest(order),
    order,
    changes: [],
    stages: {},
    requests: [],
    facts: {},
    cancelled: false,
    overridden: [],
    cause: { kind: 'PLACED', source: 'webshop', eventId: 'e-1', occurredAt: 0 },
    at: 0,
    ...own,
  }
}

/** A request that waits. */
export function sampleRequest(own: Partial<Request> = {}): Revision['requests'][number] {
  const request = {
    requestId: 'r-1',
    kind: 'billing-terms',
    text: 'May they have 60 days?',
    by: 'sally',
    role: 'sales',
    proposes: [{ path: 'billing.terms', value: 'NET60' }],
    ...own,
  }
  return { request, openedAt: 0, revision: 1 }
}

/** A policy file with one exception type, `odd`, for each condition (`odd`, `odd-2`, …). */
export function policyText(...conditions: string[]): string {
  const types = conditions.map((when, index) => exceptionText(index === 0 ? 'odd' : `odd-${index + 1}`, when))
  return `title: Order exceptions
order-owner: order-manager
stages: [invoicing, shipping]
calendars:
  office: { zone: Europe/London, open: { mon-fri: "09:00-17:30" }, holidays: GB-ENG }
roles:
  finance: { calendar: office, backup: controller, escalate: [{ after: 1 hour, to: order-manager }] }
  controller: { backup: order-manager }
  order-manager: { backup: controller }
  sales: {}
exceptions:
${types.join('')}messages:
  checked:
    en: { subject: "Your order {{ order.id }}", about: "we look at your order {{ order.id }}." }
company: { name: Odd Gifts }
`
}

/** The line on which the first condition of `policyText` stands, and the column at which it begins. */
export const conditionAt = { line: 16, column: 12 }

function exceptionText(type: string, when: string): string {
  return `  ${type}:
    name: Odd order
    kind: approval
    rule: The order is odd.
    when: '${when.replaceAll("'", "''")}'
    owner: finance
    reviewers: [sales]
    answer-within: 2 hours
    holds: [invoicing]
    customer: checked
`
}

/** The policy of `policyText`; raises when it has errors. */
export function samplePolicy(...conditions: string[]): Policy {
  const parsed = parsePolicy(policyText(...conditions))
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors, null, 1))
  return parsed.policy
}
