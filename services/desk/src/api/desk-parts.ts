import type { KeyObject } from 'node:crypto'
import type { Database } from '../database/port.ts'
import type { Duty } from '../duty.ts'
import type { Feed } from '../feed.ts'
import type { Policies } from '../policies.ts'
import type { Tokens } from '../sign-in/tokens.ts'
import type { Actions } from '../write/actions.ts'
import type { Forgetting } from '../write/forgets.ts'
import type { createPolicyPublishing } from '../write/publish-policy.ts'
import type { createRosterPublishing } from '../write/publish-roster.ts'
import type { Replays } from '../write/replays.ts'

/** What the API's operations work with. */
export interface DeskParts {
  database: Database
  feed: Feed
  actions: Actions
  policies: Policies
  duty: Duty
  publishPolicy: ReturnType<typeof createPolicyPublishing>
  publishRoster: ReturnType<typeof createRosterPublishing>
  replays: Replays
  forget: Forgetting
  tokens: Tokens
  /** Milliseconds UTC. */
  now: () => number
  /** Whether everything was read that the topics held at the start: before, what is not there may only not be read yet. */
  caughtUp: () => boolean
  /** The public keys whose links customers may answer by. */
  answerKeys: () => Promise<readonly KeyObject[]>
  /** The address that people open, when it is not the socket's own. */
  deskUrl: string | undefined
}
