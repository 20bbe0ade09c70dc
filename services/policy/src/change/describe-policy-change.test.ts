import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parsePolicy } from '../parse-policy.ts'
import type { Policy } from '../policy.ts'
import { describePolicyChange } from './describe-policy-change.ts'

const file = new URL('../../../../infra/samples/wholesaler.policy.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')
const sample = read(text)

function read(written: string): Policy {
  const parsed = parsePolicy(written)
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors, null, 1))
  return parsed.policy
}

/** What is said when pieces of the sample's text are others, each where it stands first behind a line. */
function changesOf(...edits: [behind: string, piece: string, replacement: string][]): string[] {
  const changed = edits.reduce((written, [behind, piece, replacement]) => {
    const at = written.indexOf(piece, written.indexOf(`\n${behind}\n`))
    if (at < 0) throw new Error(`There is no ${piece} behind ${behind}`)
    return written.slice(0, at) + replacement + written.slice(at + piece.length)
  }, text)
  return describePolicyChange(sample, read(changed))
}

const head = 'stages: [invoicing, shipping]'
const large = '  large-order:'
const terms = '  billing-terms:'

test('the first version says how many exception types it has', () => {
  expect(describePolicyChange(undefined, sample)).toEqual(['The first version, with 29 exception types.'])
})

test('the same policy says nothing, however it is written', () => {
  expect(describePolicyChange(sample, read(text))).toEqual([])
  const rewritten = text
    .replace('fri: "09:00-16:30"', 'fri: ["09:00-16:30"]')
    .replace('mon-thu: "09:00-17:30"', 'mon-tue: "09:00-17:30", "wed,thu": "09:00-17:30"')
    .replace('name: Large order', 'name: "Large order" # over 5,000')
  expect(rewritten).not.toBe(text)
  expect(describePolicyChange(sample, read(rewritten))).toEqual([])
})

describe('the policy as a whole', () => {
  test('its title', () => {
    const other = text.replace('title: Order exceptions of a gift wholesaler', 'title: Exceptions')
    expect(describePolicyChange(sample, read(other))).toEqual([
      'The title is now "Exceptions" (was: "Order exceptions of a gift wholesaler").',
    ])
  })

  test('its stages', () => {
    const other = text.replace('[invoicing, shipping]', '[invoicing, shipping, gift-wrapping]')
    expect(describePolicyChange(sample, read(other))).toEqual([
      'The stages that can be held are now invoicing, shipping and gift-wrapping (was: invoicing and shipping).',
    ])
  })

  test('its order owner', () => {
    const other = { ...sample, orderOwner: 'controller' }
    expect(describePolicyChange(sample, other)).toEqual([
      'The order owner is now controller (was: order-manager).',
    ])
  })
})

describe('calendars', () => {
  test.each<[what: string, piece: string, replacement: string, said: string]>([
    [
      'zone',
      'Europe/London',
      'Europe/Dublin',
      'The calendar office keeps the time of Europe/Dublin (was: Europe/London).',
    ],
    ['one day', '09:00-16:30', '09:00-16:00', 'The calendar office, Friday: 09:00-16:00 (was: 09:00-16:30).'],
    [
      'days in a row',
      '09:00-17:30',
      '08:30-17:30',
      'The calendar office, Monday to Thursday: 08:30-17:30 (was: 09:00-17:30).',
    ],
    [
      'a break',
      '"09:00-16:30"',
      '["09:00-12:00", "12:30-16:30"]',
      'The calendar office, Friday: 09:00-12:00 and 12:30-16:30 (was: 09:00-16:30).',
    ],
    [
      'a day more',
      'fri:',
      'sat: "10:00-12:00", fri:',
      'The calendar office, Saturday: 10:00-12:00 (was: closed).',
    ],
    ['holidays', 'GB-ENG', 'GB-SCT', 'The calendar office, public holidays: GB-SCT (was: GB-ENG).'],
    [
      'no holidays',
      '    holidays: GB-ENG\n',
      '',
      'The calendar office, public holidays: none (was: GB-ENG).',
    ],
    ['a closed day', '[12-24]', '[12-24, 2026-06-01]', 'The calendar office is now closed on 2026-06-01.'],
    [
      'no closed day',
      '    closed: [12-24]\n',
      '',
      'The calendar office is no longer closed on 12-24 of every year.',
    ],
    [
      'a day on which it is open',
      '    closed: [12-24]',
      '    closed: [12-24]\n    extra-open: { 2026-12-19: "10:00-14:00" }',
      'The calendar office on 2026-12-19: 10:00-14:00 (was: as usual).',
    ],
  ])('%s', (_, piece, replacement, said) => {
    expect(changesOf([head, piece, replacement])).toEqual([said])
  })

  test('that come and go', () => {
    const night = '  night: { zone: Europe/London, open: { fri-sun: "22:00-06:00" } }\n'
    const more = read(text.replace('  warehouse:\n', `${night}  warehouse:\n`))
    expect(describePolicyChange(sample, more)).toEqual([
      'The calendar night is new: Europe/London, Monday to Thursday closed and Friday to Sunday 22:00-06:00.',
    ])
    expect(describePolicyChange(more, sample)).toEqual(['The calendar night is gone.'])
  })
})

describe('roles', () => {
  test('another calendar', () => {
    expect(changesOf([head, 'support: { calendar: office', 'support: { calendar: warehouse'])).toEqual([
      'support now has the calendar warehouse (was: the calendar office).',
    ])
  })

  test('another backup is said of the role, not of each of its types', () => {
    expect(
      changesOf([
        head,
        'warehouse-lead: { calendar: warehouse, backup: order-manager }',
        'warehouse-lead: { calendar: warehouse, backup: controller, escalate: [{ after: 1 hour, to: order-manager }] }',
      ]),
    ).toEqual([
      'warehouse-lead now has the backup controller (was: the backup order-manager).',
      'Rush order, Split delivery, Delivery method missing, Product code missing, Customer abroad and Quantity below zero: ' +
        'when warehouse-lead is late, controller decides, then order-manager 1 hour later (was: order-manager decides).',
    ])
    const withBackup = (backup: string) =>
      read(
        text.replace(
          'support: { calendar: office, backup: order-manager }',
          `support: { calendar: office, backup: ${backup}, escalate: [{ after: 1 hour, to: order-manager }] }`,
        ),
      )
    expect(describePolicyChange(withBackup('controller'), withBackup('finance'))).toEqual([
      'support now has the backup finance (was: the backup controller).',
    ])
  })

  test('another ladder is said once for all types of the role', () => {
    const [line, ...others] = changesOf([head, 'after: 2 working hours', 'after: 3 working hours'])
    expect(others).toEqual([])
    expect(line).toMatch(
      /^Billing terms outside the contract, .* and 5 more: when finance is late, controller decides, /,
    )
    expect(line).toMatch(
      /then order-manager 3 working hours later \(was: controller decides, then order-manager 2 working hours later\)\.$/,
    )
  })

  test('that come and go', () => {
    const more = read(text.replace('  sales: {', '  legal: {}\n  sales: {'))
    expect(describePolicyChange(sample, more)).toEqual(['The role legal is new: no calendar, no backup.'])
    expect(describePolicyChange(more, sample)).toEqual(['The role legal is gone.'])
  })
})

describe('a field of an exception type', () => {
  test.each<[what: string, type: string, piece: string, replacement: string, ...said: string[]]>([
    ['name', large, 'Large order', 'Big order', 'Large order is now called Big order.'],
    [
      'kind',
      terms,
      'kind: exception',
      'kind: approval',
      'Billing terms outside the contract: it is now an approval (was: an exception).',
    ],
    [
      'rule',
      large,
      'more than 5,000 together',
      'more than 6,000 together',
      'Large order: the rule now says "The lines of the order are worth more than 6,000 together." (was: "… more than 5,000 together.").',
    ],
    [
      'condition',
      large,
      '> 5000',
      '> 10000',
      'Large order: its condition is now: the total of the lines is more than 10,000 (was: … more than 5,000).',
    ],
    [
      'condition that sounds the same',
      large,
      'lines.total > 5000',
      '5000 < lines.total',
      'Large order: its condition is now written 5000 < lines.total (was: lines.total > 5000).',
    ],
    [
      'owner',
      large,
      'owner: finance',
      'owner: controller',
      'Large order: controller decides (was: finance).',
      'Large order: when controller is late, order-manager decides (was: controller decides, then order-manager 2 working hours later).',
    ],
    [
      'time to answer',
      large,
      '4 working hours',
      '2 working hours',
      'Large order: finance answers within 2 working hours (was: 4 working hours).',
    ],
    [
      'share of the time',
      terms,
      '75 %',
      '50 %',
      'Billing terms outside the contract: a reminder comes after 50 % of the time (was: after 75 % of the time).',
    ],
    [
      'no reminder',
      terms,
      '    remind-at: 75 %\n',
      '',
      'Billing terms outside the contract: no reminder any more.',
    ],
    [
      'a reminder',
      large,
      '    holds',
      '    remind-at: 50 %\n    holds',
      'Large order: a reminder comes after 50 % of the time (was: none).',
    ],
    [
      'reviewers',
      large,
      'reviewers: [sales]',
      'reviewers: [sales, support]',
      'Large order: reviewed by sales and support (was: sales).',
    ],
    ['no reviewers', large, '    reviewers: [sales]\n', '', 'Large order: reviewed by nobody (was: sales).'],
    [
      'who may ask',
      terms,
      '    requested-by: [sales]\n',
      '',
      'Billing terms outside the contract: may be asked for by anybody (was: sales).',
    ],
    [
      'stages',
      large,
      '[invoicing, shipping]',
      '[]',
      'Large order: holds nothing (was: invoicing and shipping).',
    ],
    [
      'stages that a no stops',
      large,
      '    customer',
      '    stops: [invoicing]\n    customer',
      'Large order: a no stops invoicing (was: the whole order).',
    ],
    [
      'actions',
      large,
      '[approve, reject, ask, stop]',
      '[approve, reject]',
      'Large order: people may approve and reject (was: approve, reject, ask and stop).',
    ],
    [
      'fields to correct',
      '  address-country:',
      '[shipping.*]',
      '[shipping.*, payment.country]',
      'Shipping country differs from payment country: people may correct shipping.* and payment.country until shipping starts (was: shipping.* until shipping starts).',
    ],
    [
      'end of corrections',
      '  address-country:',
      'until: shipping',
      'until: invoicing',
      'Shipping country differs from payment country: people may correct shipping.* until invoicing starts (was: shipping.* until shipping starts).',
    ],
    [
      'message',
      large,
      'customer: order-check',
      'customer: address-check',
      'Large order: the customer gets the message address-check (was: order-check).',
    ],
    [
      'four eyes',
      large,
      '    customer',
      '    four-eyes: true\n    customer',
      'Large order: nobody decides on their own correction, from now on.',
    ],
    [
      'no four eyes',
      '  refund-late:',
      '    four-eyes: true\n',
      '',
      'No longer: Refund outside the refund policy: nobody decides on their own correction.',
    ],
    [
      'clearance',
      large,
      '    customer',
      '    clearance: true\n    customer',
      'Large order: the order owner releases the order at the end, from now on.',
    ],
    [
      'approvals',
      large,
      '    customer',
      '    approvals: 2\n    customer',
      'Large order: it takes the approval of 2 people (was: one person).',
    ],
    [
      'ladder',
      large,
      '    holds',
      '    escalate: [{ after: 30 minutes, to: order-manager }]\n    holds',
      'Large order: when finance is late, controller decides, then order-manager 30 minutes later (was: controller decides, then order-manager 2 working hours later).',
    ],
  ])('%s', (_, type, piece, replacement, ...said) => {
    expect(changesOf([type, piece, replacement])).toEqual(said)
  })

  test('several changes are several lines, in the order of the file', () => {
    expect(changesOf([large, '> 5000', '> 6000'], [terms, '2 working hours', '3 working hours'])).toEqual([
      'Billing terms outside the contract: finance answers within 3 working hours (was: 2 working hours).',
      'Large order: its condition is now: the total of the lines is more than 6,000 (was: … more than 5,000).',
    ])
  })
})

describe('exception types', () => {
  const rush = /\n {2}rush:\n(?: {4}.*\n)+/

  test('that come and go', () => {
    const without = read(text.replace(rush, '\n'))
    expect(describePolicyChange(without, sample)).toEqual([
      'Rush order is a new exception type: Somebody asks for the goods sooner than the usual three working days.',
    ])
    expect(describePolicyChange(sample, without)).toEqual([
      'Rush order (rush) is no exception type any more.',
    ])
  })

  test('in another order', () => {
    const [block = ''] = rush.exec(text) ?? []
    const moved = text
      .replace(rush, '\n')
      .replace('\n# What the customer reads', `${block}\n# What the customer reads`)
    expect(describePolicyChange(sample, read(moved))).toEqual(['The exception types come in another order.'])
  })

  test('of one name are told apart', () => {
    const twins = text.replace('name: Line written by hand', 'name: Large order')
    const changed = twins.replace('lines.total > 5000', 'lines.total > 6000')
    expect(describePolicyChange(read(twins), read(changed))).toEqual([
      'Large order (large-order): its condition is now: the total of the lines is more than 6,000 (was: … more than 5,000).',
    ])
  })
})

describe('messages', () => {
  const messages = 'messages:'
  test.each<[what: string, piece: string, replacement: string, said: string]>([
    [
      'subject',
      'The payment terms of',
      'The terms of',
      'The message terms-under-review has another subject in English.',
    ],
    [
      'text',
      'Wir prüfen das.',
      'Wir sehen nach.',
      'The message terms-under-review has another text in German.',
    ],
    ['language', '    de:', '    de-AT:', 'The message terms-under-review is no longer there in German.'],
  ])('%s', (_, piece, replacement, said) => {
    expect(changesOf([messages, piece, replacement])).toContain(said)
  })

  test('a language more', () => {
    expect(changesOf([messages, '    de:\n', '    pt-BR: { subject: a, about: b }\n    de:\n'])).toEqual([
      'The message terms-under-review is now there in Brazilian Portuguese.',
    ])
  })

  test('that come and go', () => {
    const more = read(
      `${text}  thanks:\n    en: { subject: Thank you, about: Thanks. }\n    de: { subject: Danke, about: Danke. }\n`,
    )
    expect(describePolicyChange(sample, more)).toEqual(['The message thanks is new, in English and German.'])
    expect(describePolicyChange(more, sample)).toEqual(['The message thanks is gone.'])
  })
})
