import { createHash } from 'node:crypto'
import type { FileError } from '@holdpoint/policy'
import type { Actor, Messages } from '@holdpoint/schemas'
import type { Database } from '../database/port.ts'
import type { Feed } from '../feed.ts'
import { createMutex } from '../mutex.ts'
import type { Policies } from '../policies.ts'
import type { VersionedTopic } from '../projection/sound-versions.ts'
import type { Outbox } from './outbox.ts'

/** How long to wait until the read model shows what was published. */
const shownWithinMs = 2_000

export interface Draft {
  text: string
  reason: string
  /** The version that the author started from, 0 for none; undefined publishes whatever is there. */
  basedOn?: number
  by: Actor
}

/** What only this sort of file has in its record. */
export type Own<T extends VersionedTopic> = Omit<
  Messages[T],
  'version' | 'text' | 'digest' | 'by' | 'reason' | 'at'
>

export type PublishAnswer<T extends VersionedTopic> =
  | { kind: 'published'; published: Messages[T]; warnings: FileError[] }
  /** The text is that of the version in force: there is nothing to publish. */
  | { kind: 'unchanged'; version: number; digest: string; warnings: FileError[] }
  /** The text cannot be published. */
  | { kind: 'errors'; errors: FileError[] }
  /** Somebody published since the author began. */
  | { kind: 'movedOn'; latest: number }
  /** The published versions have not all been read yet. */
  | { kind: 'notReady' }
  | { kind: 'away' }
  | { kind: 'unknown' }

export interface PublishNeeds {
  database: Database
  policies: Policies
  outbox: Outbox
  feed: Feed
  now: () => number
  /** Whether everything that lay in the topics at the start is in the read model. */
  caughtUp: () => boolean
}

export interface Publishing<T extends VersionedTopic> {
  topic: T
  /** Number of the latest version; 0 when there is none. */
  latest(): Promise<number>
  /** Number of the newest version that can be read: the one that people see and start from. */
  inForce(): Promise<number>
  /** Digest of the text of a version. */
  digestOf(version: number): Promise<string | undefined>
  read(text: string): Promise<{ errors: FileError[] } | { own: Own<T>; warnings: FileError[] }>
}

/** Numbers and publishes versions, one at a time. This process is the only one that writes them. */
export function createPublishing<T extends VersionedTopic>(
  { outbox, feed, now, caughtUp }: PublishNeeds,
  { topic, latest: latestOf, inForce: inForceNow, digestOf, read }: Publishing<T>,
) {
  const oneAtATime = createMutex()
  let taken = 0
  return (draft: Draft): Promise<PublishAnswer<T>> =>
    oneAtATime(async () => {
      if (!caughtUp()) return { kind: 'notReady' }
      const inForce = await inForceNow()
      const { text, reason, by } = draft
      const digest = createHash('sha256').update(text).digest('hex')
      // Whatever it is based on: who sends it again, since the answer was lost, has what they wanted.
      // A newer one that cannot be read is taken back by saying the old one again.
      const latest = await latestOf()
      const isUnchanged = inForce === latest && digest === (await digestOf(inForce))
      if (!isUnchanged && draft.basedOn !== undefined && draft.basedOn !== inForce)
        return { kind: 'movedOn', latest: inForce }
      const sound = await read(text)
      if (isUnchanged) {
        const warnings = 'errors' in sound ? [] : sound.warnings
        return { kind: 'unchanged', version: inForce, digest, warnings }
      }
      if ('errors' in sound) return { kind: 'errors', errors: sound.errors }
      const version = Math.max(latest, taken) + 1
      const value = { ...sound.own, version, text, digest, by, reason, at: now() } as unknown as Messages[T]
      const shown = feed.next(topic, (record) => record.value?.version === version, shownWithinMs)
      const sent = await outbox.send(topic, [{ key: String(version), value }])
      // A number that may be taken is not used again: another text under it would overwrite what others have read.
      if (sent !== 'away') taken = version
      if (sent !== 'sent') {
        shown.cancel()
        return { kind: sent }
      }
      await shown.found
      return { kind: 'published', published: value, warnings: sound.warnings }
    })
}
