import type { Table } from '@holdpoint/chassis'
import { type Policy, parsePolicy } from '@holdpoint/policy'
import { canCome, newestReadable, problemIn, type Unreadable } from '@holdpoint/policy/published'
import { type Context, NeverPublished, NotYetArrived, UnreadableVersion } from '../record/input.ts'

/** Published policies by version, each read once. */
export type Policies = Pick<Context, 'policy' | 'latestPolicy'>

const topic = 'policy.versions.v1'

/**
 * `published`: policy.versions.v1, whose keys are the versions. The latest policy is the newest that can be read; a
 * version that is asked for by its number is that one or none.
 */
export function policiesOf(
  published: Pick<Table<'policy.versions.v1'>, 'get' | 'values' | 'onChange'>,
  report: (unreadable: Unreadable) => void,
): Policies {
  const read = new Map<number, Policy>()
  const newest = newestReadable(published, readPolicy, report)
  let latest = 0
  published.onChange((_, found) => {
    latest = Math.max(latest, found?.version ?? 0)
  })
  return {
    policy(version) {
      const known = read.get(version)
      if (known) return known
      const found = published.get(String(version))
      if (!found) throw missing(version, latest)
      const parsed = readPolicy(found.text)
      if ('errors' in parsed) throw new UnreadableVersion(topic, version, problemIn(parsed.errors))
      read.set(version, parsed.content)
      return parsed.content
    },
    latestPolicy: () => newest()?.version ?? 0,
  }
}

/** Before anything is published nobody can know what will be: that wait has no end. */
function missing(version: number, latest: number): Error {
  const nothingYet = latest === 0 && version >= 1
  if (nothingYet || canCome(version, latest)) return new NotYetArrived(topic, version, { nothingYet })
  return new NeverPublished(topic, version, latest)
}

function readPolicy(text: string) {
  const parsed = parsePolicy(text)
  return 'policy' in parsed ? { content: parsed.policy } : parsed
}
