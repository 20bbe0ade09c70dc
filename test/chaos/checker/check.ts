import type { SeenRecord } from '../recording/recording.ts'
import { casesLaw, commandsLaw } from './cases-law.ts'
import { chainLaw } from './chain-law.ts'
import { intakeLaw } from './intake-law.ts'
import { type Invariant, messageOf, placeOf, type Seen, type Violation } from './invariant.ts'
import { noticesLaw } from './notices-law.ts'
import { decisionsLaw, eventsLaw, findingsLaw, revisionsLaw } from './sequence-law.ts'
import { stateLaw } from './state-law.ts'
import { stopsLaw } from './stops-law.ts'
import { timersLaw } from './timers-law.ts'
import { trailLaw } from './trail-law.ts'

export interface LawReport {
  name: string
  law: string
  seen: Seen
  /** The first of them. */
  violations: Violation[]
  violated: number
}

/** Every topic that has to be recorded, in the order in which the laws want to see them. */
export const topicsToRecord = [
  'policy.versions.v1',
  'duty.roster.v1',
  'orders.inbound.v1',
  'orders.inbound.v1.dlq',
  'orders.revisions.v1',
  'orders.corrections.v1',
  'cases.findings.v1',
  'desk.commands.v1',
  'cases.events.v1',
  'orders.decisions.v1',
  'timers.schedule.v1',
  'timers.fired.v1',
  'notices.requested.v1',
  'notices.outcomes.v1',
  'notices.bounces.v1',
  'intake.state.v1',
  'router.state.v1',
  'classifier.dlq.v1',
  'router.dlq.v1',
  'notifier.dlq.v1',
  'audit.dlq.v1',
  'desk.replays.v1',
  'audit.forgets.v1',
  'audit.entries.v1',
] as const

const violationsKept = 20

/**
 * Holds the records of all topics against every law. It knows the topics and their fields, and nothing of the code
 * that wrote them. `readAt` is when the records were read, milliseconds UTC.
 */
export function check(records: Iterable<SeenRecord>, readAt: number): LawReport[] {
  const laws = allLaws(readAt)
  for (const record of records) for (const law of laws) law.take(record)
  return laws.map(reportOf)
}

function allLaws(readAt: number): Invariant[] {
  return [
    intakeLaw(),
    revisionsLaw(),
    findingsLaw(),
    eventsLaw(),
    decisionsLaw(),
    casesLaw(),
    commandsLaw(),
    chainLaw(),
    timersLaw(readAt),
    noticesLaw(),
    stateLaw(),
    stopsLaw(),
    refusalsLaw(),
    trailLaw(),
  ]
}

/** Only upstream's events may be refused: what the services send one another is sound. What is replayed was refused. */
function refusalsLaw(): Invariant {
  const inner = new Set(['classifier.dlq.v1', 'router.dlq.v1', 'notifier.dlq.v1', 'audit.dlq.v1'])
  const found: string[] = []
  const letters = new Set<string>()
  const replayed: string[] = []
  return {
    name: 'dead letters',
    law: 'No service refuses what another one wrote, and nothing is replayed that was not refused.',
    take(record) {
      const { topic, key } = record
      if (inner.has(topic)) found.push(`${topic} holds a record of order ${key}.`)
      if (topic.endsWith('.dlq') || topic.endsWith('.dlq.v1')) letters.add(placeOf(record))
      const replay = messageOf('desk.replays.v1', record)
      if (replay)
        replayed.push(
          placeOf({
            topic: replay.letterTopic,
            partition: replay.letterPartition,
            offset: replay.letterOffset,
          }),
        )
    },
    close(tell) {
      for (const one of found) tell(one)
      for (const place of replayed)
        if (!letters.has(place)) tell(`There is no dead letter at ${place} to replay.`)
      return { deadLetters: found.length, replays: replayed.length }
    },
  }
}

function reportOf({ name, law, close }: Invariant): LawReport {
  const violations: Violation[] = []
  let violated = 0
  const seen = close((message) => {
    violated++
    if (violations.length < violationsKept) violations.push({ invariant: name, message })
  })
  return { name, law, seen, violations, violated }
}
