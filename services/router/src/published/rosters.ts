import type { Table } from '@holdpoint/chassis'
import { compileRoster, parseRoster } from '@holdpoint/policy/duty'
import { canCome, newestReadable, type Unreadable } from '@holdpoint/policy/published'
import { type Context, NeverPublished, NotYetArrived, type Staff } from '../record/input.ts'

const topic = 'duty.roster.v1'

/**
 * The newest published roster that can be read, made ready for questions once. `published`: duty.roster.v1, keyed by
 * version.
 */
export function rostersOf(
  published: Pick<Table<'duty.roster.v1'>, 'values' | 'onChange'>,
  report: (unreadable: Unreadable) => void,
): Pick<Context, 'roster'> {
  const newest = newestReadable(published, readRoster, report)
  let latest = 0
  let staff: Staff | undefined
  published.onChange((_, found) => {
    latest = Math.max(latest, found?.version ?? 0)
  })
  return {
    roster(atLeast = 0) {
      if (latest < atLeast) throw missing(atLeast, latest)
      const found = newest()
      if (found && staff?.version !== found.version) staff = { version: found.version, roster: found.content }
      return staff
    },
  }
}

function missing(version: number, latest: number): Error {
  return canCome(version, latest)
    ? new NotYetArrived(topic, version)
    : new NeverPublished(topic, version, latest)
}

function readRoster(text: string) {
  const parsed = parseRoster(text)
  return 'roster' in parsed ? { content: compileRoster(parsed.roster) } : parsed
}
