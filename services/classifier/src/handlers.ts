import {
  deadLetter,
  done,
  type Lane,
  type LaneRecord,
  type LaneService,
  type Outcome,
  type Problem,
} from '@holdpoint/chassis'
import type { Unreadable } from '@holdpoint/policy/published'
import { deadLetterTopic, orderDigest, outputsOf, type Revision } from '@holdpoint/schemas'
import { findingsOf } from './findings.ts'
import { type InForce, type PublishedPolicies, policyInForce } from './policy-in-force.ts'

type In = 'orders.revisions.v1'

/** Judges every revision by the newest policy, and publishes one set of findings for each, also an empty one. */
export function classifier(
  published: PublishedPolicies,
  report: (unreadable: Unreadable) => void,
): LaneService<In> {
  const inForce = policyInForce(published, report)
  return {
    service: 'classifier',
    inputs: ['orders.revisions.v1'],
    outputs: outputsOf('classifier'),
    deadLetters: deadLetterTopic.classifier,
    beforeBatch: () => (inForce() ? undefined : noPolicyYet),
    handle: (record, lane) => handle(record, lane, inForce() as InForce),
  }
}

const noPolicyYet = { why: 'no policy is published yet: holdpoint policy publish FILE', afterMs: 1_000 }

function handle(record: LaneRecord<In>, lane: Lane<never>, inForce: InForce): Outcome<never> {
  const revision = record.value
  const problems = revision ? problemsOf(revision) : []
  if (!revision || problems.length > 0) return deadLetter('INVALID', problems)
  const value = findingsOf(revision, inForce, lane.now)
  return done([{ topic: 'cases.findings.v1', key: record.key, value }])
}

function problemsOf(revision: Revision): Problem[] {
  const problems: Problem[] = []
  if (revision.revision < 1)
    problems.push({ path: 'revision', message: `is ${revision.revision}: the first revision is 1.` })
  if (revision.digest !== orderDigest(revision.order))
    problems.push({ path: 'digest', message: 'is not that of the order, which somebody has changed.' })
  return problems
}
