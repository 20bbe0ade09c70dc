import { createHash } from 'node:crypto'
import { type PolicyError, parsePolicy } from '@holdpoint/policy'
import type { Actor, PolicyVersion } from '@holdpoint/schemas'
import type { Database } from './database/port.ts'
import type { Feed } from './feed.ts'
import { createMutex } from './mutex.ts'
import type { Outbox } from './outbox.ts'
import { latestVersion } from './read/policies.ts'

/** How long to wait until the read model shows what was published. */
const shownWithinMs = 2_000

export interface PolicyDraft {
  text: string
  reason: string
  /** The version that the author started from, 0 for none; undefined publishes whatever is there. */
  basedOn?: number
  by: Actor
}

export type PolicyAnswer =
  | { kind: 'published'; policy: PolicyVersion }
  /** The text is no policy that can be published. */
  | { kind: 'errors'; errors: PolicyError[] }
  /** Somebody published since the author began. */
  | { kind: 'movedOn'; latest: number }
  /** The published policies have not all been read yet. */
  | { kind: 'notReady' }
  | { kind: 'away' }
  | { kind: 'unknown' }

export interface PublishNeeds {
  database: Database
  outbox: Outbox
  feed: Feed
  now: () => number
  /** Whether everything that lay in the topics at the start is in the read model. */
  caughtUp: () => boolean
}

/** Numbers and publishes policies, one at a time. This process is the only one that writes them. */
export function createPolicyPublishing({ database, outbox, feed, now, caughtUp }: PublishNeeds) {
  const oneAtATime = createMutex()
  let taken = 0
  return (draft: PolicyDraft): Promise<PolicyAnswer> =>
    oneAtATime(async () => {
      if (!caughtUp()) return { kind: 'notReady' }
      const parsed = parsePolicy(draft.text)
      if ('errors' in parsed) return { kind: 'errors', errors: parsed.errors }
      const latest = await latestVersion(database)
      if (draft.basedOn !== undefined && draft.basedOn !== latest) return { kind: 'movedOn', latest }
      const policy = numbered(draft, parsed.policy.title, Math.max(latest, taken) + 1, now())
      const shown = feed.next(
        'policy.versions.v1',
        ({ value }) => value?.version === policy.version,
        shownWithinMs,
      )
      const sent = await outbox.send('policy.versions.v1', [{ key: String(policy.version), value: policy }])
      // A number that may be taken is not used again: another text under it would overwrite what others have read.
      if (sent !== 'away') taken = policy.version
      if (sent !== 'sent') {
        shown.cancel()
        return { kind: sent }
      }
      await shown.found
      return { kind: 'published', policy }
    })
}

function numbered(
  { text, reason, by }: PolicyDraft,
  title: string,
  version: number,
  at: number,
): PolicyVersion {
  return { version, title, text, digest: createHash('sha256').update(text).digest('hex'), by, reason, at }
}
