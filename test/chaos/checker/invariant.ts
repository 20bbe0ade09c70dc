import type { SeenRecord } from '../recording/recording.ts'

export interface Violation {
  invariant: string
  /** What is wrong, with the record, order or case. */
  message: string
}

/** A law that the records of all topics have to keep. It sees every record once, topic by topic, each in its order. */
export interface Invariant {
  name: string
  /** The law, in words. */
  law: string
  take(record: SeenRecord): void
  /** Called once, after the last record. */
  close(tell: (message: string) => void): Seen
}

/** What was looked at, so that a law that nothing was held against is noticed. */
export type Seen = Readonly<Record<string, number>>

/** How the records of a topic are read; what is not named here is not looked at. */
export interface Messages {
  'orders.inbound.v1': { source: string; eventId: string; orderId: string }
  'orders.inbound.v1.dlq': { topic: string; partition: number; offset: number; code: string }
  'orders.revisions.v1': {
    orderId: string
    revision: number
    digest: string
    cancelled: boolean
    cause: { source: string; eventId: string }
  }
  'cases.findings.v1': { orderId: string; revision: number; digest: string }
  'desk.commands.v1': { commandId: string; orderId: string; caseId: string }
  'desk.replays.v1': {
    service: string
    topic: string
    partition: number
    offset: number
    letterTopic: string
    letterPartition: number
    letterOffset: number
  }
  'cases.events.v1': CaseEvent
  'orders.decisions.v1': {
    decisionId: string
    orderId: string
    sequence: number
    revision: number
    digest: string
    verdicts: { stage: string; verdict: string }[]
  }
  'orders.corrections.v1': { correctionId: string; orderId: string }
  'timers.schedule.v1': Timer
  'timers.fired.v1': Timer & { firedAt: number }
  'notices.requested.v1': { noticeId: string; orderId: string; attempt: number }
  'notices.outcomes.v1': { noticeId: string; orderId: string; attempt: number }
  'router.state.v1': {
    orderId: string
    eventSequence: number
    decisionSequence: number
    revision: number
    digest: string
    cases: { caseId: string; status: string; outcome: string; level: number }[]
  }
  'intake.state.v1': { orderId: string; revision: number; digest: string }
  'audit.entries.v1': AuditEntry
}

export interface CaseEvent {
  eventId: string
  orderId: string
  sequence: number
  caseId: string
  type: string
  actor: { subject: string }
  commandId: string
  at: number
  opened: { holds: string[]; type?: string; mayStop?: string[] } | null
  clock: { deadline: number | null } | null
  escalated: { level: number } | null
  closed: { outcome: string; stops?: string[] } | null
  refused: { code: string } | null
}

export interface Timer {
  timerId: string
  orderId: string
  caseId: string
  version: number
  dueAt: number
}

export interface AuditEntry {
  partition: number
  sequence: number
  topic: string
  recordPartition: number
  firstOffset: number
  lastOffset: number
  count: number
  hash: string
  previous: string
  entryHash: string
}

/** The message of a record of that topic; undefined for other topics, tombstones and bytes that are no message. */
export function messageOf<T extends keyof Messages>(topic: T, record: SeenRecord): Messages[T] | undefined {
  if (record.topic !== topic || !record.message) return undefined
  return record.message as Messages[T]
}

export const placeOf = ({ topic, partition, offset }: Pick<SeenRecord, 'topic' | 'partition' | 'offset'>) =>
  `${topic}, partition ${partition}, offset ${offset}`

/** The entry of a map, made when it is not there. */
export function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const there = map.get(key)
  if (there !== undefined) return there
  const made = make()
  map.set(key, made)
  return made
}
