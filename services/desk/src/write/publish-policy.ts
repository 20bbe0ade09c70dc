import { checkPolicy, describePolicyChange } from '@holdpoint/policy'
import { findPolicy, latestPolicy, policyInForce } from '../read/versions.ts'
import { currentRoster } from './publish-roster.ts'
import { createPublishing, type PublishNeeds } from './publish-version.ts'

/** Publishes policies; one with errors is refused, and so is one that answers any of the five questions with no. */
export function createPolicyPublishing(needs: PublishNeeds) {
  const { database, policies } = needs
  return createPublishing(needs, {
    topic: 'policy.versions.v1',
    latest: () => latestPolicy(database),
    inForce: () => policyInForce(database),
    digestOf: async (version) => (await findPolicy(database, version))?.digest,
    async read(text) {
      const { warnings, ...read } = checkPolicy(text, (await currentRoster(database))?.people)
      if ('errors' in read) return read
      const changes = describePolicyChange(await policies(await policyInForce(database)), read.policy)
      return { own: { title: read.policy.title, changes }, warnings }
    },
  })
}
