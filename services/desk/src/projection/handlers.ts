import { deadLetterTopic, type TopicName } from '@holdpoint/schemas'
import { projectCaseEvents } from './case-events.ts'
import { type DeadLetterTopic, projectDeadLetters } from './dead-letters.ts'
import { projectDecisions } from './decisions.ts'
import { projectForgets } from './forgets.ts'
import { projectNoticeRequests, projectNotices } from './notices.ts'
import { projectPolicies } from './policies.ts'
import type { Projection } from './projection.ts'
import { projectReplays } from './replays.ts'
import { projectRevisions } from './revisions.ts'
import { projectRoster } from './roster.ts'

const deadLetters = Object.fromEntries(
  Object.values(deadLetterTopic).map((topic) => [topic, projectDeadLetters]),
) as { [T in DeadLetterTopic]: Projection<T> }

/** Which projection writes the rows of which topic. */
export const projections = {
  'orders.revisions.v1': projectRevisions,
  'cases.events.v1': projectCaseEvents,
  'orders.decisions.v1': projectDecisions,
  'notices.requested.v1': projectNoticeRequests,
  'notices.outcomes.v1': projectNotices,
  'policy.versions.v1': projectPolicies,
  'duty.roster.v1': projectRoster,
  'desk.replays.v1': projectReplays,
  'audit.forgets.v1': projectForgets,
  ...deadLetters,
} satisfies { [T in TopicName]?: Projection<T> }

export type ProjectedTopic = keyof typeof projections
export const projectedTopics = Object.keys(projections) as ProjectedTopic[]
