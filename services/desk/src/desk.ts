import type { FollowOptions, Publisher } from '@holdpoint/chassis'
import { createActions } from './actions.ts'
import type { DeskParts } from './api/desk-parts.ts'
import type { Database } from './database/port.ts'
import { createDuty } from './duty.ts'
import { createFeed } from './feed.ts'
import type { ProjectedTopic } from './handlers.ts'
import { createOutbox } from './outbox.ts'
import { createPolicies } from './policies.ts'
import type { LeftOut } from './projection/dead-letters.ts'
import { createProjector } from './projector.ts'
import { createPolicyPublishing } from './publish-policy.ts'
import { createRosterPublishing } from './publish-roster.ts'
import { createReplays, type ReplaysNeed } from './replays.ts'
import type { Tokens } from './sign-in/tokens.ts'

export interface DeskNeeds {
  database: Database
  tokens: Tokens
  /** Asked for at the first thing to publish, so that the desk can be read while Kafka is away. */
  publisher: () => Promise<Publisher>
  deskUrl: string | undefined
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
      tokens,
      now,
      caughtUp,
      deskUrl,
    },
    following: {
      ...createProjector(database, feed, { leftOut: needs.onLeftOut }, now),
      onCaughtUp: () => {
        isCaughtUp = true
      },
    },
  }
}
