import { type Order, orderFields, type Revision } from '@holdpoint/schemas'
import { sampleOrder } from '@holdpoint/schemas/testing'
import { readCondition } from '../condition/condition.ts'
import { longestText, mostTexts } from '../condition/long-texts.ts'
import { type Vocabulary, vocabularyOf } from '../condition/vocabulary.ts'
import { sampleRequest, sampleRevision } from './sample-revision.ts'

/*
 * For tests and for measuring: the largest order that intake takes (2,000 lines, 256 kB, 400 kB of changes, 50 open
 * requests), and the dearest conditions that can be written for it. No part of them decides before the last.
 */

const lines = 2_000

export const vocabulary: Vocabulary = vocabularyOf({
  stages: ['invoicing', 'shipping'],
  calendars: {
    office: {
      zone: 'Europe/London',
      open: { 'mon-thu': ['09:00-12:30', '13:30-17:30'], fri: '09:00-16:30' },
      holidays: 'GB-ENG',
    },
  },
})

/** Texts that differ at their end only, each a string of its own. */
const text = (length: number, end: string): string => Buffer.from(end.padStart(length, 'a')).toString()

export function largestRevision(): Revision {
  const changes = Array.from({ length: 4_000 }, (_, i) => ({
    path: i % 2 === 0 ? `lines.${i}.quantity` : `facts.${text(10, String(i))}`,
    from: '1',
    to: '2',
    origin: 'UPSTREAM' as const,
    by: 'webshop',
    why: '',
  }))
  const requests = Array.from({ length: 50 }, (_, i) => ({
    ...sampleRequest({ requestId: `r-${i}`, text: text(longestText, 'b') }),
    openedAt: Date.UTC(2026, 0, 5, 12),
  }))
  return sampleRevision({ changes, requests, facts: { none: 'none', day: '2026-01-05' } }, largestOrder())
}

function largestOrder(): Order {
  const order = sampleOrder(lines)
  return {
    ...order,
    placedAt: Date.UTC(2016, 0, 4, 12),
    customer: { ...order.customer, name: text(longestText, 'b') },
    billing: { ...order.billing, name: text(longestText, 'b') },
    lines: order.lines.map((line, i) => ({
      ...line,
      sku: text(30, String(i)),
      description: text(50, String(i)),
      quantity: `${i + 1}.25`,
      unitPrice: '1234.5678',
      discountPercent: '12.5',
    })),
  }
}

/** As many pieces as a condition can have. */
function most(join: ' || ' | ' && ', piece: (index: number) => string): string {
  let source = piece(0)
  for (let count = 2; ; count++) {
    const longer = Array.from({ length: count }, (_, index) => piece(index)).join(join)
    if ('problems' in readCondition(longer, vocabulary)) return source
    source = longer
  }
}

const patterns = ['lines.*.sku', ...orderFields().map(({ path }) => path)]

export const dearest: Readonly<Record<string, string>> = {
  'sums of the lines': most(
    ' || ',
    (i) => `lines.total < ${i} || lines.minUnitPrice < 0 || lines.maxDiscountPercent < 0`,
  ),
  'products and quotients': most(' || ', () => 'lines.total * lines.total / lines.minQuantity < 0'),
  'one long product': `${Array(60).fill('lines.total').join(' * ')} < 0`,
  'product codes': most(' || ', (i) => `"${i}" in lines.skus || "${i}" in lines.descriptions`),
  'changed paths': most(' || ', (i) => `"${i}" in changes.paths`),
  'changed fields': most(' || ', (i) => `changed("${patterns[i % patterns.length]}")`).replaceAll(
    'lines.*.quantity',
    'lines.*.sku',
  ),
  'texts that are searched': Array.from(
    { length: mostTexts },
    (_, i) => `request.text.contains("aaaaa${i}")`,
  ).join(' || '),
  'texts that are counted': Array.from(
    { length: mostTexts },
    (_, i) => `size(order.customer.name) == ${i}`,
  ).join(' || '),
  'long texts that are compared': most(' && ', () => 'order.customer.name == order.billing.name'),
  'long lists': most(
    ' || ',
    () => `order.channel in [${Array.from({ length: 100 }, (_, i) => `"c${i}"`).join(', ')}]`,
  ),
  'working days': most(' || ', (i) => `workingDays("office", order.placedAt, request.openedAt) < ${i}`),
  'working hours': most(' || ', (i) => `workingHours("office", order.placedAt, request.openedAt) < ${i}`),
  'opening hours': most(' && ', () => 'isOpen("office", request.openedAt)'),
  'days of dates': most(' || ', (i) => `days(facts.day, request.openedAt) < ${-1 - i}`),
  'parts without an answer': `${most(' || ', () => 'number(facts.none) > 0')}`,
  'everything at once': [
    'lines.total < 0 || lines.minQuantity < 0 || lines.minUnitPrice < 0 || lines.maxDiscountPercent < 0',
    '"" in lines.skus || "" in lines.descriptions || "" in changes.paths || changed("currency") || changed("facts.x")',
    ...Array.from({ length: mostTexts }, (_, i) => `order.customer.name.contains("aaaaa${i}")`),
  ].join(' || '),
  choices: most(' || ', () => '(cancelled ? lines.count < 0 : lines.total < 0)'),
}
