import type { Messages } from './generated/types.ts'

export type ServiceName = 'intake' | 'classifier' | 'router' | 'sla-timer' | 'notifier' | 'audit' | 'desk'
export type TopicName = keyof Messages

/** How a topic is kept: deleted after a time, compacted to the last value of each key, or for ever. */
export type Retention = { policy: 'delete'; days: number } | { policy: 'compact' } | { policy: 'forever' }

/** `lanes`: one partition per lane, partitioned by orderId; `one`: a single partition, read whole by its readers. */
export type Layout = 'lanes' | 'one'

export interface Topic {
  /** File of the value's schema in schemas/avro, without its ending. */
  schema: string
  key: string
  writer: ServiceName | 'upstream'
  readers: readonly (ServiceName | 'cli' | 'billing' | 'warehouse')[]
  layout: Layout
  retention: Retention
  /** What to do for whoever sends a record without a value. */
  insteadOfDeleting?: string
  /** One plain sentence for maps and documentation. */
  about: string
}

const days = (n: number): Retention => ({ policy: 'delete', days: n })
const compact: Retention = { policy: 'compact' }
const forever: Retention = { policy: 'forever' }

const deadLetters = (service: ServiceName, what: string): Topic => ({
  schema: 'dead-letter',
  key: 'orderId',
  writer: service,
  readers: ['desk', 'cli'],
  layout: 'lanes',
  retention: days(30),
  about: `${what} with their original bytes, coordinates and what is wrong.`,
})

/** Every topic of the product. The local stack, the ACLs, the documentation and the tests derive from it. */
export const catalogue = {
  'orders.inbound.v1': {
    schema: 'orders.inbound.v1',
    key: 'orderId',
    writer: 'upstream',
    readers: ['intake'],
    layout: 'lanes',
    retention: days(7),
    insteadOfDeleting: 'Send CANCELLED instead.',
    about: 'Order events as upstream systems send them.',
  },
  'orders.inbound.v1.dlq': deadLetters('intake', 'Order events that intake refused,'),
  'orders.revisions.v1': {
    schema: 'orders.revisions.v1',
    key: 'orderId',
    writer: 'intake',
    readers: ['classifier', 'desk', 'audit', 'cli'],
    layout: 'lanes',
    retention: days(90),
    about: 'Every version of every order, corrections folded in.',
  },
  'cases.findings.v1': {
    schema: 'cases.findings.v1',
    key: 'orderId',
    writer: 'classifier',
    readers: ['router', 'audit'],
    layout: 'lanes',
    retention: days(90),
    about: 'What the policy says about each revision.',
  },
  'desk.commands.v1': {
    schema: 'desk.commands.v1',
    key: 'orderId',
    writer: 'desk',
    readers: ['router', 'audit'],
    layout: 'lanes',
    retention: days(90),
    about: 'What people ask for cases.',
  },
  'desk.replays.v1': {
    schema: 'desk.replays.v1',
    key: 'orderId',
    writer: 'desk',
    readers: ['intake', 'classifier', 'router', 'notifier', 'desk', 'audit'],
    layout: 'lanes',
    retention: days(90),
    about: 'Dead letters that people send through their service once more.',
  },
  'cases.events.v1': {
    schema: 'cases.events.v1',
    key: 'orderId',
    writer: 'router',
    readers: ['desk', 'audit'],
    layout: 'lanes',
    retention: days(90),
    about: 'Everything that happens to cases, refusals included.',
  },
  'orders.decisions.v1': {
    schema: 'orders.decisions.v1',
    key: 'orderId',
    writer: 'router',
    readers: ['billing', 'warehouse', 'desk', 'audit', 'cli'],
    layout: 'lanes',
    retention: days(90),
    about: 'For each stage of an order: proceed, hold or stop.',
  },
  'orders.corrections.v1': {
    schema: 'orders.corrections.v1',
    key: 'orderId',
    writer: 'router',
    readers: ['intake', 'audit'],
    layout: 'lanes',
    retention: days(90),
    about: 'Changes that a case authorised, for intake to fold in.',
  },
  'timers.schedule.v1': {
    schema: 'timers.schedule.v1',
    key: 'timerId',
    writer: 'router',
    readers: ['sla-timer'],
    layout: 'lanes',
    retention: compact,
    about: 'Instants to be told of.',
  },
  'timers.fired.v1': {
    schema: 'timers.fired.v1',
    key: 'orderId',
    writer: 'sla-timer',
    readers: ['router', 'audit'],
    layout: 'lanes',
    retention: days(7),
    about: 'Timers that came due.',
  },
  'notices.requested.v1': {
    schema: 'notices.requested.v1',
    key: 'orderId',
    writer: 'router',
    readers: ['notifier', 'desk', 'audit'],
    layout: 'lanes',
    retention: days(90),
    about: 'Messages to be sent.',
  },
  'notices.outcomes.v1': {
    schema: 'notices.outcomes.v1',
    key: 'orderId',
    writer: 'notifier',
    readers: ['router', 'desk', 'audit'],
    layout: 'lanes',
    retention: days(90),
    about: 'What became of each message.',
  },
  'notices.bounces.v1': {
    schema: 'notices.bounces.v1',
    key: 'orderId',
    writer: 'notifier',
    readers: ['router', 'audit'],
    layout: 'lanes',
    retention: days(90),
    about: 'Mails that were sent and came back.',
  },
  'policy.versions.v1': {
    schema: 'policy.versions.v1',
    key: 'version',
    writer: 'desk',
    readers: ['classifier', 'router', 'desk', 'audit'],
    layout: 'one',
    retention: compact,
    about: 'Every published policy.',
  },
  'duty.roster.v1': {
    schema: 'duty.roster.v1',
    key: 'version',
    writer: 'desk',
    readers: ['router', 'desk', 'audit'],
    layout: 'one',
    retention: compact,
    about: 'Every published roster: people, their roles and who is on duty.',
  },
  'intake.state.v1': {
    schema: 'intake.state.v1',
    key: 'orderId',
    writer: 'intake',
    readers: ['intake'],
    layout: 'lanes',
    retention: compact,
    about: "Changelog of intake's order records.",
  },
  'router.state.v1': {
    schema: 'router.state.v1',
    key: 'orderId',
    writer: 'router',
    readers: ['router'],
    layout: 'lanes',
    retention: compact,
    about: "Changelog of the router's cases.",
  },
  'audit.state.v1': {
    schema: 'audit.state.v1',
    key: 'partition or orderId',
    writer: 'audit',
    readers: ['audit', 'cli'],
    layout: 'lanes',
    retention: compact,
    about: 'Changelog of the heads of the chains and of the keys of the orders.',
  },
  'audit.forgets.v1': {
    schema: 'audit.forgets.v1',
    key: 'orderId',
    writer: 'desk',
    readers: ['audit', 'desk'],
    layout: 'lanes',
    retention: forever,
    about: 'Orders of which what is personal is to be forgotten.',
  },
  'audit.entries.v1': {
    schema: 'audit.entries.v1',
    key: 'orderId',
    writer: 'audit',
    readers: ['cli', 'desk'],
    layout: 'lanes',
    retention: forever,
    about: 'The trail: a hash chain per partition.',
  },
  'audit.checkpoints.v1': {
    schema: 'audit.checkpoints.v1',
    key: 'partition',
    writer: 'audit',
    readers: ['audit', 'cli', 'desk'],
    layout: 'lanes',
    retention: forever,
    about: 'Signed heads of the chains.',
  },
  'classifier.dlq.v1': deadLetters('classifier', 'Revisions that the classifier could not process,'),
  'router.dlq.v1': deadLetters('router', 'Records that the router could not process,'),
  'notifier.dlq.v1': deadLetters('notifier', 'Notice requests that the notifier could not process,'),
  'audit.dlq.v1': deadLetters('audit', 'Records that audit could not read,'),
} as const satisfies Record<TopicName, Topic>

export const topicNames = Object.keys(catalogue) as TopicName[]

/** Where a lane service puts the records that it cannot process. */
export const deadLetterTopic = {
  intake: 'orders.inbound.v1.dlq',
  classifier: 'classifier.dlq.v1',
  router: 'router.dlq.v1',
  notifier: 'notifier.dlq.v1',
  audit: 'audit.dlq.v1',
} as const satisfies Partial<Record<ServiceName, TopicName>>

/** Whether a topic holds the state of its writer's lanes, and the journal by which they commit. */
export function isState(topic: TopicName): boolean {
  const { writer, readers, layout, retention }: Topic = catalogue[topic]
  const isRead = readers.some((reader) => reader === writer)
  return isRead && layout === 'lanes' && retention.policy === 'compact'
}

/** What a service publishes for others: neither its own state nor its dead letters. */
export function outputsOf(service: ServiceName): TopicName[] {
  return topicNames.filter(
    (topic) =>
      catalogue[topic].writer === service && catalogue[topic].schema !== 'dead-letter' && !isState(topic),
  )
}

/** Number of partitions of a topic, given the number of lanes of the installation. */
export function partitionsOf(topic: TopicName, lanes: number): number {
  return catalogue[topic].layout === 'one' ? 1 : lanes
}
