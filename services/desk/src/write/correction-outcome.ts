import type { CaseEvent } from '@holdpoint/schemas'
import type { Database } from '../database/port.ts'
import type { Feed } from '../feed.ts'
import { eventsBy } from '../read/case-events.ts'

/** What ends the way of a correction. */
const ends: readonly CaseEvent['type'][] = ['CLOSED', 'NOT_CURED', 'SETTLED']

/**
 * The events of a command, and what became of the fields that it put right: the router takes them at once, and says
 * whether they cure when a revision carries them. Waits for that as long as `withinMs`; without it when it is not there.
 */
export async function withOutcome(
  { database, feed }: { database: Database; feed: Feed },
  events: readonly CaseEvent[],
  withinMs: number,
): Promise<CaseEvent[]> {
  const corrected = events.find(({ type }) => type === 'CORRECTED')
  if (!corrected) return [...events]
  const isOutcome = (event: CaseEvent) =>
    event.caseId === corrected.caseId && event.sequence > corrected.sequence && ends.includes(event.type)
  const { found, cancel } = feed.next(
    'cases.events.v1',
    ({ value }) => value !== null && isOutcome(value),
    withinMs,
  )
  try {
    const known = async () => (await eventsBy(database, 'case_id', corrected.caseId)).find(isOutcome)
    const outcome = (await known()) ?? (withinMs > 0 && (await found) ? await known() : undefined)
    return outcome ? [...events, outcome] : [...events]
  } finally {
    cancel()
  }
}
