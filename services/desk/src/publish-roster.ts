import type { Actor, RosterEntry } from '@holdpoint/schemas'
import { createMutex } from './mutex.ts'
import type { PublishNeeds } from './publish-policy.ts'
import { entryIds, type Person } from './read/people.ts'
import { mayPublish, publisherRoles } from './sign-in/roles.ts'

/** How long to wait until the read model shows what was published. */
const shownWithinMs = 2_000

export interface RosterDraft {
  people: Person[]
  reason: string
  by: Actor
}

export type RosterAnswer =
  | { kind: 'published'; people: Person[] }
  | { kind: 'errors'; errors: { path: string; message: string }[] }
  | { kind: 'notReady' }
  | { kind: 'away' }
  | { kind: 'unknown' }

/** Publishes the whole roster: who is not in it any more is removed. */
export function createRosterPublishing({ database, outbox, feed, now, caughtUp }: PublishNeeds) {
  const oneAtATime = createMutex()
  return (draft: RosterDraft): Promise<RosterAnswer> =>
    oneAtATime(async () => {
      if (!caughtUp()) return { kind: 'notReady' }
      const errors = rosterProblems(draft.people)
      if (errors.length > 0) return { kind: 'errors', errors }
      const at = now()
      const entries = draft.people.map((person) => entryOf(person, draft, at))
      const stay = new Set(entries.map((entry) => entry.entryId))
      const gone = (await entryIds(database)).filter((id) => !stay.has(id))
      const last = entries.at(-1)?.entryId
      const shown = feed.next(
        'duty.roster.v1',
        ({ value }) => value?.entryId === last && value?.at === at,
        shownWithinMs,
      )
      const sent = await outbox.send('duty.roster.v1', [
        ...gone.map((key) => ({ key, value: null })),
        ...entries.map((entry) => ({ key: entry.entryId, value: entry })),
      ])
      if (sent !== 'sent') {
        shown.cancel()
        return { kind: sent }
      }
      await shown.found
      return { kind: 'published', people: draft.people }
    })
}

/** What is wrong with a roster; each person has one subject, and somebody must be left who may publish the next one. */
export function rosterProblems(people: readonly Person[]): { path: string; message: string }[] {
  const first = new Map<string, number>()
  const doubled = people.flatMap(({ subject }, index) => {
    const earlier = first.get(subject)
    if (earlier === undefined) first.set(subject, index)
    return earlier === undefined
      ? []
      : [
          {
            path: `people.${index}.subject`,
            message: `${subject} is listed already, as person ${earlier + 1}.`,
          },
        ]
  })
  if (people.some(mayPublish)) return doubled
  const message = `Nobody in it has the role ${publisherRoles.join(' or ')}: the next roster could not be published.`
  return [...doubled, { path: 'people', message }]
}

function entryOf(
  { subject, name, email, roles }: Person,
  { by, reason }: RosterDraft,
  at: number,
): RosterEntry {
  return { entryId: subject, kind: 'PERSON', subject, name, email, roles, by, reason, at }
}
