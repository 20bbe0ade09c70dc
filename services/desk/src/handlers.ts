import { deadLetterTopic, type TopicName } from '@holdpoint/schemas'
import { projectCaseEvents } from './projection/case-events.ts'
import { type DeadLetterTopic, projectDeadLetters } from './projection/dead-letters.ts'
import { projectDecisions } from './projection/decisions.ts'
import { projectNotices } from './projection/notices.ts'
import { projectPolicies } from './projection/policies.ts'
import type { Projection } from './projection/projection.ts'
import { projectReplays } from './projection/replays.ts'
import { projectRevisions } from './projection/revisions.ts'
import { projectRoster } from './projection/roster.ts'

const deadLetters = Object.fromEntries(
  Object.values(deadLetterTopic).map((topic) => [topic, projectDeadLetters]),
) as { [T in DeadLetterTopic]: Projection<T> }

/** Which projection writes the rows of which topic. */
export const projections = {
  'orders.revisions.v1': projectRevisions,
  'cases.events.v1': projectCaseEvents,
  'orders.decisions.v1': projectDecisions,
  'notices.outcomes.v1': projectNotices,
  'policy.versions.v1': projectPolicies,
  'duty.roster.v1': projectRoster,
  'desk.replays.v1': projectReplays,
  ...deadLetters,
} satisfies { [T in TopicName]?: Projection<T> }

export type ProjectedTopic = keyof typeof projections
export const projectedTopics = Object.keys(projections) as ProjectedTopic[]
