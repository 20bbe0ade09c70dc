import type { FollowOptions, Publisher } from '@holdpoint/chassis'
import type { DeskParts } from './api/desk-parts.ts'
import type { Database } from './database/port.ts'
import { createDuty } from './duty.ts'
import { createFeed } from './feed.ts'
import { createPolicies } from './policies.ts'
import type { LeftOut } from './projection/dead-letters.ts'
import type { ProjectedTopic } from './projection/handlers.ts'
import { createProjector } from './projection/projector.ts'
import type { Tokens } from './sign-in/tokens.ts'
import { createActions } from './write/actions.ts'
import { createForgetting } from './write/forgets.ts'
import { createOutbox } from './write/outbox.ts'
import { createPolicyPublishing } from './write/publish-policy.ts'
import { createRosterPublishing } from './write/publish-roster.ts'
import { createReplays, type ReplaysNeed } from './write/replays.ts'

export interface DeskNeeds {
  database: Database
  tokens: Tokens
  /** Asked for at the first thing to publish, so that the desk can be read while Kafka is away. */
  publisher: () => Promise<Publisher>
  deskUrl: string | undefined
  answerKeys: DeskParts['answerKeys']
  orderIdIn: ReplaysNeed['orderIdIn']
  /** Milliseconds UTC. */
  now: () => number
  /** A record that the read model goes on without. */
  onLeftOut: (left: LeftOut) => void
}

export interface Desk {
  /** What the API works with. */
  parts: DeskParts
  /** What keeps the read model up to date, for the chassis's `follow`. */
  following: FollowOptions<ProjectedTopic>
}

export function createDesk(needs: DeskNeeds): Desk {
  const { database, tokens, deskUrl, now } = needs
  const feed = createFeed()
  const outbox = createOutbox(needs.publisher)
  let isCaughtUp = false
  const caughtUp = () => isCaughtUp
  const policies = createPolicies(database)
  const publishing = { database, policies, outbox, feed, now, caughtUp }
  return {
    parts: {
      database,
      feed,
      actions: createActions({ database, outbox, feed, now }),
      policies,
      duty: createDuty(database),
      publishPolicy: createPolicyPublishing(publishing),
      publishRoster: createRosterPublishing(publishing),
      replays: createReplays({ ...publishing, orderIdIn: needs.orderIdIn }),
      forget: createForgetting(publishing),
      tokens,
      now,
      caughtUp,
      deskUrl,
      answerKeys: needs.answerKeys,
    },
    following: {
      ...createProjector(database, feed, { leftOut: needs.onLeftOut }, now),
      onCaughtUp: () => {
        isCaughtUp = true
      },
    },
  }
}
