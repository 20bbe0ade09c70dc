import type { Table } from '@holdpoint/chassis'
import { compileRoster, parseRoster } from '@holdpoint/policy/duty'
import { type Context, NotYetArrived, type Staff } from './input.ts'
import { unreadable } from './policies.ts'

/** The newest published roster, made ready for questions once. `published`: duty.roster.v1, keyed by version. */
export function rostersOf(
  published: Pick<Table<'duty.roster.v1'>, 'get' | 'onChange'>,
): Pick<Context, 'roster'> {
  let latest = 0
  let read: Staff | undefined
  published.onChange((_, found) => {
    latest = Math.max(latest, found?.version ?? 0)
  })
  return {
    roster(atLeast) {
      if (latest < atLeast) throw new NotYetArrived('duty.roster.v1', atLeast)
      const found = latest === 0 ? undefined : published.get(String(latest))
      if (!found) return undefined
      if (read?.version === latest) return read
      const parsed = parseRoster(found.text)
      if ('errors' in parsed) throw unreadable('Roster', latest, parsed.errors)
      read = { version: latest, roster: compileRoster(parsed.roster) }
      return read
    },
  }
}
