import { checkPolicy, describePolicyChange, type Policy, parsePolicy } from '@holdpoint/policy'
import type { Database } from './database/port.ts'
import { createPublishing, type PublishNeeds } from './publish-version.ts'
import { findPolicy, latestPolicy } from './read/versions.ts'

/** Publishes policies; one with errors is refused, and so is one that answers any of the five questions with no. */
export function createPolicyPublishing(needs: PublishNeeds) {
  const { database } = needs
  return createPublishing(needs, {
    topic: 'policy.versions.v1',
    latest: () => latestPolicy(database),
    async read(text) {
      const { warnings, ...read } = checkPolicy(text)
      if ('errors' in read) return read
      const changes = describePolicyChange(await inForce(database), read.policy)
      return { own: { title: read.policy.title, changes }, warnings }
    },
  })
}

/** Undefined before the first, and for one that this desk is too old to read. */
export async function inForce(database: Database): Promise<Policy | undefined> {
  const published = await findPolicy(database, await latestPolicy(database))
  const read = published && parsePolicy(published.text)
  return read && 'policy' in read ? read.policy : undefined
}
