import { calendarHints } from '../calendar/index.ts'
import type { FileFields } from './read-shape.ts'
import { policyShape } from './shape.ts'
import type { Path } from './yaml-source.ts'

const hints: Readonly<Record<string, string>> = {
  title: 'title: Order exceptions (what the policy is called)',
  'order-owner': 'order-owner: order-manager (the role that sees the whole order)',
  stages: 'stages: [invoicing, shipping] (the steps of an order that can be held)',
  'customer-silence':
    'customer-silence: 1 working day (so long the customer of a held order is without a message at most)',
  requests:
    'requests: { refund: accept } (what is said to a request of that kind that no rule names: accept or refuse)',
  ...calendarHints,
  calendars: 'calendars: { office: { zone: Europe/London, open: { mon-fri: "09:00-17:30" } } }',
  calendar: 'calendar: office (one of the calendars)',
  roles: 'roles: { finance: { calendar: office, backup: order-manager } }',
  exceptions: 'exceptions: and under it one entry for each exception type',
  messages: 'messages: and under it each message by language',
  name: 'name: Billing terms outside the contract (what people call it)',
  kind: 'kind: approval, correction or exception',
  rule: 'rule: one plain sentence that says when this case opens, for people',
  when: 'when: lines.total > 5000 (the same for the machine)',
  owner: 'owner: finance (the one role that decides; others can be its backup, or reviewers)',
  backup: 'backup: controller (the role that decides when the owner is late)',
  reviewers: 'reviewers: [sales] (the roles that only comment)',
  'requested-by': 'requested-by: [sales] (the roles that may ask for it)',
  'answer-within':
    'answer-within: 2 working hours (or 90 working minutes, 1 working day, 30 minutes, 3 days)',
  'remind-at': 'remind-at: 75 % (of the time to answer)',
  escalate:
    'escalate: [ { after: 1 working hour, to: order-manager } ] (who decides after the backup; the last is the order owner)',
  after: 'after: 1 working hour (since the level before)',
  to: 'to: order-manager',
  'four-eyes': 'four-eyes: true (nobody decides on their own correction)',
  approvals: 'approvals: 2 (so many people have to approve)',
  'together-with':
    'together-with: [large-order] (types that may be open on the same order for the same value)',
  clearance: 'clearance: true (the order owner releases the order at the end)',
  holds: 'holds: [invoicing] (the stages that wait for the decision; [] for none)',
  stops: 'stops: [invoicing] (the stages that a no or a stop stops; left out, all of them)',
  actions: 'actions: [approve, reject, correct, ask, stop] or some of them',
  'may-correct': 'may-correct: { fields: [shipping.*], until: shipping }',
  fields: 'fields: [shipping.*] (those that may be corrected; * stands for one name)',
  until: 'until: shipping (the stage whose start ends corrections)',
  customer: 'customer: order-check (what the customer reads: one of the messages)',
  company: 'company: { name: Harbour Gifts, email: orders@harbour-gifts.example } (who writes to customers)',
  'always-told':
    'always-told: [escalated, reminded] (what staff are told by mail at any hour, whatever they have switched off)',
  email: 'email: orders@harbour-gifts.example (where answers go)',
  phone: 'phone: +44 20 7946 0000',
  subject: 'subject: About your order {{ order.id }}',
  about:
    'about: we check the address of your order {{ order.id }}. (what the case is about; when and what else, the letter says)',
  asks: 'asks: Please tell us your purchase order number. (what you want from the customer)',
  approved: 'approved: the new payment terms are agreed. (how it ended)',
  rejected: 'rejected: we cannot change the payment terms. (how it ended)',
  corrected: 'corrected: the address is right now. (how it ended)',
  stopped: 'stopped: we cannot deliver to this address. (how it ended)',
  settled: 'settled: it needs no check any more. (how it ended)',
  body: 'body: a whole letter, which only versions of before have; write about: instead',
}

export const policyFields: FileFields<typeof policyShape> = {
  shape: policyShape,
  hints,
  inWords: policyPart,
  samples: 'see the sample policies',
  single: { owner: 'a case has one owner role', 'order-owner': 'an order has one owner role' },
}

/** `exceptions.large-order` reads as: the exception "large-order". */
function policyPart(path: Path): string {
  if (path.length === 0) return 'the policy'
  const [first, second] = path
  const what = path.length === 2 ? singular[String(first)] : undefined
  return what ? `the ${what} "${second}"` : `"${path.join('.')}"`
}

const singular: Record<string, string> = {
  calendars: 'calendar',
  exceptions: 'exception',
  roles: 'role',
  messages: 'message',
}
